-- A person, or a group of them, over many cases. Its key is wrapped for the keyring of each case that it is in.
create table persons (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  entered_by uuid not null references users,
  entered_on date not null default current_date,
  identity sealed not null,
  facts sealed not null
);
create index persons_by_organisation on persons (organisation_id, entered_on desc, id desc);

-- In which cases a person is, and sealed: as what.
create table case_persons (
  id uuid primary key,
  case_id uuid not null references cases,
  person_id uuid not null references persons,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  linked_by uuid not null references users,
  linked_on date not null default current_date,
  facts sealed not null,
  unique (case_id, person_id)
);
create index case_persons_by_person on case_persons (person_id);

-- How two persons of one case stand to each other, sealed but for whom it ties.
create table person_relations (
  id uuid primary key,
  case_id uuid not null references cases,
  from_person_id uuid not null references persons,
  to_person_id uuid not null references persons,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  facts sealed not null,
  check (from_person_id <> to_person_id)
);
create index person_relations_by_case on person_relations (case_id, id);
