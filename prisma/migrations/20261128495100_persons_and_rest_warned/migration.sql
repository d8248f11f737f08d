-- The worker warns of persons who are to be told of a high risk and were not (Art 34(1)), and of what of Art 33(3) the
-- authority still lacks after the first part of the notification (Art 33(4)).

-- The same table as lib/privacy/breaches/life.ts.
create or replace function privacy_breach_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind = 'noted' then true
    when kind in ('confirmed', 'suspicion-warned', 'dismissal-proposed', 'dismissal-approved') then state = 'suspected'
    when kind = 'described' then state in ('suspected', 'confirmed', 'assessed', 'contained')
    when kind = 'contained' then state in ('confirmed', 'assessed')
    when kind in ('aware-moved', 'assessed', 'notification-signed', 'notification-sent', 'persons-listed',
        'persons-taken-off', 'warned', 'rest-warned') then state in ('confirmed', 'assessed', 'contained')
    when kind in ('clearance-proposed', 'clearance-returned', 'clearance-approved', 'persons-decided', 'persons-agreed',
        'persons-told', 'persons-warned') then state in ('assessed', 'contained')
    when kind = 'closed' then state = 'contained'
    when kind = 'reopened' then state in ('closed', 'not-a-breach')
    else false
  end $$;

-- As before, with the two warnings.
create or replace function guard_privacy_breach_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  breach privacy_breach%rowtype;
  about privacy_breach_standing%rowtype;
  proposal privacy_breach_event%rowtype;
  person_roles text[];
  told_us timestamptz;
  earliest timestamptz;
  latest timestamptz;
  said timestamptz;
