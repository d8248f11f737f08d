-- A worker ties no operation to an incident, as before: what it opens names the operation by its number.
revoke insert on incident_operation from countersign_worker;
