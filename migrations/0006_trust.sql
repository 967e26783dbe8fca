-- Who wrote what lies sealed: an Ed25519 signature over its place and the hash of its ciphertext. Null for what is older
-- than this, and for what somebody wrote in by hand. `signed_by` is the author, or who graded the report since.
alter table incidents
  add column signed_by uuid references users,
  add column signature signature;
alter table incident_supplements add column signature signature;
alter table incident_notices add column signature signature;
