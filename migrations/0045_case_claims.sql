-- What committees will ask of a case and its other records do not say. All of it is sealed, and there is one row to a case.
create table case_claims (
  id uuid primary key,
  case_id uuid not null references cases constraint case_claims_one_per_case unique,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  written_by uuid not null references users,
  written_on date not null default current_date,
  legal sealed not null
);
