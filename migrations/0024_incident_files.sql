-- A file that the author of a report added to it: written like the report, and as unreadable to its author. Signed like it too.
create table incident_files (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  incident_id uuid not null references incidents,
  blob uuid not null constraint incident_files_blob_key unique,
  seal_version integer not null default 1,
  sent_by uuid not null references users,
  sent_on date not null default current_date,
  scan text not null check (scan in ('not_configured', 'clean', 'found', 'failed')),
  signature signature,
  identity sealed not null,
  narrative sealed not null,
  content sealed not null
);
create index incident_files_by_incident on incident_files (incident_id, sent_on, id);
