-- Keyed hashes of pieces of a person's names, under a key of one case, to find candidates among very many. With the person
-- or the link they go; `tokens_version` is the version of the case's keyring under which they stand, 0 for none.
create table name_tokens (
  token bigint not null,
  link_id uuid not null references case_persons on delete cascade,
  person_id uuid not null references persons,
  primary key (token, link_id)
);
create index name_tokens_by_link on name_tokens (link_id);

alter table case_persons add column tokens_version integer not null default 0;
create index case_persons_by_tokens on case_persons (case_id, tokens_version);
