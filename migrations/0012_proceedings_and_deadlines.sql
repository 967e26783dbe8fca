-- A step of the domestic ladder. What it was, before whom and how it ended is sealed.
create table proceedings (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  legal sealed not null
);
create index proceedings_by_case on proceedings (case_id);

-- The day and its kind are in clear, for the calendar, which has no keys. Why, by which rule, and what it was before is sealed.
create table deadlines (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  proceeding_id uuid references proceedings,
  kind text not null check (kind in ('appeal', 'complaint', 'comments', 'state_reply', 'hearing', 'limitation', 'other')),
  status text not null default 'open' check (status in ('open', 'done', 'waived')),
  due_on date not null,
  set_by uuid not null references users,
  set_on date not null default current_date,
  legal sealed not null
);
create index deadlines_by_case on deadlines (case_id, due_on);
create index deadlines_by_proceeding on deadlines (proceeding_id) where proceeding_id is not null;

-- The one calendar address that a member may have. Only its hash is here.
create table calendar_feeds (
  user_id uuid primary key references users,
  token_hash digest not null constraint calendar_feeds_token_key unique,
  made_on date not null default current_date
);
