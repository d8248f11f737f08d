-- What no program with the rights of the web server may do: empty texts of requests, write as the system, and so keep
-- the worker from warning. What nobody may do alone: undo a decision on telling persons, say that it was no breach, and
-- end a request as the same as somebody else's.

-- ---------------------------------------------------------------- texts and files of requests

-- The worker alone erases, when their time is over.
revoke update (sealed, erased_at) on privacy_request_text, privacy_request_file from countersign_web;

-- ---------------------------------------------------------------- what the system writes

-- Warnings and what became of an erasure come from the worker. Whoever has the web server could otherwise say that it
-- had warned already.
create function only_worker_as_system() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.actor <> 'system' then
    raise exception '% is for the worker', new.kind using errcode = 'CS002';
  end if;
  if session_user <> 'countersign_worker' then
    raise exception 'the worker alone writes as the system' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger by_worker before insert on privacy_request_event
  for each row when (new.actor = 'system' or new.kind in ('warned', 'erased', 'put-back', 'freed'))
  execute function only_worker_as_system();
create trigger by_worker before insert on privacy_breach_event
  for each row when (new.actor = 'system' or new.kind in ('warned', 'suspicion-warned'))
  execute function only_worker_as_system();
create trigger by_worker before insert on privacy_hold_event
  for each row when (new.actor = 'system' or new.kind = 'warned') execute function only_worker_as_system();

-- ---------------------------------------------------------------- requests that are the same as another

-- The other one goes on, is of the same right, and is known to be of the same person or the same sender. A sender's
-- address says nothing where somebody asks for others.
create function privacy_request_is_same(p_one uuid, p_other uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select case
      when one.person_id is not null and other.person_id is not null then one.person_id = other.person_id
      else not exists (select from privacy_request_event e where e.request_id in (p_one, p_other) and e.seq = 1
          and (e.facts ->> 'forAnother') is distinct from 'false')
        and exists (select from privacy_request_search a join privacy_request_search b on b.kind = a.kind
          and b.hash = a.hash where a.request_id = p_one and b.request_id = p_other and a.kind in ('email', 'message'))
      end from privacy_request_standing one, privacy_request_standing other
    where one.request_id = p_one and other.request_id = p_other), false) $$;

create function guard_privacy_request_same() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Of two that are marked at once as the same as each other, one goes on.
  perform from privacy_request r where r.number = new.facts ->> 'of' for update;
  if not exists (select from privacy_request_standing other join privacy_request_standing one
      on one.request_id = new.request_id where other.number = new.facts ->> 'of' and other.request_id <> one.request_id
      and other."right" = one."right" and other.state not in ('closed', 'withdrawn', 'duplicate')
      and privacy_request_is_same(one.request_id, other.request_id)) then
    raise exception 'a request is the same as one of the same person and right that goes on' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_same before insert on privacy_request_event
  for each row when (new.kind = 'marked-duplicate') execute function guard_privacy_request_same();

-- ---------------------------------------------------------------- breaches

-- Once the risk was found or said to be high, or somebody decided on telling persons, an assessment alone closes nothing:
-- somebody who decides says it again, with a key.
create or replace function privacy_breach_lowered(p_breach uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from privacy_breach_event e where e.breach_id = p_breach and (e.kind = 'persons-decided'
    or e.kind = 'assessed' and 'high' in (e.facts ->> 'found', e.facts ->> 'risk'))) $$;

-- The same table as lib/privacy/breaches/life.ts.
create or replace function privacy_breach_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind = 'noted' then true
    when kind in ('confirmed', 'suspicion-warned', 'dismissal-proposed', 'dismissal-approved') then state = 'suspected'
    when kind = 'described' then state in ('suspected', 'confirmed', 'assessed', 'contained')
    when kind = 'contained' then state in ('confirmed', 'assessed')
    when kind in ('aware-moved', 'assessed', 'notification-signed', 'notification-sent', 'persons-listed', 'warned') then
      state in ('confirmed', 'assessed', 'contained')
    when kind in ('clearance-proposed', 'clearance-returned', 'clearance-approved', 'persons-decided', 'persons-told') then
      state in ('assessed', 'contained')
    when kind = 'closed' then state = 'contained'
    when kind = 'reopened' then state in ('closed', 'not-a-breach')
    else false
  end $$;

