-- The committee of a complaint and how it ended, coded, for whoever counts: they hold no key to the rest. Complaints that were written before have none, and are counted from their next change on.
alter table complaints add column facts sealed;
alter table complaint_steps add column facts sealed;
