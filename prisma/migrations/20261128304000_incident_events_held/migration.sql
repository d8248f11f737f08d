-- What is written about an incident is dated now, and a report moves only with its signed step. When an incident was
-- noticed is what it was opened with unless somebody entered another time, here as in the program; no time from one
-- moment to the next counts as less than nothing.

-- Ten minutes are for clocks that differ. What lies back is held by the order of what is written.
create function is_not_ahead(at timestamptz) returns boolean language sql volatile as $$
  select coalesce(at <= clock_timestamp() + interval '10 minutes', false) $$;
revoke all on function is_not_ahead(timestamptz) from public;
grant execute on function is_not_ahead(timestamptz) to countersign_web, countersign_worker;

create or replace function number_incident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  notice incident_record%rowtype;
begin
  if not is_not_ahead(new.opened_at) then
    raise exception 'an incident is not opened ahead of time' using errcode = 'CS002';
  end if;
  select * into notice from incident_record r where r.id = new.id;
  if found then
    if new.sort <> 'incident' or new.source <> notice.what or new.opened_at <> notice.opened_at
      or new.opened_by <> notice.opened_by then
      raise exception 'incident %: it was opened otherwise', notice.number using errcode = 'CS002';
    end if;
    new.number := notice.number;
  elsif new.source not in ('reported', 'alarm', 'recurring') then
    raise exception 'an incident of another area comes with its notice' using errcode = 'CS002';
  elsif new.sort = 'threat' then
    new.number := numbered('TH', 'threat_number');
  else
    new.number := next_incident_number();
  end if;
  return new;
end $$;

-- Whether the report moved as the event says, in the same transaction and by the same person. Clocks read events, so
-- an event without its step would be a report that nobody signed.
create function report_moved_so(e incident_event) returns boolean
language sql volatile set search_path = public, pg_temp as $$
  select case e.facts ->> 'step'
    when 'opened' then e.facts ->> 'submittedAt' is null and exists (
      select from incident_report r where r.id = (e.facts ->> 'report')::uuid and r.incident_id = e.incident_id
        and r.stage = e.facts ->> 'stage' and r.opened_by = e.actor and r.xmin::text = pg_current_xact_id()::xid::text)
    else exists (
      select from incident_report r join incident_report_step s on s.report_id = r.id
        where r.id = (e.facts ->> 'report')::uuid and r.incident_id = e.incident_id and r.stage = e.facts ->> 'stage'
          and s.step = case e.facts ->> 'step' when 'submitted' then 'sent' else nullif(e.facts ->> 'step', 'sent') end
          and s.actor = e.actor and s.xmin::text = pg_current_xact_id()::xid::text
          and (e.facts ->> 'submittedAt')::timestamptz is not distinct from (s.facts ->> 'sentAt')::timestamptz)
  end $$;
revoke all on function report_moved_so(incident_event) from public;

create or replace function guard_incident_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about incident_standing%rowtype;
  is_person boolean := exists (select from operator o where o.id = new.actor);
begin
  -- Who comes second waits, sees the first and is refused.
  perform 1 from incident i where i.id = new.incident_id for update;
  select * into about from incident_standing s where s.incident_id = new.incident_id;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'incident %: events follow one another', about.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from incident_event e where e.incident_id = new.incident_id) then
    raise exception 'incident %: an event is not before the one it follows', about.number using errcode = 'CS002';
  end if;
  -- Everything that follows would have to be dated ahead as well, and the clocks with it.
  if not is_not_ahead(new.at) then
    raise exception 'incident %: an event is not dated ahead', about.number using errcode = 'CS002';
  end if;
  if not incident_may(about.state, new.kind) then
    raise exception 'incident %: % is no next step', about.number, new.kind using errcode = 'CS002';
  end if;
  if not is_person and (new.actor <> 'system' or new.kind in
      ('triaged', 'acknowledged', 'classified', 'reviewed', 'closed', 'reopened', 'dropped', 'retitled')) then
    raise exception 'incident %: % is for a person', about.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'report-moved' and not coalesce(report_moved_so(new), false) then
    raise exception 'incident %: a report moves with its step', about.number using errcode = 'CS002';
  end if;
  -- The time of the decision starts the clock: it is the time at which it was made.
  if new.kind = 'classified' and coalesce(new.facts ->> 'verdict', '') not in ('major', 'not-major', 'reclassified') then
    raise exception 'incident %: a decision has a verdict', about.number using errcode = 'CS002';
  end if;
  -- What was never major is said by another person than the one who called it major.
  if new.kind = 'classified' and new.facts ->> 'verdict' = 'reclassified' and (about.class is distinct from 'major'
      or new.actor = (select e.actor from incident_event e where e.incident_id = new.incident_id
        and e.kind = 'classified' and e.facts ->> 'verdict' = 'major' order by e.seq desc limit 1)) then
    raise exception 'incident %: for another person, about a major incident', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'classified' and new.facts ->> 'verdict' = 'not-major' and about.class = 'major' then
    raise exception 'incident %: what was major is reclassified', about.number using errcode = 'CS002';
  end if;
  if new.kind in ('task-done', 'task-moved') and not exists (select from incident_task t
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int and t.done_at is null) then
    raise exception 'incident %: no such open task', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

-- When an incident was noticed unless somebody entered another time, as awarenessOf in lib/incidents/limits says it.
create function noticed_at_opening(p_incident uuid) returns timestamptz
language sql stable set search_path = public, pg_temp as $$
  select coalesce((e.facts ->> 'detectedAt')::timestamptz, i.opened_at)
    from incident i left join incident_event e on e.incident_id = i.id and e.seq = 1 where i.id = p_incident $$;
