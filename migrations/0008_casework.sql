-- What somebody allowed or forbade, as it was said: rows are added and never changed. The last word on a purpose counts.
create table consents (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  position integer not null check (position > 0),
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  identity sealed not null,
  narrative sealed not null,
  facts sealed not null
);
create unique index consents_by_case on consents (case_id, position);

-- What a team writes on its case beside the case itself.
create table papers (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  kind text not null
    check (kind in ('note', 'task', 'milestone', 'risk_assessment', 'conflict_check', 'authority')),
  is_done boolean not null default false,
  assignee_id uuid references users,
  due_on date,
  written_by uuid not null references users,
  written_on date not null default current_date,
  narrative sealed not null
);
create index papers_by_case on papers (case_id, kind, written_on desc, id desc);
create index papers_by_assignee on papers (assignee_id, due_on) where not is_done and assignee_id is not null;
