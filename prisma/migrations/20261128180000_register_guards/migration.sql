-- The client registers against a program that writes into them with the rights of the web server: guards wait
-- for whoever is at work on the same entry, times are those of the database's clock, a return is carried out by
-- what was raised for it, shares are dropped by two people, and what the custodian keeps rests on the agreement
-- that was in force. The daily check of segregation is the worker's alone.

-- ---------------------------------------------------------------- one after the other

-- The lock that lib/clients/register/take-step.ts takes. A guard has to see what was committed while it waited,
-- which it does at read committed and at no other level.
create function lock_register_case(case_id uuid) returns void
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the registers are written at read committed' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('register case ' || case_id, 0));
end $$;

-- Ten minutes are for clocks that differ and transactions that take long.
create function is_about_now(at timestamptz) returns boolean language sql volatile as $$
  select coalesce(at between clock_timestamp() - interval '10 minutes' and clock_timestamp() + interval '10 minutes',
    false) $$;

-- ---------------------------------------------------------------- entries

-- An entry is opened now. Agreements of a client count up, so that one of them is the newest.
create function guard_register_case() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.opened_at) then
    raise exception 'entry %: it is opened now', new.number using errcode = 'CS002';
  end if;
  if new.register <> 'agreement' then return new; end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the registers are written at read committed' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('agreement of ' || new.client_id, 0));
  if not coalesce(
      new.facts ->> 'version' = (select (count(*) + 1)::text from register_case c
        where c.register = 'agreement' and c.client_id = new.client_id)
      and new.facts ->> 'rights' in ('client', 'custodian')
      and (new.facts ->> 'signedOn')::date <= (new.facts ->> 'inForceFrom')::date
      and (new.facts ->> 'signedOn')::date <= (clock_timestamp() at time zone 'UTC')::date, false) then
    raise exception 'agreement %: versions follow one another, and it is in force after it was signed', new.number
      using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on register_case for each row execute function guard_register_case();
alter table register_case enable always trigger guarded;

-- The agreement of a client that gives the custodian what an event brings: the newest in force at the event,
-- signed on a day before it, among those that were on record at `known`. The same as custodianClientsAt in
-- lib/clients/rights/custodian-clients.ts.
create function custodian_agreement_at(client text, event timestamptz, known timestamptz) returns uuid
language sql stable set search_path = public, pg_temp as $$
  select case when g.facts ->> 'rights' = 'custodian'
      and (g.facts ->> 'signedOn')::date < (event at time zone 'UTC')::date then g.id end
    from register_case g
    where g.register = 'agreement' and g.client_id = client and g.opened_at <= known
      and ((g.facts ->> 'inForceFrom')::timestamp at time zone 'UTC') <= event
      and not exists (select from register_step s where s.case_id = g.id and s.step = 'ended' and s.at <= event)
    order by (g.facts ->> 'version')::int desc limit 1 $$;

-- ---------------------------------------------------------------- steps

-- As before; a withdrawal that was raised before the client asked does not return what the client asked for.
create or replace function guard_return_step(about register_case, step text, facts jsonb) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  under_way int;
  confirmed numeric;
  left_over numeric;
begin
  if step = 'linked' and not exists (select from operation o
      where o.id::text = facts ->> 'operation' and o.kind = 'withdrawal' and o.client_id = about.client_id
        and o.asset = about.facts ->> 'asset'
        and o.raised_at >= (about.facts ->> 'requestedAt')::timestamptz) then
    raise exception 'case %: another operation', about.number using errcode = 'CS002';
  end if;
  if step <> 'returned' then return; end if;
  select count(*) filter (where o.state not in ('confirmed', 'done', 'rejected', 'cancelled', 'expired', 'failed')),
      coalesce(sum(o.amount) filter (where o.state = 'confirmed'), 0)
    into under_way, confirmed
    from register_step s join operation o on o.id::text = s.facts ->> 'operation'
    where s.case_id = about.id and s.step = 'linked';
  select coalesce(sum(a.credits - a.debits), 0) into left_over from account a
    where a.kind = 'client' and a.client_id = about.client_id and a.asset = about.facts ->> 'asset';
  if under_way > 0 or confirmed = 0
    or (about.facts ->> 'units' is not null and confirmed < (about.facts ->> 'units')::numeric)
    or (about.facts ->> 'units' is null and left_over <> 0) then
    raise exception 'case %: not everything is returned', about.number using errcode = 'CS002';
  end if;
end $$;

