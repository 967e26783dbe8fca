-- What the public knows from elsewhere: every later release is made as if its reader had it. Sealed to the statistics keyring.
create table statistics_figures (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  entered_by uuid not null references users,
  entered_on date not null default current_date,
  facts sealed not null
);
create index statistics_figures_by_organisation on statistics_figures (organisation_id, entered_on desc, id desc);

-- A month may be released by itself where it holds enough people.
alter table statistics_releases drop constraint statistics_releases_period_check;
alter table statistics_releases add constraint statistics_releases_period_check
  check (period ~ '^20[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2]))?$');
