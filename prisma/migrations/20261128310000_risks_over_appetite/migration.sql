-- Of a risk: whether it is over its appetite. A list of those unpacked the facts of all of them.
alter table resilience_current add column over boolean not null default false;
update resilience_current set over = true where resilience_over(kind, facts);
create index resilience_current_over_idx on resilience_current (kind, number) where over and not retired;

create or replace function draw_resilience_current() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  next_change bigint;
  kind_written text;
  grade_before text;
begin
  select p.changes + 1 into next_change from resilience_pulse p where p.id = 1 for update;
  select c.grade into grade_before from resilience_current c where c.record_id = new.record_id;
  insert into resilience_current (record_id, kind, number, ref, version, facts, name, critical, over, retired, state, grade,
      due_on, created_at, written_by, written_at, changed)
    select r.id, r.kind, r.number, new.ref, new.version, new.facts, new.facts ->> 'name',
        exists (select from jsonb_array_elements(new.links) l
          join resilience_current f on f.record_id = (l ->> 'to')::uuid and f.grade = 'critical'
          where l ->> 'field' = 'uses.function'),
        resilience_over(r.kind, new.facts),
        new.retired, new.state, new.grade, new.due_on, r.created_at, new.written_by, new.written_at, next_change
      from resilience_record r where r.id = new.record_id
    on conflict (record_id) do update set ref = excluded.ref, version = excluded.version, facts = excluded.facts,
      name = excluded.name, critical = excluded.critical, over = excluded.over, retired = excluded.retired, state = excluded.state,
      grade = excluded.grade, due_on = excluded.due_on, written_by = excluded.written_by,
      written_at = excluded.written_at, changed = excluded.changed
    returning kind into kind_written;
  delete from resilience_link l where l.from_id = new.record_id;
  insert into resilience_link (from_id, field, to_id)
    select distinct new.record_id, l ->> 'field', (l ->> 'to')::uuid from jsonb_array_elements(new.links) l;
  if kind_written = 'function' and new.grade is distinct from grade_before then
    update resilience_current c set critical = not c.critical
      where c.record_id = any (array(
          select l.from_id from resilience_link l where l.to_id = new.record_id and l.field = 'uses.function'))
        and c.critical <> supports_critical(c.record_id);
  end if;
  return null;
end $$;
