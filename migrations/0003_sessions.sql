-- Sessions and their keys die with a crash of the database, by design: UNLOGGED tables leave nothing in the write-ahead log.
-- The secret is under HMAC(pepper, share); the share is only ever in the token.
create unlogged table sessions (
  id uuid primary key,
  user_id uuid not null,
  organisation_id uuid not null,
  secret sealed not null,
  opened_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);

create unlogged table refresh_tokens (
  token_hash digest primary key,
  session_id uuid not null references sessions on delete cascade,
  issued_at timestamptz not null default now(),
  used_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session_id);

-- Failures of sign-in, per account and per address (both only as keyed hashes). The layout is rate-limiter-flexible's.
create table attempt_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- What a POST with an Idempotency-Key answered, sealed for the one who asked. Kept 48 hours.
create table idempotency_keys (
  user_id uuid not null references users,
  key_hash digest not null,
  request_hash digest not null,
  reply sealed not null,
  kept_since timestamptz not null default now(),
  primary key (user_id, key_hash)
);
create index idempotency_keys_by_age on idempotency_keys (kept_since);

-- For each user and each k-subset of the recovery officers, one share of the user's keys per officer.
create table recovery_shares (
  user_id uuid not null references users,
  epoch integer not null,
  subset integer not null,
  officer_id uuid not null references users,
  organisation_id uuid not null references organisations,
  share sealed not null,
  primary key (user_id, epoch, subset, officer_id)
);
create index recovery_shares_by_officer on recovery_shares (officer_id);

create table recoveries (
  id uuid primary key,
  user_id uuid not null references users,
  organisation_id uuid not null references organisations,
  code_hash digest not null constraint recoveries_code_key unique,
  agreement_key public_key not null,
  expires_at timestamptz not null,
  completed_on date
);
create index recoveries_by_organisation on recoveries (organisation_id);

create table recovery_approvals (
  recovery_id uuid not null references recoveries on delete cascade,
  officer_id uuid not null references users,
  epoch integer not null,
  subset integer not null,
  share sealed not null,
  primary key (recovery_id, officer_id, subset)
);
