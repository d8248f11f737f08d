-- A report is sent before it is reviewed: a review that came first left no way to record the sending. One that was
-- reviewed before it was recorded as sent can still be sent. Nothing about a report is dated ahead, and a receipt
-- comes after the sending.

create or replace function report_step_may(was text, becomes text) returns boolean language sql immutable as $$
  select case becomes
    when 'raised' then was in ('draft', 'declined', 'withdrawn')
    when 'declined' then was = 'raised'
    when 'withdrawn' then was = 'raised'
    when 'released' then was = 'raised'
    when 'sent' then was in ('released', 'reviewed')
    when 'receipt' then was in ('sent', 'receipt', 'reviewed')
    when 'reviewed' then was in ('sent', 'receipt')
    else false
  end $$;

create or replace function guard_report_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  before incident_report_step%rowtype;
  raised incident_report_step%rowtype;
  sent incident_report_step%rowtype;
  stage text;
begin
  perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
  select r.stage into stage from incident_report r where r.id = new.report_id;
  select * into before from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1;
  select * into raised from incident_report_step s where s.report_id = new.report_id and s.step = 'raised'
    order by s.seq desc limit 1;
  select * into sent from incident_report_step s where s.report_id = new.report_id and s.step = 'sent'
    order by s.seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1 or new.at < before.at then
    raise exception 'steps of a report follow one another' using errcode = 'CS002';
  end if;
  if not is_not_ahead(new.at) then
    raise exception 'a step of a report is not dated ahead' using errcode = 'CS002';
  end if;
  if not report_step_may(coalesce(before.step, 'draft'), new.step) then
    raise exception 'a report that is % is not %', coalesce(before.step, 'draft'), new.step using errcode = 'CS002';
  end if;
  -- It is sent once, before its receipt, and reviewed once.
  if (new.step = 'sent') = (sent.seq is not null) and new.step in ('sent', 'receipt', 'reviewed')
    or new.step = 'reviewed' and exists (select from incident_report_step s
      where s.report_id = new.report_id and s.step = 'reviewed') then
    raise exception 'a report is sent once, then its receipt is recorded and it is reviewed once' using errcode = 'CS002';
  end if;
  -- Two people, but for an initial notification whose clock is nearly out; that one is reviewed after.
  if new.step = 'released' and new.actor = raised.actor
    and not (stage = 'initial' and coalesce((new.facts ->> 'alone')::boolean, false)
      and not coalesce((raised.facts ->> 'override')::boolean, false)) then
    raise exception 'another person releases a report' using errcode = 'CS002';
  end if;
  if new.step = 'declined' and new.actor = raised.actor then
    raise exception 'another person declines a report' using errcode = 'CS002';
  end if;
  if new.step = 'withdrawn' and new.actor <> raised.actor then
    raise exception 'who raised a report withdraws it' using errcode = 'CS002';
  end if;
  if new.step = 'reviewed' and (new.actor = raised.actor or not exists (select from incident_report_step s
      where s.report_id = new.report_id and s.step = 'released' and (s.facts ->> 'alone')::boolean)) then
    raise exception 'another person reviews what went out with one' using errcode = 'CS002';
  end if;
  -- What is released is what was raised.
  if new.step = 'released' and (new.facts ->> 'digest') is distinct from (raised.facts ->> 'digest') then
    raise exception 'what is released is what was raised' using errcode = 'CS002';
  end if;
  if new.step = 'sent' and not coalesce((new.facts ->> 'sentAt')::timestamptz between before.at and new.at, false) then
    raise exception 'a report is sent after it was released' using errcode = 'CS002';
  end if;
  -- People give minutes.
  if new.step = 'receipt' and not coalesce((new.facts ->> 'receivedAt')::timestamptz
      between date_trunc('minute', (sent.facts ->> 'sentAt')::timestamptz) and new.at, false) then
    raise exception 'a receipt comes after the report was sent' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_report_draft() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
    if new.erased_at is not null or new.version <> (select coalesce(max(d.version), 0) + 1 from incident_report_draft d
        where d.report_id = new.report_id) then
      raise exception 'versions of a draft follow one another' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.written_at) then
      raise exception 'a draft is not dated ahead' using errcode = 'CS002';
    end if;
    if coalesce((select s.step from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1),
        'draft') not in ('draft', 'declined', 'withdrawn') then
      raise exception 'a report that was raised is not written on' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.report_id, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.report_id, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a draft is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_report_opened() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_not_ahead(new.opened_at) then
    raise exception 'a report is not begun ahead of time' using errcode = 'CS002';
  end if;
  return new;
end $$;
revoke all on function guard_report_opened() from public;
create trigger guarded before insert on incident_report for each row execute function guard_report_opened();
alter table incident_report enable always trigger guarded;

create or replace function guard_incident_cost() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('incident ' || new.incident_id::text, 0));
  if new.seq <> (select coalesce(max(c.seq), 0) + 1 from incident_cost c where c.incident_id = new.incident_id)
    or new.recorded_at < (select max(c.recorded_at) from incident_cost c where c.incident_id = new.incident_id) then
    raise exception 'lines of costs follow one another' using errcode = 'CS002';
  end if;
  if not is_not_ahead(new.recorded_at) then
    raise exception 'a line of costs is not dated ahead' using errcode = 'CS002';
  end if;
  return new;
end $$;
