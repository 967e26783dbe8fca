-- A time in one place of custody. A transfer is another episode.
create table detention_episodes (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  narrative sealed not null,
  facts sealed not null
);
create index detention_episodes_by_case on detention_episodes (case_id);

-- A clinician's examination of one person: its circumstances, what was told, and the conclusion as a judgement of its own.
create table examinations (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  identity sealed not null,
  narrative sealed not null,
  facts sealed not null
);
create index examinations_by_case on examinations (case_id, recorded_on desc, id desc);

create table findings (
  id uuid primary key,
  case_id uuid not null references cases,
  examination_id uuid references examinations,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  recorded_by uuid not null references users,
  recorded_on date not null default current_date,
  narrative sealed not null,
  facts sealed not null
);
create index findings_by_case on findings (case_id, recorded_on desc, id desc);
create index findings_by_examination on findings (examination_id);
