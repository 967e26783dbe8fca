-- A complaint to an international body. In clear is only how far it is; to whom, by whom and of what is sealed.
create table complaints (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  stage text not null default 'drafting'
    check (stage in ('drafting', 'submitted', 'registered', 'transmitted', 'decided', 'follow_up', 'ended')),
  opened_by uuid not null references users,
  opened_on date not null default current_date,
  identity sealed not null,
  narrative sealed not null,
  legal sealed not null
);
create index complaints_by_case on complaints (case_id);

-- What happened to it, each with its day. A step is changed or made void, and never taken away.
create table complaint_steps (
  id uuid primary key,
  complaint_id uuid not null references complaints,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  is_void boolean not null default false,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index complaint_steps_by_complaint on complaint_steps (complaint_id);

-- Letters to and from the body, with how far their translations are. The letter itself is an item of evidence.
create table complaint_letters (
  id uuid primary key,
  complaint_id uuid not null references complaints,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index complaint_letters_by_complaint on complaint_letters (complaint_id);

-- The step of a complaint, or the decision, that a deadline runs from.
alter table deadlines add column cause_id uuid;
create index deadlines_by_cause on deadlines (cause_id) where cause_id is not null;
