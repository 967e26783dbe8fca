-- Whether a case is in conflict with another: its parties, sealed for those who help victims until every case has answered.
create table conflict_questions (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  asked_by uuid not null references users,
  asked_on date not null default current_date,
  is_open boolean not null default true,
  identity sealed,
  check (is_open = (identity is not null))
);
create index conflict_questions_by_case on conflict_questions (case_id, asked_on desc, id desc);
create index conflict_questions_open on conflict_questions (organisation_id, asked_on, id) where is_open;

-- What one case answers, by somebody of its team; sealed for the case that asked and for the coordinators.
create table conflict_answers (
  id uuid primary key,
  question_id uuid not null references conflict_questions,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  answered_by uuid not null references users,
  answered_on date not null default current_date,
  facts sealed not null,
  unique (question_id, case_id)
);
