-- A keyring of those who help victims: lawyers, clinicians and coordinators of one organisation.
alter table keyrings drop constraint keyrings_kind_check;
alter table keyrings add constraint keyrings_kind_check
  check (kind in ('coalition', 'directory', 'intake', 'statistics', 'index', 'assistance', 'personal', 'case'));

-- Who helps victims: a doctor, a shelter, a lawyer outside. The directory of one organisation, or of the whole coalition.
create table providers (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  scope text not null check (scope in ('organisation', 'coalition')),
  is_active boolean not null default true,
  listed_on date not null default current_date,
  identity sealed not null,
  facts sealed not null
);
create index providers_by_organisation on providers (organisation_id);
create index providers_of_the_coalition on providers (id) where scope = 'coalition';
