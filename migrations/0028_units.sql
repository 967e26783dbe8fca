-- A unit or institution of those who are accused, and sealed: its name, and the unit above it. Readable to who helps victims.
create table units (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  entered_by uuid not null references users,
  entered_on date not null default current_date,
  identity sealed not null,
  facts sealed not null
);
create index units_by_organisation on units (organisation_id, entered_on, id);

-- That somebody of a case served in a unit. Who and where is sealed, under the case.
create table unit_postings (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  facts sealed not null
);
create index unit_postings_by_case on unit_postings (case_id, recorded_on, id);
