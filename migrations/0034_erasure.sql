-- How long an organisation keeps cases that nobody works on any more; null: nothing is proposed by the calendar.
create table retention_rules (
  organisation_id uuid primary key references organisations,
  version integer not null default 1,
  closed_days integer check (closed_days between 0 and 36500),
  declined_days integer check (declined_days between 0 and 36500),
  waiting_days integer not null default 7 check (waiting_days between 3 and 90)
);

-- While one of these stands, a case is not erased.
create table case_holds (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  reason text not null
    check (reason in ('court_order', 'proceeding', 'complaint', 'investigation', 'internal_review')),
  placed_by uuid not null references users,
  placed_on date not null default current_date,
  lifted_by uuid references users,
  lifted_on date,
  check ((lifted_by is null) = (lifted_on is null))
);
create index case_holds_by_case on case_holds (case_id);

-- What was proposed to be erased, and what was. It outlives what it erased, and is written anew into an older database
-- that comes back: so it refers to no other row. Whoever is in barred_id may not confirm.
create table erasures (
  id uuid primary key,
  organisation_id uuid not null,
  version integer not null default 1,
  kind text not null check (kind in ('case', 'person')),
  subject_id uuid not null,
  keyring_id uuid,
  reference text check (reference ~ '^CASE-[0-9]{4}-[0-9A-Z]{6}$'),
  ground text not null check (ground in
    ('retention_over', 'wish_of_person', 'opened_by_mistake', 'duplicate', 'danger', 'court_order')),
  status text not null default 'proposed' check (status in ('proposed', 'withdrawn', 'done')),
  proposed_by uuid,
  proposed_on date not null,
  barred_id uuid,
  needs_coordinator boolean not null default false,
  not_before date not null,
  decided_by uuid,
  decided_on date,
  keys_destroyed integer not null default 0,
  scoured_on date,
  check ((status = 'proposed') = (decided_on is null))
);
create unique index erasures_one_pending on erasures (subject_id) where status = 'proposed';
create index erasures_by_organisation on erasures (organisation_id, proposed_on desc, id desc);
create index erasures_by_subject on erasures (subject_id);

-- How many rows of which table were erased.
create table erasure_counts (
  erasure_id uuid not null references erasures,
  table_name text not null check (table_name ~ '^[a-z_]{1,63}$'),
  rows integer not null,
  primary key (erasure_id, table_name)
);

-- What was erased and may stand elsewhere in an older database: reports before they came to the case, persons, files.
create table erasure_records (
  erasure_id uuid not null references erasures,
  kind text not null check (kind in ('incidents', 'persons', 'blobs')),
  record_id uuid not null,
  is_waiting boolean not null default false,
  primary key (erasure_id, record_id)
);
create index erasure_records_waiting on erasure_records (record_id) where is_waiting;
