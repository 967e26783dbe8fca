-- The day on which who somebody is was forgotten. What stands in the sealed columns then opens under no key.
alter table persons add column erased_on date;
