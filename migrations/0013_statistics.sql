-- What is counted and how it is broken down, declared before anything is. Sealed to the organisation's statistics keyring.
create table statistics_cubes (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  declared_by uuid not null references users,
  declared_on date not null default current_date,
  facts sealed not null
);
create index statistics_cubes_by_organisation on statistics_cubes (organisation_id, declared_on desc, id desc);

-- The ledger: what was released, and what was refused. What stands in `facts` is never changed.
create table statistics_releases (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  cube_id uuid not null references statistics_cubes,
  cube_version integer not null,
  period text not null check (period ~ '^20[0-9]{2}(-Q[1-4])?$'),
  version integer not null default 1,
  seal_version integer not null default 1,
  status text not null check (status in ('certified', 'released', 'withdrawn', 'refused')),
  made_by uuid not null references users,
  made_on date not null default current_date,
  released_on date,
  withdrawn_on date,
  withdrawn_by uuid references users,
  withdrawn_for text check (withdrawn_for in ('mistake', 'risk', 'request')),
  facts sealed not null
);
-- One answer for each cube and period; a refused one may be asked again under another version of the cube.
create unique index statistics_releases_once on statistics_releases (cube_id, period) where status <> 'refused';
create unique index statistics_releases_answered on statistics_releases (cube_id, cube_version, period);
create index statistics_releases_by_organisation on statistics_releases (organisation_id, made_on desc, id desc);

-- What belongs to a release and is too long for one seal: the snapshot, the certificate and the published bytes, in pieces.
create table statistics_release_parts (
  id uuid primary key,
  release_id uuid not null references statistics_releases,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  part text not null check (part in ('snapshot', 'certificate', 'package')),
  place integer not null check (place between 0 and 999),
  facts sealed not null,
  constraint statistics_release_parts_place unique (release_id, part, place)
);

create table statistics_signatures (
  release_id uuid not null references statistics_releases,
  user_id uuid not null references users,
  signed_on date not null default current_date,
  signature signature not null,
  primary key (release_id, user_id)
);
