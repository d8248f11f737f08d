-- Tests are counted and listed by the day on which they were done, findings by the day on which they were found. Without
-- these every count of a period unpacks the facts of all of them.
create index resilience_current_done_idx on resilience_current ((facts ->> 'doneOn'), kind)
  where kind in ('test', 'plan-test') and not retired;
create index resilience_current_found_idx on resilience_current ((facts ->> 'foundOn'))
  where kind = 'finding' and not retired;
