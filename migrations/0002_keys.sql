-- A keyring is a shared key with readers: one per case, and per organisation intake, statistics and directory (staff);
-- one personal keyring per user; one for the coalition. Each version has a public half, so that many may write and few read.
create table keyrings (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  owner_id uuid references users,
  kind text not null check (kind in ('coalition', 'directory', 'intake', 'statistics', 'personal', 'case')),
  version integer not null default 1
);
-- Makes `version` part of a key: a rotation waits for writers in flight, and writers wait for a rotation.
create unique index keyrings_current on keyrings (id, version);
create unique index keyrings_one_per_kind on keyrings (organisation_id, kind) where kind not in ('case', 'personal');
create unique index keyrings_one_personal on keyrings (owner_id) where kind = 'personal';

create table keyring_versions (
  keyring_id uuid not null references keyrings,
  version integer not null,
  public_key public_key not null,
  signed_by uuid not null references users,
  signature signature not null,
  primary key (keyring_id, version)
);

-- A member's copy of a root, sealed to the member's own key. Deleting it ends access; rotation makes that final.
create table keyring_grants (
  keyring_id uuid not null,
  version integer not null,
  user_id uuid not null references users,
  root sealed not null,
  granted_by uuid not null references users,
  signature signature not null,
  primary key (keyring_id, version, user_id),
  foreign key (keyring_id, version) references keyring_versions
);
create index keyring_grants_by_user on keyring_grants (user_id);

-- A record's key (or one class of it), wrapped to a keyring: by symmetric key, or to its public half by those who only write.
create table record_keys (
  record_id uuid not null,
  keyring_id uuid not null,
  part text not null check (part in ('record', 'identity', 'narrative', 'legal', 'facts')),
  keyring_version integer not null,
  organisation_id uuid not null references organisations,
  is_sealed boolean not null,
  wrapped sealed not null,
  primary key (record_id, keyring_id, part),
  foreign key (keyring_id, keyring_version) references keyring_versions (keyring_id, version)
);
create index record_keys_by_keyring on record_keys (keyring_id, keyring_version);
