-- A file on its way: its key and size, sealed to whoever sends it until the file becomes somebody's evidence.
create table uploads (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  uploader_id uuid not null references users,
  seal_version integer not null default 1,
  begun_on date not null default current_date,
  is_finished boolean not null default false,
  scan text not null default 'pending' check (scan in ('pending', 'not_configured', 'clean', 'infected', 'failed')),
  identity sealed not null
);
create index uploads_by_uploader on uploads (uploader_id);

-- An item of evidence. It never changes; a working copy is another item, derived from it. `blob` names its pieces in the store.
create table evidence_items (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  case_id uuid not null references cases,
  blob uuid not null constraint evidence_items_blob_key unique,
  derived_from uuid references evidence_items,
  seal_version integer not null default 1,
  received_by uuid not null references users,
  received_on date not null default current_date,
  scan text not null check (scan in ('not_configured', 'clean', 'infected', 'failed')),
  commitment digest not null,
  identity sealed not null,
  narrative sealed not null,
  facts sealed not null,
  content sealed not null
);
create index evidence_items_by_case on evidence_items (case_id, received_on desc, id desc);

-- The chain of custody: what was done with an item, by whom and when, is inside.
create table custody_events (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  case_id uuid not null references cases,
  item_id uuid not null references evidence_items,
  seal_version integer not null default 1,
  noted_by uuid not null references users,
  noted_on date not null default current_date,
  narrative sealed not null
);
create index custody_events_by_item on custody_events (item_id, noted_on, id);
