-- The worker verifies every key press by which a restriction is lifted, as it does other signed steps.
alter table worker_check drop constraint worker_check_whole;
alter table worker_check add constraint worker_check_whole check (
  subject in ('report', 'pack', 'evidence', 'decision', 'request', 'restriction', 'drop') and seen >= 0
  and (faults = '{}') = (incident is null) and coalesce(array_length(faults, 1), 0) <= 1000
  and length(array_to_string(faults, '')) <= 300000
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));
