-- Whose word a later version of a reference row is: of the administrator in made_by.
alter table reference_rows add column signature signature;