begin
  -- Who comes second waits, sees the first and is refused.
  select * into breach from privacy_breach b where b.id = new.breach_id for update;
  select * into about from privacy_breach_standing s where s.breach_id = new.breach_id;
  select o.roles into person_roles from operator o where o.id = new.actor;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'breach %: events follow one another', breach.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from privacy_breach_event e where e.breach_id = new.breach_id)
    or not is_about_now(new.at) then
    raise exception 'breach %: an event is dated now, and not before the one it follows', breach.number
      using errcode = 'CS002';
  end if;
  if not privacy_breach_may(about.state, new.kind) then
    raise exception 'breach %: % is no next step', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'warned' then
    if new.actor <> 'system' or not coalesce((new.facts ->> 'hours')::int in (24, 48, 60, 72), false)
      or new.at < about.aware_at + make_interval(hours => (new.facts ->> 'hours')::int) or exists (select
        from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'warned' and e.facts = new.facts) then
      raise exception 'breach %: the system warns once of hours that have passed', breach.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  if new.kind = 'suspicion-warned' then
    if new.actor <> 'system' or not coalesce((new.facts ->> 'hours')::int in (24, 48, 72), false)
      or new.at < about.suspected_at + make_interval(hours => (new.facts ->> 'hours')::int) or exists (select
        from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = new.kind and e.facts = new.facts
          and e.seq > coalesce((select max(r.seq) from privacy_breach_event r where r.breach_id = new.breach_id
            and r.kind = 'reopened'), 0)) then
      raise exception 'breach %: the system warns once of hours that have passed', breach.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  if new.kind in ('persons-warned', 'rest-warned') then
    if new.actor <> 'system' or not coalesce((new.facts ->> 'hours')::int = any (case new.kind
          when 'persons-warned' then array[24, 48, 72] else array[72, 168, 336] end), false)
      or not coalesce(new.at >= (case new.kind when 'persons-warned' then (select min(e.at) from privacy_breach_event e
          where e.breach_id = new.breach_id and e.kind = 'assessed' and 'high' in (e.facts ->> 'risk', e.facts ->> 'found'))
        else about.notified_at end) + make_interval(hours => (new.facts ->> 'hours')::int), false)
      or new.kind = 'persons-warned' and about.telling and about.told_at is not null
      or new.kind = 'rest-warned' and about.complete
      or exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = new.kind
        and e.facts -> 'hours' = new.facts -> 'hours') then
      raise exception 'breach %: the system warns once of hours that have passed', breach.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  if person_roles is null then
    raise exception 'breach %: % is for a person', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'opened' and new.actor is distinct from breach.opened_by then
    raise exception 'breach %: it was opened otherwise', breach.number using errcode = 'CS002';
  end if;
  -- A processor told us, and nobody else did; what it told us of was noticed before.
  if new.kind = 'opened' and ((new.facts ->> 'source' = 'processor') is distinct from
      (jsonb_typeof(new.facts -> 'processor') = 'object') or new.facts ->> 'source' = 'processor' and not coalesce(
      (new.facts #>> '{processor,toldAt}')::timestamptz between (new.facts ->> 'noticedAt')::timestamptz and new.at, false))
  then
    raise exception 'breach %: a processor tells us of what was noticed before', breach.number using errcode = 'CS002';
  end if;
  -- What people say happened lies between what it follows and now; they give minutes.
  said := case when new.kind = 'opened' then new.facts ->> 'noticedAt'
    when new.kind in ('confirmed', 'aware-moved') then new.facts ->> 'awareAt'
    when new.kind = 'contained' then new.facts ->> 'containedAt'
    when new.kind in ('notification-sent', 'persons-told') then new.facts ->> 'sentAt' end::timestamptz;
  -- Who processes data for us tells us, and from then on we are aware at the latest.
  told_us := (select (e.facts #>> '{processor,toldAt}')::timestamptz from privacy_breach_event e
    where e.breach_id = new.breach_id and e.seq = 1);
  earliest := case when new.kind in ('notification-sent', 'persons-told') then about.aware_at
    when new.kind = 'confirmed' then least(about.noticed_at, told_us)
    when new.kind = 'aware-moved' then coalesce((new.facts ->> 'noticedAt')::timestamptz, least(about.noticed_at, told_us))
    else '-infinity' end;
  latest := case new.kind when 'confirmed' then least(new.at, told_us) else new.at end;
  if new.kind in ('opened', 'confirmed', 'aware-moved', 'contained', 'notification-sent', 'persons-told')
    and not coalesce(said between date_trunc('minute', earliest) and latest, false) then
    raise exception 'breach %: the time of % is none that can be', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'aware-moved' and (new.facts ->> 'noticedAt')::timestamptz > about.noticed_at then
    raise exception 'breach %: it was noticed before, and no later than that', breach.number using errcode = 'CS002';
  end if;
  -- Nobody gains time: awareness only moves to an earlier instant.
  if new.kind = 'aware-moved' and said >= about.aware_at then
    raise exception 'breach %: awareness only moves earlier', breach.number using errcode = 'CS002';
  end if;
  -- The controller decides and signs; the data protection officer advises and prepares.
  if new.kind in ('clearance-proposed', 'clearance-approved', 'notification-signed', 'persons-decided', 'persons-agreed',
      'dismissal-approved')
    and ('dpo' = any (person_roles) or not person_roles && array['officer', 'manager']) then
    raise exception 'breach %: % is for who decides', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind in ('clearance-proposed', 'clearance-approved')
    and (about.risk is distinct from 'unlikely' or about.notified_at is not null or about.cleared_at is not null) then
    raise exception 'breach %: only where no risk is likely is nobody notified', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'clearance-proposed' and about.proposal is not null
    or new.kind in ('clearance-returned', 'clearance-approved') and about.proposal is null
    or new.kind = 'clearance-returned' and about.cleared_at is not null then
    raise exception 'breach %: % is no answer to what is proposed', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'clearance-approved' then
    select * into proposal from privacy_breach_event e where e.breach_id = new.breach_id and e.seq = about.proposal;
    if new.actor = proposal.actor or (new.facts ->> 'of')::int is distinct from proposal.seq
      or new.facts ->> 'events' is distinct from proposal.facts ->> 'events' then
      raise exception 'breach %: another person decides what was proposed', breach.number using errcode = 'CS002';
    end if;
  end if;
  -- That it was none ends the clock before it began, so it takes two people as well.
  if new.kind = 'dismissal-approved' then
    select * into proposal from privacy_breach_event e where e.breach_id = new.breach_id
      and e.seq = (new.facts ->> 'of')::int;
    if proposal.kind is distinct from 'dismissal-proposed' or new.actor = proposal.actor or exists (select
        from privacy_breach_event e where e.breach_id = new.breach_id and e.seq > proposal.seq
          and e.kind in ('dismissal-proposed', 'reopened')) then
      raise exception 'breach %: another person decides what was proposed', breach.number using errcode = 'CS002';
    end if;
  end if;
  -- So does an exception of Art 34(3), by the newest decision on the newest assessment.
  if new.kind = 'persons-agreed' then
    select * into proposal from privacy_breach_event e where e.breach_id = new.breach_id
      and e.kind in ('persons-decided', 'assessed') order by e.seq desc limit 1;
    if proposal.kind is distinct from 'persons-decided' or proposal.facts ->> 'exception' is null
      or new.actor = proposal.actor or (new.facts ->> 'of')::int is distinct from proposal.seq
      or exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = new.kind
        and e.seq > proposal.seq) then
      raise exception 'breach %: another person agrees to the exception that was decided', breach.number
        using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'notification-signed' and ((new.facts ->> 'phase')::int is distinct from about.phases + 1
      or (new.facts ->> 'isLate')::boolean is distinct from (about.notified_at is null and new.at > about.due_at)) then
    raise exception 'breach %: a notification has its number and its delay', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'notification-sent' and (not exists (select from privacy_breach_event e where e.breach_id = new.breach_id
      and e.seq = (new.facts ->> 'of')::int and e.kind = 'notification-signed' and said >= date_trunc('minute', e.at))
      or exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'notification-sent'
        and e.facts ->> 'of' = new.facts ->> 'of')) then
    raise exception 'breach %: what was signed off is sent, once', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'persons-decided' and (case when coalesce((new.facts ->> 'isTold')::boolean, false)
      then new.facts ->> 'exception' is not null
      else (about.risk = 'high') is distinct from (new.facts ->> 'exception' is not null) end) then
    raise exception 'breach %: at a high risk persons are told, or an exception holds', breach.number
      using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and not (about.cleared_at is not null or about.complete) then
    raise exception 'breach %: the authority is notified first', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and not (case when about.telling is null then about.risk <> 'high' and not privacy_breach_lowered(new.breach_id)
      when about.telling then about.told_at is not null
      when about.exception = 'disproportionate' then about.published_at is not null else true end) then
    raise exception 'breach %: persons are told first', breach.number using errcode = 'CS002';
  end if;
  return new;
end $$;

drop trigger by_worker on privacy_breach_event;
create trigger by_worker before insert on privacy_breach_event
  for each row when (new.actor = 'system' or new.kind in ('warned', 'suspicion-warned', 'persons-warned', 'rest-warned'))
  execute function only_worker_as_system();
alter table privacy_breach_event enable always trigger by_worker;
