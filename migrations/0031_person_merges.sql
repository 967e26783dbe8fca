-- Two records of one person: which one went into which. Whom somebody was said not to be is sealed, like who they are.
alter table persons add column merged_into uuid references persons;
alter table persons add column marks sealed;
create index persons_by_merged on persons (merged_into) where merged_into is not null;

-- What a merge changed, sealed for all the cases of both, so that it can be undone.
create table person_merges (
  id uuid primary key,
  kept_id uuid not null references persons,
  merged_id uuid not null references persons,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  merged_by uuid not null references users,
  merged_on date not null default current_date,
  undone_by uuid references users,
  undone_on date,
  identity sealed not null,
  facts sealed not null,
  check (kept_id <> merged_id),
  check ((undone_by is null) = (undone_on is null))
);
create unique index person_merges_standing on person_merges (merged_id) where undone_by is null;
create index person_merges_by_kept on person_merges (kept_id, merged_on, id);
