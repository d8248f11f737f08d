-- The worker verifies every key press on legal holds, breaches and rules of retention, as it does other signed steps.
alter table worker_check drop constraint worker_check_whole;
alter table worker_check add constraint worker_check_whole check (
  subject in ('report', 'pack', 'evidence', 'decision', 'request', 'restriction', 'hold', 'breach', 'retention', 'drop')
  and seen >= 0
  and (faults = '{}') = (incident is null) and coalesce(array_length(faults, 1), 0) <= 1000
  and length(array_to_string(faults, '')) <= 300000
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));
-- What was signed; of texts only the commitments that statements name.
grant select on privacy_hold_statement, privacy_breach_statement to countersign_worker;
