-- Later versions of the rows of schemas/reference, which are version 1. A row is only ever added. Which file and row it is
-- of is sealed with the content: found again by the hash, so that nothing that somebody types lies here in clear.
create table reference_rows (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  row_hash digest not null,
  version integer not null check (version > 0),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  made_by uuid not null references users,
  made_on date not null default current_date,
  facts sealed not null,
  constraint reference_rows_one_version unique (row_hash, version)
);
