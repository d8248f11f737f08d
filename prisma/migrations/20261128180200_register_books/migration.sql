-- What the client registers say about the books is what the books say: shares are those of the closed position,
-- each in its proportion, and what counts as handed out or paid is a journal that two people stand behind.

-- ---------------------------------------------------------------- shares are those of the books

-- Who held an asset at the first close at or after an instant: the same rows as `holdersAt` in
-- lib/clients/shares/share-statement.ts, with the journal up to which the books were read.
create function holders_at(p_asset text, p_instant timestamptz, p_client text)
returns table (account_id text, client_id text, weight numeric, last_journal bigint)
language sql stable set search_path = public, pg_temp as $$
  select a.id, a.client_id, -l.balance, c.last_journal
    from (select k.last_journal from ledger_close k where k.closed_at >= p_instant order by k.closed_at limit 1) c
    cross join account a
    cross join lateral (select p.balance from posting p
      where p.account_id = a.id and p.journal_id <= c.last_journal
      order by p.journal_id desc, p.line desc limit 1) l
    where a.kind in ('client', 'suspense') and a.asset = p_asset and l.balance < 0
      and (p_client is null or a.client_id = p_client) $$;

-- Everybody who held something is there with exactly that, nobody else is, and the custodian gets what agreements
-- on record give it. The amounts are held to the ratio by `check_entitlements`.
create function check_entitlements_held() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  facts jsonb;
  event timestamptz;
begin
  select c.facts into facts from register_case c where c.id = new.case_id;
  event := (facts ->> 'at')::timestamptz;
  if exists (
    with gives as materialized (
      select g.client_id from (select distinct r.client_id from register_case r
          where r.register = 'agreement' and r.facts ->> 'rights' = 'custodian') g
        where custodian_agreement_at(g.client_id, event, new.at) is not null)
    select from holders_at(facts ->> 'asset', event, null) h
      full join (select e.account_id, e.position, e.goes_to from rights_entitlement e where e.case_id = new.case_id) e
        on e.account_id = h.account_id
      where e.position is distinct from h.weight
        or (e.goes_to = 'custodian') is distinct from coalesce(h.client_id in (select client_id from gives), false)
        or h.last_journal::text is distinct from new.facts ->> 'lastJournal') then
    raise exception 'shares of an event are of those who held the asset, by the books' using errcode = 'CS003';
  end if;
  return null;
end $$;
create trigger shared_by_books after insert on register_step
  for each row when (new.step = 'computed') execute function check_entitlements_held();
alter table register_step enable always trigger shared_by_books;

create function check_loss_shares_held() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  lost numeric;
  held numeric;
begin
  select * into about from register_case c where c.id = new.case_id;
  lost := (about.facts ->> 'units')::numeric;
  select sum(s.position) into held from loss_share s where s.case_id = new.case_id;
  if held is null or not coalesce(lost between 1 and held, false)
    -- A sum with what is no number caps nothing.
    or exists (select from loss_share s where s.case_id = new.case_id and s.value_cents = 'NaN') or exists (
    select from holders_at(about.facts ->> 'asset', (about.facts ->> 'occurredAt')::timestamptz, about.client_id) h
      full join (select s.account_id, s.position, s.units from loss_share s where s.case_id = new.case_id) s
        on s.account_id = h.account_id
      where s.position is distinct from h.weight or abs(s.units * held - s.position * lost) >= held
        or h.last_journal::text is distinct from new.facts ->> 'lastJournal') then
    raise exception 'shares of a loss are of those who held the asset, by the books' using errcode = 'CS003';
  end if;
  return null;
end $$;
create trigger shared_by_books_lost after insert on register_step
  for each row when (new.step = 'shared') execute function check_loss_shares_held();
alter table register_step enable always trigger shared_by_books_lost;

-- As before, for both kinds of shares, and once for a statement: thousands of shares come in one.
create function guard_shares() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  shared uuid;
begin
  for shared in select distinct a.case_id from added a order by 1 loop
    perform lock_register_case(shared);
    if exists (select from register_step s where s.case_id = shared and s.step = tg_argv[1])
      or not exists (select from register_case c where c.id = shared and c.register = tg_argv[0]) then
      raise exception 'the shares of this % are determined', tg_argv[0] using errcode = 'CS002';
    end if;
  end loop;
  return null;
end $$;
drop trigger guarded on rights_entitlement;
drop trigger guarded on loss_share;
create trigger guarded after insert on rights_entitlement referencing new table as added
  for each statement execute function guard_shares('rights-event', 'computed');
create trigger guarded after insert on loss_share referencing new table as added
  for each statement execute function guard_shares('loss', 'shared');
alter table rights_entitlement enable always trigger guarded;
alter table loss_share enable always trigger guarded;
drop function guard_entitlement();
drop function guard_loss_share();

create or replace function guard_loss_liability() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  owed uuid;
begin
  for owed in select distinct a.case_id from added a order by 1 loop
    perform lock_register_case(owed);
    if exists (select from register_step s where s.case_id = owed and s.step = 'accepted')
      or exists (select from added a join loss_share l using (case_id, account_id)
        where a.case_id = owed and a.cents > l.value_cents) then
      raise exception 'the liability of this loss is decided' using errcode = 'CS002';
    end if;
  end loop;
  return null;
end $$;
drop trigger guarded on loss_liability;
create trigger guarded after insert on loss_liability referencing new table as added
  for each statement execute function guard_loss_liability();
alter table loss_liability enable always trigger guarded;

-- As before; and each is owed their part of it, to less than one cent.
create or replace function check_loss_liability() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  liability numeric := (new.facts ->> 'liabilityCents')::numeric;
  worth numeric;
