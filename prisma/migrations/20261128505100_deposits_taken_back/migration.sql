-- A deposit that its chain took back after its client had used it opens an incident.

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'deposit-reversed', 'assets-mixed', 'correction-unproved',
    'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped', 'key-refused'));

create or replace function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow',
    'deposit-reversed', 'assets-mixed', 'correction-unproved', 'break-over-limit', 'break-closing-unproved',
    'signature-unproved', 'major-dropped', 'key-refused'] $$;