-- As before; a step is taken now and after the one before, and shares that one person computed are dropped by another.
create or replace function guard_register_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  before register_step%rowtype;
begin
  perform lock_register_case(new.case_id);
  select * into about from register_case c where c.id = new.case_id;
  select * into before from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1 then
    raise exception 'case %: steps follow one another', about.number using errcode = 'CS002';
  end if;
  if not is_about_now(new.at) then
    raise exception 'case %: a step is taken now', about.number using errcode = 'CS002';
  end if;
  if not register_step_may_follow(about.register, coalesce(before.step, 'opened'), new.step) then
    raise exception 'case %: % is no next step', about.number, new.step using errcode = 'CS002';
  end if;
  -- Two people, whatever a program does.
  if (about.register = 'complaint' and new.step = 'decided' and new.actor = about.opened_by)
    or (about.register = 'rights-event' and new.step = 'approved' and new.actor in (about.opened_by, before.actor))
    or (about.register = 'rights-event' and new.step = 'dropped' and new.actor = before.actor)
    or (about.register = 'loss' and new.step in ('accepted', 'declined') and new.actor = before.actor) then
    raise exception 'case %: % is for another person', about.number, new.step using errcode = 'CS002';
  end if;
  if about.register = 'return' then
    perform guard_return_step(about, new.step, new.facts);
  end if;
  -- What is accepted is what was proposed, and never more than the value at the time.
  if about.register = 'loss' and new.step = 'accepted' and new.facts is distinct from before.facts then
    raise exception 'case %: accepts what was proposed', about.number using errcode = 'CS002';
  end if;
  if about.register = 'loss' and new.step = 'proposed' and not coalesce(
      (new.facts ->> 'liabilityCents')::numeric between 0
        and (select sum(l.value_cents) from loss_share l where l.case_id = about.id)
      and new.facts ->> 'verdict' in ('attributable', 'outside-control')
      and (new.facts ->> 'verdict' = 'attributable' or (new.facts ->> 'liabilityCents')::numeric = 0), false) then
    raise exception 'case %: liability is capped by the value at the time', about.number using errcode = 'CS002';
  end if;
  if (new.step = 'completed' and exists (select from rights_entitlement e where e.case_id = new.case_id and e.amount > 0
        and not exists (select from register_outcome o where o.case_id = e.case_id and o.account_id = e.account_id)))
    or (new.step = 'settled' and exists (select from loss_liability l where l.case_id = new.case_id and l.cents > 0
        and not exists (select from register_outcome o where o.case_id = l.case_id and o.account_id = l.account_id))) then
    raise exception 'case %: something is still to be handed out', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

-- As before; no text slips in between the reading of an entry and the decision about it.
create or replace function guard_register_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform lock_register_case(new.case_id);
    if new.erased_at is not null or not is_about_now(new.written_at)
      or new.version <> (select coalesce(max(t.version), 0) + 1 from register_text t
        where t.case_id = new.case_id and t.seq = new.seq and t.kind = new.kind) then
      raise exception 'a text starts whole, and versions follow one another' using errcode = 'CS002';
    end if;
    if new.seq > 0 and not exists (select from register_step s where s.case_id = new.case_id and s.seq = new.seq) then
      raise exception 'a text belongs to a step' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.case_id, new.seq, new.kind, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.case_id, old.seq, old.kind, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a text is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- shares

-- As before; each waits for who is at work on the entry, and sees what that one did.
create or replace function guard_entitlement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform lock_register_case(new.case_id);
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'computed')
    or not exists (select from register_case c where c.id = new.case_id and c.register = 'rights-event') then
    raise exception 'the shares of this event are determined' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_loss_share() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform lock_register_case(new.case_id);
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'shared')
    or not exists (select from register_case c where c.id = new.case_id and c.register = 'loss') then
    raise exception 'the shares of this loss are determined' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_loss_liability() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform lock_register_case(new.case_id);
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'accepted')
    or new.cents > (select l.value_cents from loss_share l
      where l.case_id = new.case_id and l.account_id = new.account_id) then
    raise exception 'the liability of this loss is decided' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- what was handed out

-- As before; the reason to keep something is the agreement of that client which was in force at the event and on
-- record when the shares were computed, and no other.
create or replace function guard_register_outcome() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  standing text;
  is_right boolean := false;
begin
  perform lock_register_case(new.case_id);
  select * into about from register_case c where c.id = new.case_id;
  select s.step into standing from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if about.register = 'rights-event' and standing = 'approved' then
    select case new.what
        when 'handed-out' then e.goes_to = 'client' and exists (select from posting p
          where p.journal_id = new.journal_id and p.line = new.line and p.amount = -e.amount
            and p.account_id = same_owner_in(e.account_id, about.facts ->> 'brings'))
        when 'declined' then e.goes_to = 'custodian' and new.agreement_id = custodian_agreement_at(
          (select a.client_id from account a where a.id = e.account_id), (about.facts ->> 'at')::timestamptz,
          (select s.at from register_step s where s.case_id = new.case_id and s.step = 'computed'))
      end into is_right from rights_entitlement e
      where e.case_id = new.case_id and e.account_id = new.account_id and e.amount > 0;
  elsif about.register = 'loss' and standing = 'accepted' and new.what = 'paid' then
    select exists (select from posting p where p.journal_id = new.journal_id and p.line = new.line
        and ((p.account_id = same_owner_in(l.account_id, 'EUR') and p.amount = -l.cents)
          or (p.account_id = l.account_id and p.amount = -s.units)))
      into is_right from loss_liability l join loss_share s using (case_id, account_id)
      where l.case_id = new.case_id and l.account_id = new.account_id and l.cents > 0;
  end if;
  if not coalesce(is_right and is_about_now(new.at), false) then
    raise exception 'case %: this does not hand out what is due', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- segregation

-- Who may write here says so: the web server never in the name of the worker, whose check would then be left out.
create function guard_segregation_check() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.started_by = 'schedule') <> (current_user = 'countersign_worker')
    or (new.started_by <> 'schedule' and not exists (select from operator o where o.id = new.started_by)) then
    raise exception 'the daily check is the worker''s, and any other is of a person' using errcode = 'CS002';
  end if;
  if not is_about_now(new.checked_at) then
    raise exception 'a check is of now' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on segregation_check for each row execute function guard_segregation_check();
alter table segregation_check enable always trigger guarded;

-- ---------------------------------------------------------------- who may

revoke all on function lock_register_case(uuid), is_about_now(timestamptz), guard_register_case(),
  custodian_agreement_at(text, timestamptz, timestamptz), guard_segregation_check() from public;
-- The guards run as whoever writes.
grant execute on function lock_register_case(uuid), custodian_agreement_at(text, timestamptz, timestamptz)
  to countersign_web;
grant execute on function is_about_now(timestamptz) to countersign_web, countersign_worker;
