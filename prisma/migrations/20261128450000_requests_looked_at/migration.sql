-- The worker verifies every key press on a decision about a person's request, as it does other signed steps.
alter table worker_check drop constraint worker_check_whole;
alter table worker_check add constraint worker_check_whole check (
  subject in ('report', 'pack', 'evidence', 'decision', 'request', 'drop') and seen >= 0
  and (faults = '{}') = (incident is null) and coalesce(array_length(faults, 1), 0) <= 1000
  and length(array_to_string(faults, '')) <= 300000
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));

-- What it reads for that: not what people wrote, its commitment stands for it.
grant select on privacy_request_statement to countersign_worker;
grant select (request_id, seq, field, commitment) on privacy_request_text to countersign_worker;

-- It looks every half minute at what is signed; most events are not.
create index privacy_request_event_signed_idx on privacy_request_event (request_id, seq)
  where kind in ('proposed', 'approved');
