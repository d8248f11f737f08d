-- The id of a data key proves that the key service made it, so that a person with an id that was made up is told from one
-- whose key was destroyed or lost. Ids of keys that had an owner before prove nothing: they count as made by the service.
alter table data_key_owner add column unproved boolean not null default true;
alter table data_key_owner alter column unproved set default false;
