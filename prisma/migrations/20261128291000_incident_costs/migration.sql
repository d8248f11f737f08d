-- What an incident cost, by accounting year and kind (ITS 2025/302, field 4.13; DORA Art 11(10)). A line is never
-- changed: a newer one stands in its place.

create table incident_cost (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  seq integer not null,
  -- The calendar year in which the accounting year begins.
  year integer not null,
  -- (a) to (i) of field 4.13.
  category text not null,
  -- Cents of the reporting currency. Less than nothing only where a year corrects an earlier one.
  gross_cents bigint not null,
  recovery_cents bigint not null,
  -- The line in whose place this one stands; it counts no more.
  corrects integer,
  recorded_by text not null references operator (id) on delete restrict on update restrict,
  recorded_at timestamptz(3) not null,
  primary key (incident_id, seq),
  unique (incident_id, corrects),
  foreign key (incident_id, corrects) references incident_cost (incident_id, seq)
    on delete restrict on update restrict
);

create index incident_cost_year_idx on incident_cost (year);

alter table incident_cost
  add constraint incident_cost_bounded check (
    seq between 1 and 2000 and year between 2020 and 2200
    and gross_cents between -1000000000000000 and 1000000000000000
    and recovery_cents between -1000000000000000 and 1000000000000000),
  add constraint incident_cost_category_known check (category in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')),
  add constraint incident_cost_corrects_earlier check (corrects < seq);

create function guard_incident_cost() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('incident ' || new.incident_id::text, 0));
  if new.seq <> (select coalesce(max(c.seq), 0) + 1 from incident_cost c where c.incident_id = new.incident_id)
    or new.recorded_at < (select max(c.recorded_at) from incident_cost c where c.incident_id = new.incident_id) then
    raise exception 'lines of costs follow one another' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on incident_cost for each row execute function guard_incident_cost();
alter table incident_cost enable always trigger guarded;
create trigger append_only before update or delete or truncate on incident_cost
  for each statement execute function refuse_change();
alter table incident_cost enable always trigger append_only;

revoke all on incident_cost from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_incident_cost() from public;
grant select, insert on incident_cost to countersign_web;
