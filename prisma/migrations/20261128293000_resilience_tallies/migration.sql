-- What the dashboards of resilience count is added up as records change, so that a page reads a few rows however many
-- records there are. One row says how often anything changed, so that what is reckoned from all of them can be kept.

create table resilience_tally (
  kind text not null,
  -- Empty where a record has none, as in the next.
  state text not null,
  grade text not null,
  -- Of a risk: its residual likelihood and impact, and whether they are over its appetite.
  rating text not null,
  over boolean not null,
  count integer not null check (count >= 0),
  primary key (kind, state, grade, rating, over)
);

create table resilience_pulse (
  id integer primary key check (id = 1),
  changes bigint not null
);
insert into resilience_pulse (id, changes) values (1, 0);

-- Read out of the facts each time a list was searched, for which the whole of them was unpacked.
alter table resilience_current add column name text;
-- Of a contract: whether a function that it supports is critical. It follows the function, too.
alter table resilience_current add column critical boolean not null default false;
create index resilience_current_critical_idx on resilience_current (kind, number) where critical and not retired;
-- What is over its day, or due next, whatever kind it is.
create index resilience_current_coming_idx on resilience_current (due_on, number, kind, state, grade)
  where due_on is not null and not retired;

-- The words of lib/resilience/records/list-records.ts (`overAppetite`).
create function resilience_rating(kind text, facts jsonb) returns text language sql immutable as $$
  select case when kind = 'risk' then
    coalesce((facts -> 'residual' ->> 'likelihood') || 'x' || (facts -> 'residual' ->> 'impact'), '') else '' end $$;
create function resilience_over(kind text, facts jsonb) returns boolean language sql immutable as $$
  select kind = 'risk' and coalesce((facts -> 'residual' ->> 'likelihood')::int
    * (facts -> 'residual' ->> 'impact')::int > (facts ->> 'appetite')::int, false) $$;

create function supports_critical(contract uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (select from resilience_link l join resilience_current f on f.record_id = l.to_id
    where l.from_id = contract and l.field = 'uses.function' and f.grade = 'critical') $$;

create or replace function draw_resilience_current() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into resilience_current (record_id, kind, number, ref, version, facts, name, retired, state, grade, due_on,
      created_at, written_by, written_at)
    select r.id, r.kind, r.number, new.ref, new.version, new.facts, new.facts ->> 'name', new.retired, new.state,
        new.grade, new.due_on, r.created_at, new.written_by, new.written_at
      from resilience_record r where r.id = new.record_id
    on conflict (record_id) do update set ref = excluded.ref, version = excluded.version, facts = excluded.facts,
      name = excluded.name, retired = excluded.retired, state = excluded.state, grade = excluded.grade,
      due_on = excluded.due_on, written_by = excluded.written_by, written_at = excluded.written_at;
  delete from resilience_link l where l.from_id = new.record_id;
  insert into resilience_link (from_id, field, to_id)
    select distinct new.record_id, l ->> 'field', (l ->> 'to')::uuid from jsonb_array_elements(new.links) l;
  update resilience_current c set critical = not c.critical
    where c.record_id = new.record_id and c.critical <> supports_critical(c.record_id);
  update resilience_current c set critical = not c.critical
    where c.record_id in (select l.from_id from resilience_link l where l.to_id = new.record_id and l.field = 'uses.function')
      and c.critical <> supports_critical(c.record_id);
  return null;
end $$;

-- Once for each statement: a register of thousands of contracts would otherwise write the same few rows thousands of
-- times in one transaction. Each version counts for itself and against the one before it. Whoever writes versions holds
-- the lock of all records, so nobody waits for these rows.
create function tally_resilience() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  d record;
begin
  for d in
    select r.kind, coalesce(v.state, '') as state, coalesce(v.grade, '') as grade,
        resilience_rating(r.kind, v.facts) as rating, resilience_over(r.kind, v.facts) as over, sum(v.sign)::integer as sum
      from (
        select n.record_id, n.state, n.grade, n.facts, 1 as sign from written n where not n.retired
        union all
        select b.record_id, b.state, b.grade, b.facts, -1
          from written n join resilience_version b on b.record_id = n.record_id and b.version = n.version - 1
          where not b.retired) v
        join resilience_record r on r.id = v.record_id
      group by 1, 2, 3, 4, 5 having sum(v.sign) <> 0
  loop
    insert into resilience_tally (kind, state, grade, rating, over, count)
      values (d.kind, d.state, d.grade, d.rating, d.over, 0) on conflict do nothing;
    update resilience_tally t set count = t.count + d.sum
      where t.kind = d.kind and t.state = d.state and t.grade = d.grade and t.rating = d.rating and t.over = d.over;
  end loop;
  update resilience_pulse set changes = changes + 1 where id = 1;
  return null;
end $$;
create trigger tallied after insert on resilience_version referencing new table as written
  for each statement execute function tally_resilience();
alter table resilience_version enable always trigger tallied;

update resilience_current set name = facts ->> 'name', critical = supports_critical(record_id)
  where facts ->> 'name' is not null or supports_critical(record_id);
insert into resilience_tally (kind, state, grade, rating, over, count)
  select c.kind, coalesce(c.state, ''), coalesce(c.grade, ''), resilience_rating(c.kind, c.facts),
      resilience_over(c.kind, c.facts), count(*)
    from resilience_current c where not c.retired group by 1, 2, 3, 4, 5;

create trigger never_removed before delete or truncate on resilience_tally
  for each statement execute function refuse_change();
alter table resilience_tally enable always trigger never_removed;
create trigger never_removed before delete or truncate on resilience_pulse
  for each statement execute function refuse_change();
alter table resilience_pulse enable always trigger never_removed;

revoke all on resilience_tally, resilience_pulse from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function resilience_rating(text, jsonb), resilience_over(text, jsonb), supports_critical(uuid),
  tally_resilience() from public;
grant select on resilience_tally, resilience_pulse to countersign_web, countersign_worker;
