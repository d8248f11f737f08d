-- Closings of breaks are looked up among years of steps: by the worker every few seconds, and for each break that people
-- closed whenever somebody asks what is missing.

create index break_event_accepted on break_event (id) where what = 'accepted';

-- As before. With every table named in full it needs no search path of its own, and so becomes part of the question
-- that calls it.
create or replace function break_closing_proved(p_break uuid) returns boolean
language sql stable as $$
  select exists (select from public.break_closing_check c where c.fault is null and c.event_id = (
    select e.id from public.break_event e where e.break_id = p_break and e.what = 'accepted'
      order by e.revision desc limit 1)) $$;
