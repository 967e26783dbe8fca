-- Somebody must be moved, treated or protected now. The coordinators of the organisation are asked, and answer.
create table urgent_requests (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  status text not null default 'open' check (status in ('open', 'answered', 'withdrawn')),
  due_at timestamptz not null,
  is_escalated boolean not null default false,
  -- What the coordinators were written: 1 that there is a request, 2 that the time for an answer is over.
  mailed integer not null default 0 check (mailed between 0 and 2),
  asked_by uuid not null references users,
  asked_on date not null default current_date,
  answered_by uuid references users,
  answered_on date,
  narrative sealed not null,
  facts sealed not null
);
create index urgent_requests_by_case on urgent_requests (case_id);
create index urgent_requests_by_organisation on urgent_requests (organisation_id, asked_on desc, id desc);
create index urgent_requests_open on urgent_requests (due_at) where status = 'open';

-- Who has opened it, and at which version.
create table urgent_sightings (
  request_id uuid not null references urgent_requests on delete cascade,
  user_id uuid not null references users,
  version integer not null,
  seen_on date not null default current_date,
  primary key (request_id, user_id)
);
