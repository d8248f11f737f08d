-- When we were aware, and who was told. A processor's notice makes us aware, the clock counts from the earliest that is on
-- record, and what is only suspected is looked into from when we heard of it. A breach of high risk is closed once everybody
-- who is on record was told, or once two people agreed to an exception of Art 34(3).

alter table privacy_breach_standing add column suspected_at timestamptz(3);
update privacy_breach_standing s set
  suspected_at = coalesce(
    (select max(e.at) from privacy_breach_event e where e.breach_id = s.breach_id and e.kind = 'reopened'
      and s.aware_at is null),
    (select (e.facts #>> '{processor,toldAt}')::timestamptz from privacy_breach_event e
      where e.breach_id = s.breach_id and e.seq = 1),
    s.noticed_at),
  -- What one person alone decided on an open one waits for a second.
  telling = case when s.exception is null or s.closed_at is not null then s.telling end,
  exception = case when s.closed_at is not null then s.exception end;
alter table privacy_breach_standing alter column suspected_at set not null;

-- ---------------------------------------------------------------- who was told

-- CreateTable
CREATE TABLE "privacy_breach_told" (
    "breach_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "privacy_breach_told_pkey" PRIMARY KEY ("breach_id","person_id")
);

-- AddForeignKey
ALTER TABLE "privacy_breach_told" ADD CONSTRAINT "privacy_breach_told_breach_id_person_id_fkey" FOREIGN KEY ("breach_id", "person_id") REFERENCES "privacy_breach_person"("breach_id", "person_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_told" ADD CONSTRAINT "privacy_breach_told_breach_id_seq_fkey" FOREIGN KEY ("breach_id", "seq") REFERENCES "privacy_breach_event"("breach_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- When the last of those who are on record was told: everybody on the list, and as many as there are at least by what is
-- known of it. Null while somebody waits.
create function privacy_breach_told_at(p_breach uuid) returns timestamptz
language sql stable set search_path = public, pg_temp as $$
  select case when told.listed >= (select coalesce(sum((e.facts ->> 'count')::int), 0) from privacy_breach_event e
        where e.breach_id = p_breach and e.kind = 'persons-listed')
      and told.persons >= greatest(1, (select (e.facts #>> '{persons,least}')::bigint from privacy_breach_event e
        where e.breach_id = p_breach and e.kind = 'described' order by e.seq desc limit 1))
      then told.last end
    from (select coalesce(sum((e.facts ->> 'listed')::int), 0) as listed,
        coalesce(sum((e.facts ->> 'count')::bigint), 0) as persons, max((e.facts ->> 'sentAt')::timestamptz) as last
      from privacy_breach_event e where e.breach_id = p_breach and e.kind = 'persons-told'
        and e.facts ->> 'channel' <> 'public') told $$;

update privacy_breach_standing s set told_at = privacy_breach_told_at(s.breach_id) where s.closed_at is null;

-- Whoever was told stands by name of the list, and is counted once.
create function check_privacy_breach_told() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  listed bigint := coalesce((new.facts ->> 'listed')::bigint, 0);
begin
  if listed is distinct from (select count(*) from privacy_breach_told t where t.breach_id = new.breach_id
      and t.seq = new.seq) or listed > coalesce((new.facts ->> 'count')::bigint, 0) then
    raise exception 'as many were told as it says' using errcode = 'CS003';
  end if;
  return null;
end $$;

create constraint trigger told after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind = 'persons-told') execute function check_privacy_breach_told();
create constraint trigger signed_agreement after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind = 'persons-agreed') execute function check_privacy_breach_signed();
create trigger guarded before insert on privacy_breach_told
  for each row execute function guard_privacy_breach_part();
create trigger append_only before update or delete or truncate on privacy_breach_told
  for each statement execute function refuse_change();
alter table privacy_breach_event enable always trigger told;
alter table privacy_breach_event enable always trigger signed_agreement;
alter table privacy_breach_told enable always trigger guarded;
alter table privacy_breach_told enable always trigger append_only;

-- ---------------------------------------------------------------- what may follow what

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
    when kind in ('clearance-proposed', 'clearance-returned', 'clearance-approved', 'persons-decided', 'persons-agreed',
        'persons-told') then state in ('assessed', 'contained')
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

create or replace function draw_privacy_breach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'opened' then
    insert into privacy_breach_standing (breach_id, number, source, processor, noticed_at, suspected_at, seq, state, phases,
        complete, persons)
      select b.id, b.number, new.facts ->> 'source', new.facts #>> '{processor,number}',
          (new.facts ->> 'noticedAt')::timestamptz,
          coalesce(new.facts #>> '{processor,toldAt}', new.facts ->> 'noticedAt')::timestamptz,
          new.seq, 'suspected', 0, false, 0
        from privacy_breach b where b.id = new.breach_id;
    return null;
  end if;
  update privacy_breach_standing s set
    seq = new.seq,
    -- Whatever is said later, the clock counts from the earliest that is on record; no time that is not there counts.
    noticed_at = least(s.noticed_at, case new.kind when 'aware-moved' then (new.facts ->> 'noticedAt')::timestamptz end),
    aware_at = least(s.aware_at, case when new.kind in ('confirmed', 'aware-moved')
      then (new.facts ->> 'awareAt')::timestamptz end),
    due_at = least(s.due_at, case when new.kind in ('confirmed', 'aware-moved')
      then (new.facts ->> 'awareAt')::timestamptz + interval '72 hours' end),
    -- What was found to be none and comes back is looked into anew.
    suspected_at = case when new.kind = 'reopened' and s.aware_at is null then new.at else s.suspected_at end,
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
    -- An exception stands once a second person agreed to it.
    telling = case when new.kind = 'persons-decided' and new.facts ->> 'exception' is null
        then (new.facts ->> 'isTold')::boolean
      when new.kind in ('persons-decided', 'assessed') then null when new.kind = 'persons-agreed' then false
      else s.telling end,
    exception = case when new.kind in ('persons-decided', 'assessed') then null
      when new.kind = 'persons-agreed' then (select e.facts ->> 'exception' from privacy_breach_event e
        where e.breach_id = new.breach_id and e.seq = (new.facts ->> 'of')::int)
      else s.exception end,
    told_at = case when new.kind in ('persons-told', 'persons-listed', 'described')
      then privacy_breach_told_at(new.breach_id) else s.told_at end,
    published_at = case when new.kind = 'persons-told' and new.facts ->> 'channel' = 'public'
      then least(s.published_at, (new.facts ->> 'sentAt')::timestamptz) else s.published_at end,
    persons = s.persons + case new.kind when 'persons-listed' then (new.facts ->> 'count')::int else 0 end,
    closed_at = case when new.kind in ('closed', 'dismissal-approved') then new.at when new.kind = 'reopened' then null
      else s.closed_at end
    where s.breach_id = new.breach_id;
  return null;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_breach_told from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function privacy_breach_told_at(uuid), check_privacy_breach_told() from public;
grant select, insert on privacy_breach_told to countersign_web;
grant select on privacy_breach_told to countersign_worker;
