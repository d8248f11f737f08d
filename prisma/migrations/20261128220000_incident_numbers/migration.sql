-- The database numbers incidents. Whoever could choose numbers could take those that come, and no incident
-- could be opened any more.
alter table incident_record alter column number set default next_incident_number();

revoke insert on incident_record from countersign_web, countersign_worker;
grant insert (id, what, title, opened_at, opened_by, state) on incident_record to countersign_web, countersign_worker;
