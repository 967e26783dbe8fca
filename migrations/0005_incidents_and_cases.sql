create table cases (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  reference text not null constraint cases_reference_key unique,
  version integer not null default 1,
  seal_version integer not null default 1,
  stage text not null default 'intake'
    check (stage in ('intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined')),
  keyring_id uuid not null references keyrings,
  opened_on date not null default current_date,
  purge_after date,
  identity sealed not null,
  narrative sealed not null,
  legal sealed not null,
  facts sealed not null
);
create index cases_by_organisation on cases (organisation_id, opened_on desc, id desc);

create table case_members (
  case_id uuid not null references cases,
  user_id uuid not null references users,
  part text not null check (part in ('lead', 'member')),
  added_by uuid not null references users,
  added_on date not null default current_date,
  primary key (case_id, user_id)
);
create unique index case_members_one_lead on case_members (case_id) where part = 'lead';
create index case_members_by_user on case_members (user_id);

-- Every move of a case. `case_version` is the version it made, and so the order of the moves of one day.
create table case_transitions (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  case_version integer not null,
  from_stage text not null
    check (from_stage in ('intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined')),
  to_stage text not null
    check (to_stage in ('intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined')),
  moved_by uuid not null references users,
  moved_on date not null default current_date,
  narrative sealed not null
);
create unique index case_transitions_by_case on case_transitions (case_id, case_version);

create table incidents (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  reference text not null constraint incidents_reference_key unique,
  version integer not null default 1,
  seal_version integer not null default 1,
  status text not null default 'submitted' check (status in ('submitted', 'returned', 'accepted', 'rejected')),
  received_on date not null default current_date,
  submitted_by uuid not null references users,
  triaged_by uuid references users,
  triaged_on date,
  case_id uuid references cases,
  identity sealed not null,
  narrative sealed not null,
  legal sealed not null,
  facts sealed not null
-- Ciphertext does not compress; a report that is kept in its row costs least to write and to read.
) with (toast_tuple_target = 8160);
create index incidents_by_organisation on incidents (organisation_id, received_on desc, id desc);
create index incidents_by_case on incidents (case_id) where case_id is not null;
create index incidents_by_submitter on incidents (submitted_by, received_on desc, id desc);

-- The intake's word to the one who reported: a question, or why the report was rejected. Sealed to intake and to that person.
create table incident_notices (
  id uuid primary key,
  incident_id uuid not null references incidents,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  kind text not null check (kind in ('question', 'rejection')),
  sent_by uuid not null references users,
  sent_on date not null default current_date,
  narrative sealed not null
);
create index incident_notices_by_incident on incident_notices (incident_id);

-- What the one who reported added later: written like the report, and as unreadable to its author.
create table incident_supplements (
  id uuid primary key,
  incident_id uuid not null references incidents,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  submitted_by uuid not null references users,
  received_on date not null default current_date,
  narrative sealed not null
);
create index incident_supplements_by_incident on incident_supplements (incident_id);
