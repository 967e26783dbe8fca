-- The signed register: who is a member with which roles, and which version of each shared keyring is the newest. Entries
-- are only ever added. Each is signed over all before it, so that none can be left out, changed or put back in the middle;
-- every member remembers the newest entry they have seen, in their own sealed secret.
create table register_entries (
  number integer primary key check (number > 0),
  body text not null check (octet_length(body) between 2 and 2000),
  signed_by uuid not null references users,
  signature signature not null
);
