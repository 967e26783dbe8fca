-- One table over the records of several organisations. What is asked is sealed to their statistics keyrings, and signed
-- together with the seats by whoever declared it.
create table statistics_pools (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  period text not null check (period ~ '^20[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2]))?$'),
  status text not null default 'open' check (status in ('open', 'counted', 'refused')),
  declared_by uuid not null references users,
  declared_on date not null default current_date,
  facts sealed not null,
  signature signature not null
);
create index statistics_pools_by_day on statistics_pools (declared_on desc, id desc);

-- Who may bring records. Two coordinators of different organisations, the stewards, count them.
create table statistics_pool_seats (
  pool_id uuid not null references statistics_pools,
  organisation_id uuid not null references organisations,
  steward_id uuid references users,
  contributed_on date,
  primary key (pool_id, organisation_id)
);
create index statistics_pool_seats_by_organisation on statistics_pool_seats (organisation_id);

-- What an organisation brings: codes and counts, for the stewards' eyes alone, and only until they are counted.
create table statistics_contributions (
  id uuid primary key,
  pool_id uuid not null references statistics_pools,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  given_by uuid not null references users,
  facts sealed not null,
  constraint statistics_contributions_once unique (pool_id, organisation_id)
);

-- A release is of a cube, or of a pool.
alter table statistics_releases alter column cube_id drop not null;
alter table statistics_releases alter column cube_version drop not null;
alter table statistics_releases add column pool_id uuid references statistics_pools;
alter table statistics_releases add constraint statistics_releases_source check (num_nonnulls(cube_id, pool_id) = 1);
create unique index statistics_releases_of_pool on statistics_releases (pool_id);
