-- A shortfall beyond its asset's limit is an incident from the run that found it on.
alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed', 'correction-unproved',
    'break-over-limit'));
