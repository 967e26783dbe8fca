-- A decision of a body, what it asks of the State, and what became of that. In clear is only that there is one.
create table decisions (
  id uuid primary key,
  case_id uuid not null references cases,
  complaint_id uuid references complaints,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index decisions_by_case on decisions (case_id);

create table measures (
  id uuid primary key,
  decision_id uuid not null references decisions,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index measures_by_decision on measures (decision_id);

-- An event is of one measure, or of the decision as a whole. It is changed or made void, and never taken away.
create table implementation_events (
  id uuid primary key,
  decision_id uuid not null references decisions,
  measure_id uuid references measures,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  is_void boolean not null default false,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index implementation_events_by_decision on implementation_events (decision_id);
