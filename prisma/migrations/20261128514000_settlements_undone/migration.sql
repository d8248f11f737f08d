-- A settled payment that its chain took back by a reorganisation deeper than what counts as final opens an incident.

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'unexplained-balance', 'chain-reorganised',
    'token-differs', 'deposit-reversed', 'settlement-undone', 'assets-mixed', 'correction-unproved', 'break-over-limit',
    'break-closing-unproved', 'signature-unproved', 'major-dropped', 'key-refused'));

create or replace function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow',
    'unexplained-balance', 'chain-reorganised', 'token-differs', 'deposit-reversed', 'settlement-undone',
    'assets-mixed', 'correction-unproved', 'break-over-limit', 'break-closing-unproved', 'signature-unproved',
    'major-dropped', 'key-refused'] $$;

-- It names the operation; until now whatever a worker opened was about none.
grant insert on incident_operation to countersign_worker;