revoke all on function noticed_at_opening(uuid) from public;

create or replace function draw_incident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about incident%rowtype;
begin
  if new.kind = 'opened' then
    select * into about from incident i where i.id = new.incident_id;
    insert into incident_standing (incident_id, number, sort, source, opened_at, seq, state, class, detected_at, escalation)
      values (about.id, about.number, about.sort, about.source, about.opened_at, new.seq, 'new', 'open',
        coalesce((new.facts ->> 'detectedAt')::timestamptz, about.opened_at), 0);
  else
    update incident_standing s set
      seq = new.seq,
      state = case new.kind when 'triaged' then 'working' when 'closed' then 'closed' when 'dropped' then 'dropped'
        when 'reopened' then 'working' else s.state end,
      severity = case new.kind when 'triaged' then (new.facts ->> 'severity')::smallint else s.severity end,
      category = case new.kind when 'triaged' then new.facts ->> 'category' else s.category end,
      class = case new.kind when 'classified' then new.facts ->> 'verdict' else s.class end,
      classified_at = case when new.kind = 'classified' and s.classified_at is null then new.at else s.classified_at end,
      assignee = case new.kind when 'assigned' then new.facts ->> 'to' else s.assignee end,
      acknowledged_at = case when new.kind in ('acknowledged', 'triaged')
        then coalesce(s.acknowledged_at, new.at) else s.acknowledged_at end,
      escalation = case new.kind when 'escalated' then (new.facts ->> 'level')::smallint else s.escalation end,
      occurred_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'occurred_at'
        then incident_instant(new.facts, 'occurred_at') else s.occurred_at end,
      detected_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'detected_at'
        then coalesce(incident_instant(new.facts, 'detected_at'), noticed_at_opening(new.incident_id)) else s.detected_at end,
      contained_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'contained_at'
        then incident_instant(new.facts, 'contained_at') else s.contained_at end,
      recovered_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'recovered_at'
        then incident_instant(new.facts, 'recovered_at') else s.recovered_at end,
      cause = case when new.kind = 'reviewed' then new.facts ->> 'cause'
        when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'root_cause'
        then new.facts -> 'facts' -> 'root_cause' ->> 'value' else s.cause end,
      reviewed_at = case new.kind when 'reviewed' then new.at else s.reviewed_at end,
      closed_at = case when new.kind in ('closed', 'dropped') then new.at when new.kind = 'reopened' then null
        else s.closed_at end
      where s.incident_id = new.incident_id;
  end if;
  if new.kind in ('opened', 'linked') then
    insert into incident_link (incident_id, kind, ref, seq)
      select new.incident_id, l ->> 'kind', l ->> 'ref', new.seq
        from jsonb_array_elements(coalesce(new.facts -> 'links', '[]')) l
      on conflict do nothing;
  elsif new.kind = 'unlinked' then
    delete from incident_link l where l.incident_id = new.incident_id
      and l.kind = new.facts ->> 'kind' and l.ref = new.facts ->> 'ref';
  elsif new.kind = 'task-added' then
    insert into incident_task (incident_id, seq, purpose, assignee, due_on)
      values (new.incident_id, new.seq, new.facts ->> 'purpose', new.facts ->> 'assignee', (new.facts ->> 'dueOn')::date);
  elsif new.kind = 'task-moved' then
    update incident_task t set assignee = new.facts ->> 'assignee', due_on = (new.facts ->> 'dueOn')::date
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int;
  elsif new.kind = 'task-done' then
    update incident_task t set done_at = new.at
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int;
  end if;
  return null;
end $$;
-- What was contained or over before anybody noticed took no time from then on.
create or replace function incident_in_month(s incident_standing) returns incident_month language sql immutable as $$
  select date_trunc('month', s.detected_at at time zone 'UTC')::date, coalesce(split_part(s.cause, '_', 1), ''), 1,
    (s.class = 'major')::int,
    greatest(0, span_ms(s.occurred_at, s.detected_at)), (s.occurred_at is not null)::int,
    greatest(0, span_ms(s.detected_at, s.classified_at)), (s.classified_at is not null)::int,
    greatest(0, span_ms(s.detected_at, s.contained_at)), (s.contained_at is not null)::int,
    greatest(0, span_ms(s.detected_at, s.recovered_at)), (s.recovered_at is not null)::int $$;

-- What stood on record is brought into line: times that were taken back, then what is added up from them.
lock table incident_standing in share row exclusive mode;
update incident_standing s set detected_at = noticed_at_opening(s.incident_id)
  where (select incident_instant(e.facts, 'detected_at') is null from incident_event e
      where e.incident_id = s.incident_id and e.kind = 'facts-recorded' and e.facts -> 'facts' ? 'detected_at'
      order by e.seq desc limit 1)
    and s.detected_at <> noticed_at_opening(s.incident_id)
    and (s.occurred_at is null or s.occurred_at <= noticed_at_opening(s.incident_id));
delete from incident_month;
insert into incident_month
  select (m).month, (m).cause, sum((m).incidents), sum((m).major), sum((m).detect_ms), sum((m).detect_of),
      sum((m).classify_ms), sum((m).classify_of), sum((m).contain_ms), sum((m).contain_of), sum((m).recover_ms),
      sum((m).recover_of)
    from (select incident_in_month(s) as m from incident_standing s where incident_counts(s)) t
    group by 1, 2;