create or replace function guard_privacy_breach_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  breach privacy_breach%rowtype;
  about privacy_breach_standing%rowtype;
  proposal privacy_breach_event%rowtype;
  person_roles text[];
  earliest timestamptz;
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
      or new.at < about.noticed_at + make_interval(hours => (new.facts ->> 'hours')::int) or exists (select
        from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = new.kind and e.facts = new.facts) then
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
  -- What people say happened lies between what it follows and now; they give minutes.
  said := case when new.kind = 'opened' then new.facts ->> 'noticedAt'
    when new.kind in ('confirmed', 'aware-moved') then new.facts ->> 'awareAt'
    when new.kind = 'contained' then new.facts ->> 'containedAt'
    when new.kind in ('notification-sent', 'persons-told') then new.facts ->> 'sentAt' end::timestamptz;
  earliest := case when new.kind in ('notification-sent', 'persons-told') then about.aware_at
    when new.kind in ('confirmed', 'aware-moved') then about.noticed_at
    else '-infinity' end;
  if new.kind in ('opened', 'confirmed', 'aware-moved', 'contained', 'notification-sent', 'persons-told')
    and not coalesce(said between date_trunc('minute', earliest) and new.at, false) then
    raise exception 'breach %: the time of % is none that can be', breach.number, new.kind using errcode = 'CS002';
  end if;
  -- Nobody gains time: awareness only moves to an earlier instant.
  if new.kind = 'aware-moved' and said >= about.aware_at then
    raise exception 'breach %: awareness only moves earlier', breach.number using errcode = 'CS002';
  end if;
  -- The controller decides and signs; the data protection officer advises and prepares.
  if new.kind in ('clearance-proposed', 'clearance-approved', 'notification-signed', 'persons-decided',
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

create or replace function draw_privacy_breach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'opened' then
    insert into privacy_breach_standing (breach_id, number, source, processor, noticed_at, seq, state, phases, complete,
        persons)
      select b.id, b.number, new.facts ->> 'source', new.facts #>> '{processor,number}',
          (new.facts ->> 'noticedAt')::timestamptz, new.seq, 'suspected', 0, false, 0
        from privacy_breach b where b.id = new.breach_id;
    return null;
  end if;
  update privacy_breach_standing s set
    seq = new.seq,
    aware_at = case when new.kind in ('confirmed', 'aware-moved') then (new.facts ->> 'awareAt')::timestamptz
      else s.aware_at end,
    due_at = case when new.kind in ('confirmed', 'aware-moved')
      then (new.facts ->> 'awareAt')::timestamptz + interval '72 hours' else s.due_at end,
    risk = case new.kind when 'assessed' then new.facts ->> 'risk' else s.risk end,
    contained_at = case new.kind when 'contained' then (new.facts ->> 'containedAt')::timestamptz
      else s.contained_at end,
    state = case new.kind
      when 'confirmed' then 'confirmed'
      when 'assessed' then case when s.contained_at is null then 'assessed' else 'contained' end
      when 'contained' then case when s.risk is null then 'confirmed' else 'contained' end
      when 'closed' then 'closed'
      when 'dismissal-approved' then 'not-a-breach'
      when 'reopened' then case when s.aware_at is null then 'suspected' when s.risk is null then 'confirmed'
        when s.contained_at is null then 'assessed' else 'contained' end
      else s.state end,
    proposal = case when new.kind = 'clearance-proposed' then new.seq
      when new.kind in ('clearance-returned', 'assessed') then null else s.proposal end,
    cleared_at = case new.kind when 'clearance-approved' then new.at when 'assessed' then null else s.cleared_at end,
    phases = s.phases + case new.kind when 'notification-signed' then 1 else 0 end,
    notified_at = case new.kind when 'notification-sent'
      then least(s.notified_at, (new.facts ->> 'sentAt')::timestamptz) else s.notified_at end,
    -- The newest that was signed and sent says whether all of it was told.
    complete = case new.kind when 'notification-sent' then (select e.facts -> 'missing' = '[]'::jsonb
      from privacy_breach_event e where e.breach_id = new.breach_id and e.seq = (select max((n.facts ->> 'of')::int)
        from privacy_breach_event n where n.breach_id = new.breach_id and n.kind = 'notification-sent'))
      else s.complete end,
    telling = case new.kind when 'persons-decided' then (new.facts ->> 'isTold')::boolean when 'assessed' then null
      else s.telling end,
    exception = case new.kind when 'persons-decided' then new.facts ->> 'exception' when 'assessed' then null
      else s.exception end,
    told_at = case when new.kind = 'persons-told' and new.facts ->> 'channel' <> 'public'
      then least(s.told_at, (new.facts ->> 'sentAt')::timestamptz) else s.told_at end,
    published_at = case when new.kind = 'persons-told' and new.facts ->> 'channel' = 'public'
      then least(s.published_at, (new.facts ->> 'sentAt')::timestamptz) else s.published_at end,
    persons = s.persons + case new.kind when 'persons-listed' then (new.facts ->> 'count')::int else 0 end,
    closed_at = case when new.kind in ('closed', 'dismissal-approved') then new.at when new.kind = 'reopened' then null
      else s.closed_at end
    where s.breach_id = new.breach_id;
  return null;
end $$;

create or replace function check_privacy_breach_reasons() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  wanted text;
  due timestamptz;
begin
  select s.due_at into due from privacy_breach_standing s where s.breach_id = new.breach_id;
  if new.kind = 'notification-sent' and (new.facts ->> 'sentAt')::timestamptz > due and not exists (select
      from privacy_breach_text t where t.breach_id = new.breach_id and t.field = 'delay' and t.seq <= new.seq)
    and not exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'notification-sent'
      and (e.facts ->> 'sentAt')::timestamptz <= due) then
    raise exception 'a late notification says why (Art 33(1))' using errcode = 'CS003';
  end if;
  wanted := case when new.kind = 'notification-signed' and (new.facts ->> 'isLate')::boolean then 'delay'
    when new.kind in ('confirmed', 'aware-moved', 'dismissal-proposed', 'clearance-proposed', 'reopened') then 'reasons'
    when new.kind = 'assessed' and new.facts ->> 'risk' <> new.facts ->> 'found' then 'reasons' end;
  if wanted is not null and not exists (select from privacy_breach_text t where t.breach_id = new.breach_id
      and t.seq = new.seq and t.field = wanted) then
    raise exception 'breach: % comes with its reasons', new.kind using errcode = 'CS003';
  end if;
  if new.kind = 'persons-listed' and (select count(*) from privacy_breach_person p where p.breach_id = new.breach_id
      and p.seq = new.seq) is distinct from (new.facts ->> 'count')::bigint then
    raise exception 'a list has as many persons as it says' using errcode = 'CS003';
  end if;
  return null;
end $$;

create constraint trigger signed_dismissal after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind = 'dismissal-approved') execute function check_privacy_breach_signed();

alter table privacy_request_event enable always trigger by_worker;
alter table privacy_request_event enable always trigger guarded_same;
alter table privacy_breach_event enable always trigger by_worker;
alter table privacy_hold_event enable always trigger by_worker;
alter table privacy_breach_event enable always trigger signed_dismissal;

revoke all on function only_worker_as_system(), privacy_request_is_same(uuid, uuid), guard_privacy_request_same()
  from public;
grant execute on function privacy_request_is_same(uuid, uuid) to countersign_web;
