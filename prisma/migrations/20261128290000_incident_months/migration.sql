-- What happened in each month, by cause, added up as incidents change: figures of years are read from a few rows and
-- not counted anew. Cyber threats and what was dropped are left out. Drawn by the database; nobody writes it.

create table incident_month (
  -- First day of the month (UTC) in which the incidents were noticed.
  month date not null,
  -- First word of the detailed cause, which says the high-level one; empty where none is known.
  cause text not null,
  incidents integer not null,
  major integer not null,
  -- Sums of milliseconds from one moment to the next, and of how many incidents that have both.
  detect_ms bigint not null,
  detect_of integer not null,
  classify_ms bigint not null,
  classify_of integer not null,
  contain_ms bigint not null,
  contain_of integer not null,
  recover_ms bigint not null,
  recover_of integer not null,
  primary key (month, cause)
);

-- Milliseconds from one moment to the other; null where one of them is not known.
create function span_ms(earlier timestamptz, later timestamptz) returns bigint language sql immutable as $$
  select (extract(epoch from later - earlier) * 1000)::bigint $$;

create function incident_counts(s incident_standing) returns boolean language sql immutable as $$
  select s.sort = 'incident' and s.state <> 'dropped' and s.detected_at is not null $$;

create function incident_in_month(s incident_standing) returns incident_month language sql immutable as $$
  select date_trunc('month', s.detected_at at time zone 'UTC')::date, coalesce(split_part(s.cause, '_', 1), ''), 1,
    (s.class = 'major')::int,
    coalesce(span_ms(s.occurred_at, s.detected_at), 0), (s.occurred_at is not null)::int,
    coalesce(span_ms(s.detected_at, s.classified_at), 0), (s.classified_at is not null)::int,
    coalesce(span_ms(s.detected_at, s.contained_at), 0), (s.contained_at is not null)::int,
    coalesce(span_ms(s.detected_at, s.recovered_at), 0), (s.recovered_at is not null)::int $$;

-- What is taken away was added before, so its row is there.
create function take_from_incident_month(taken incident_month) returns void
language sql set search_path = public, pg_temp as $$
  update incident_month m set
      incidents = m.incidents - taken.incidents, major = m.major - taken.major,
      detect_ms = m.detect_ms - taken.detect_ms, detect_of = m.detect_of - taken.detect_of,
      classify_ms = m.classify_ms - taken.classify_ms, classify_of = m.classify_of - taken.classify_of,
      contain_ms = m.contain_ms - taken.contain_ms, contain_of = m.contain_of - taken.contain_of,
      recover_ms = m.recover_ms - taken.recover_ms, recover_of = m.recover_of - taken.recover_of
    where m.month = taken.month and m.cause = taken.cause $$;

create function add_to_incident_month(added incident_month) returns void
language sql set search_path = public, pg_temp as $$
  insert into incident_month as m select added.*
    on conflict (month, cause) do update set
      incidents = m.incidents + excluded.incidents, major = m.major + excluded.major,
      detect_ms = m.detect_ms + excluded.detect_ms, detect_of = m.detect_of + excluded.detect_of,
      classify_ms = m.classify_ms + excluded.classify_ms, classify_of = m.classify_of + excluded.classify_of,
      contain_ms = m.contain_ms + excluded.contain_ms, contain_of = m.contain_of + excluded.contain_of,
      recover_ms = m.recover_ms + excluded.recover_ms, recover_of = m.recover_of + excluded.recover_of $$;

create function draw_incident_month() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before incident_month%rowtype;
  after incident_month%rowtype;
begin
  if tg_op = 'UPDATE' and incident_counts(old) then
    before := incident_in_month(old);
  end if;
  if incident_counts(new) then
    after := incident_in_month(new);
  end if;
  -- Most changes are none of these figures; then nobody has to wait for the month.
  if before is not distinct from after then
    return null;
  end if;
  if before.month is not null then
    perform take_from_incident_month(before);
  end if;
  if after.month is not null then
    perform add_to_incident_month(after);
  end if;
  return null;
end $$;
create trigger month_drawn after insert or update on incident_standing
  for each row execute function draw_incident_month();
alter table incident_standing enable always trigger month_drawn;

insert into incident_month
  select (m).month, (m).cause, sum((m).incidents), sum((m).major), sum((m).detect_ms), sum((m).detect_of),
      sum((m).classify_ms), sum((m).classify_of), sum((m).contain_ms), sum((m).contain_of), sum((m).recover_ms),
      sum((m).recover_of)
    from (select incident_in_month(s) as m from incident_standing s where incident_counts(s)) t
    group by 1, 2;

alter table incident_month
  add constraint incident_month_counts check (
    incidents >= 0 and major between 0 and incidents and detect_of between 0 and incidents
    and classify_of between 0 and incidents and contain_of between 0 and incidents and recover_of between 0 and incidents);

revoke all on incident_month from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function span_ms(timestamptz, timestamptz), incident_counts(incident_standing),
  incident_in_month(incident_standing), take_from_incident_month(incident_month),
  add_to_incident_month(incident_month), draw_incident_month() from public;
grant select on incident_month to countersign_web, countersign_worker;
