-- Ciphertext at rest: a version byte, then a nonce or an ephemeral key, a commitment and a box. Never plain text.
create domain sealed as bytea
  check (octet_length(value) >= 105 and get_byte(value, 0) = 1);

create domain public_key as bytea check (octet_length(value) = 32);
create domain signature as bytea check (octet_length(value) = 64);
create domain digest as bytea check (octet_length(value) = 32);

-- One installation serves one coalition. Its anchor is the founder, whose fingerprint every member has pinned.
create table coalitions (
  id uuid primary key,
  is_only boolean not null default true constraint coalitions_one_only unique check (is_only),
  anchor_id uuid not null,
  founded_on date not null default current_date
);

create table organisations (
  id uuid primary key,
  version integer not null default 1,
  seal_version integer not null default 1,
  joined_on date not null default current_date,
  recovery_threshold integer not null default 2 check (recovery_threshold between 2 and 5),
  recovery_epoch integer not null default 0,
  profile sealed
);

-- What a person signs in with. The secret holds the private keys, under the passphrase.
create table users (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  handle_hash digest not null constraint users_handle_key unique,
  agreement_key public_key not null,
  signing_key public_key not null,
  kdf_salt bytea not null check (octet_length(kdf_salt) = 16),
  kdf_memory_kib integer not null,
  kdf_passes integer not null,
  kdf_lanes integer not null,
  verifier_hash digest not null,
  secret sealed not null,
  secret_version integer not null default 1,
  totp_step bigint not null default 0
);

-- What a person is in an organisation. The confirmation signs keys, roles and marks, so that none can be changed in the database.
create table members (
  id uuid primary key references users,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  roles text[] not null
    check (roles <@ array['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'] and cardinality(roles) > 0),
  is_intake boolean not null default false,
  is_recovery_officer boolean not null default false,
  status text not null default 'unconfirmed' check (status in ('unconfirmed', 'active', 'removed')),
  confirmed_by uuid references users,
  confirmation signature,
  joined_on date not null default current_date,
  removed_on date,
  profile sealed not null,
  check (status <> 'active' or (confirmed_by is not null and confirmation is not null))
);
create index members_by_organisation on members (organisation_id);

create table invitations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  code_hash digest not null constraint invitations_code_key unique,
  roles text[] not null
    check (roles <@ array['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'] and cardinality(roles) > 0),
  is_intake boolean not null default false,
  is_recovery_officer boolean not null default false,
  is_founder boolean not null default false,
  invited_by uuid not null references users,
  expires_at timestamptz not null,
  accepted_by uuid references users
);
create index invitations_by_organisation on invitations (organisation_id);

create table programmes (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  profile sealed not null
);
create index programmes_by_organisation on programmes (organisation_id);