begin
  select sum(s.value_cents) into worth from loss_share s where s.case_id = new.case_id;
  if coalesce((select sum(l.cents) from loss_liability l where l.case_id = new.case_id), 0) is distinct from liability
    or (liability > 0 and exists (select from loss_share s left join loss_liability l using (case_id, account_id)
      where s.case_id = new.case_id and abs(coalesce(l.cents, 0) * worth - s.value_cents * liability) >= worth)) then
    raise exception 'what is paid to each sums to the liability' using errcode = 'CS003';
  end if;
  return null;
end $$;

-- What is shared out comes before the step that says so and nothing comes after it, so the sums are looked at with
-- the step and not at the end of the transaction, which has enough to do.
drop trigger shared_whole on register_step;
drop trigger shared_loss on register_step;
drop trigger liable_whole on register_step;
create trigger shared_whole after insert on register_step
  for each row when (new.step = 'computed') execute function check_entitlements();
create trigger shared_loss after insert on register_step
  for each row when (new.step = 'shared') execute function check_loss_shares();
create trigger liable_whole after insert on register_step
  for each row when (new.step = 'accepted') execute function check_loss_liability();
alter table register_step enable always trigger shared_whole;
alter table register_step enable always trigger shared_loss;
alter table register_step enable always trigger liable_whole;

-- ---------------------------------------------------------------- what was handed out

-- Whether a journal hands something out for a case: two people stand behind it (the books take a correction from
-- nobody else, and take nothing else that people book), it was booked after what is due was decided, what it gives
-- comes from the custodian's own accounts, a vault or suspense and from no client and no bank, no correction took it
-- back, and it pays for no other case.
create function journal_hands_out(p_journal bigint, p_case uuid, p_since timestamptz) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from journal j where j.id = p_journal and j.kind = 'correction' and j.posted_at >= p_since)
    and not exists (select from journal c where c.corrects = p_journal)
    and not exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = p_journal and p.amount > 0
        and a.kind not in ('own-asset', 'own-income', 'own-expense', 'own-equity', 'vault', 'suspense'))
    and not exists (select from register_outcome o where o.journal_id = p_journal and o.case_id <> p_case) $$;

-- As before; a line counts only in a journal that hands out. Two cases that name one journal wait for each other.
create or replace function guard_register_outcome() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  standing register_step%rowtype;
  is_right boolean := false;
begin
  perform lock_register_case(new.case_id);
  if new.journal_id is not null then
    perform pg_advisory_xact_lock(hashtextextended('outcome by journal ' || new.journal_id, 0));
  end if;
  select * into about from register_case c where c.id = new.case_id;
  select * into standing from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if about.register = 'rights-event' and standing.step = 'approved' then
    select case new.what
        when 'handed-out' then e.goes_to = 'client' and journal_hands_out(new.journal_id, new.case_id, standing.at)
          and exists (select from posting p
            where p.journal_id = new.journal_id and p.line = new.line and p.amount = -e.amount
              and p.account_id = same_owner_in(e.account_id, about.facts ->> 'brings'))
        when 'declined' then e.goes_to = 'custodian' and new.agreement_id = custodian_agreement_at(
          (select a.client_id from account a where a.id = e.account_id), (about.facts ->> 'at')::timestamptz,
          (select s.at from register_step s where s.case_id = new.case_id and s.step = 'computed'))
      end into is_right from rights_entitlement e
      where e.case_id = new.case_id and e.account_id = new.account_id and e.amount > 0;
  elsif about.register = 'loss' and standing.step = 'accepted' and new.what = 'paid' then
    select journal_hands_out(new.journal_id, new.case_id, standing.at) and exists (select from posting p
        where p.journal_id = new.journal_id and p.line = new.line
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

-- ---------------------------------------------------------------- of now, and not without end

-- As before, and recorded now.
create or replace function guard_custody_policy() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.recorded_at)
    or new.version <> (select coalesce(max(p.version), 0) + 1 from custody_policy p) then
    raise exception 'versions of the custody policy follow one another' using errcode = 'CS002';
  end if;
  return new;
end $$;
alter table custody_policy enable always trigger guarded;

-- As before, recorded now, and no more than the check of segregation can look at: whoever fills the register would
-- silence it.
create or replace function guard_address_class() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_vault boolean := exists (select from vault v where v.chain = new.chain and v.address = new.address);
begin
  perform pg_advisory_xact_lock(hashtextextended('address classes', 0));
  if (select count(*) from address_class) >= 10000 then
    raise exception 'the register of addresses is full' using errcode = 'CS002';
  end if;
  if not is_about_now(new.recorded_at) or (new.owner_class <> 'client-omnibus' and is_vault)
    or (new.owner_class <> 'own' and not is_vault and (
      exists (select from nonce_account n where n.address = new.address)
      or exists (select from own_cursor o where o.chain = new.chain and o.address = new.address))) then
    raise exception 'address %: it has another owner class', new.address using errcode = 'CS002';
  end if;
  return new;
end $$;

-- As before, and no more texts of an entry than are read and signed with it.
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
    if (select count(*) from register_text t where t.case_id = new.case_id) >= 2000 then
      raise exception 'an entry has no more texts than this' using errcode = 'CS002';
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

-- ---------------------------------------------------------------- who may

revoke all on function holders_at(text, timestamptz, text), check_entitlements_held(), check_loss_shares_held(), guard_shares(),
  journal_hands_out(bigint, uuid, timestamptz) from public;
-- The guards run as whoever writes.
grant execute on function holders_at(text, timestamptz, text), journal_hands_out(bigint, uuid, timestamptz)
  to countersign_web;
