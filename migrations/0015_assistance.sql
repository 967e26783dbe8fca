-- What was done for the people of a case: a session, a hearing, a night in a shelter, money. Never deleted: voided, with a reason.
create table services_delivered (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  is_void boolean not null default false,
  narrative sealed not null,
  facts sealed not null
);
create index services_delivered_by_case on services_delivered (case_id, recorded_on desc, id desc);
create index services_delivered_by_organisation on services_delivered (organisation_id, id);

-- What a donor's project may be spent on.
create table budget_lines (
  id uuid primary key,
  programme_id uuid not null references programmes,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  facts sealed not null
);
create index budget_lines_by_programme on budget_lines (programme_id);
