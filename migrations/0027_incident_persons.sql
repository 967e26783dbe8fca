-- Which person of a case a party of an incident has become; sealed: which party.
create table incident_persons (
  id uuid primary key,
  incident_id uuid not null references incidents,
  case_id uuid not null references cases,
  person_id uuid not null references persons,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  taken_by uuid not null references users,
  taken_on date not null default current_date,
  facts sealed not null
);
create index incident_persons_by_incident on incident_persons (incident_id);
create index incident_persons_by_person on incident_persons (person_id);
