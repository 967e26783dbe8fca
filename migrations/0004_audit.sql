-- One row per act. The body is the exact text that was hashed; a sequencer gives it its place in the tree after the commit.
create table audit_events (
  id uuid primary key,
  body text not null,
  leaf_hash digest not null,
  organisation_id uuid generated always as ((body::jsonb ->> 'organisation_id')::uuid) stored,
  seq bigint constraint audit_events_seq_key unique,
  chain_hash digest,
  check ((seq is null) = (chain_hash is null))
);
create index audit_events_unsequenced on audit_events (id) where seq is null;
create index audit_events_by_organisation on audit_events (organisation_id, seq);

-- The compact range (RFC 6962) of all sequenced leaves: enough to append without reading them again.
create table audit_heads (
  is_only boolean primary key default true check (is_only),
  size bigint not null,
  chain_hash digest not null,
  frontier bytea not null
);
insert into audit_heads (size, chain_hash, frontier) values (0, decode(repeat('00', 32), 'hex'), '');

create table audit_checkpoints (
  size bigint primary key,
  root digest not null,
  made_at timestamptz not null,
  signature signature not null
);
