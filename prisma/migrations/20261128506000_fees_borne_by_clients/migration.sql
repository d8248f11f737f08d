-- Holds of an operation whose network fee a client bears: one for each account that it may take from, each with the part
-- of it that only bounds a fee. What of that part the network did not take is free again when the journal stands.

-- The part of the amount that bounds a network fee: of it a journal takes what the network took. The rest is exact.
alter table hold add column fee numeric(78,0) not null default 0;
alter table hold add constraint hold_fee_within check (fee >= 0 and fee <= amount);

-- One for each account of an operation; it was one for each operation.
drop index hold_operation_id_key;
create unique index hold_operation_id_account_id_key on hold (operation_id, account_id);

-- ---------------------------------------------------------------- placing one

drop function ledger_hold(uuid, uuid, text, numeric);
drop function ledger_hold_repeats(hold, uuid, text, numeric);
create function ledger_hold_repeats(p_found hold, p_operation uuid, p_account text, p_amount numeric, p_fee numeric)
returns text language sql immutable as $$
  select case
    when p_found.operation_id <> p_operation then 'exists_with_different_operation'
    when p_found.account_id <> p_account then 'exists_with_different_account'
    when p_found.amount <> p_amount then 'exists_with_different_amount'
    when p_found.fee <> p_fee then 'exists_with_different_fee'
    else 'exists'
  end
$$;

-- Sets an amount of a client's balance aside for an operation, p_fee of it as the bound of a network fee. The operation
-- may follow in the same transaction; that both agree is checked at commit.
-- 'held' | 'exists' | 'exists_with_different_<field>' | 'operation_has_hold' | 'no_account' | 'insufficient'
create function ledger_hold(p_hold uuid, p_operation uuid, p_account text, p_amount numeric, p_fee numeric default 0)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  acc account%rowtype;
  earlier hold%rowtype;
begin
  if p_hold is null or p_operation is null or p_amount is null or p_amount <= 0 or p_amount <> trunc(p_amount)
    or p_fee is null or p_fee < 0 or p_fee > p_amount or p_fee <> trunc(p_fee) then
    raise exception 'ledger_hold: not a hold' using errcode = '22023';
  end if;
  select * into acc from account where id = p_account for no key update;
  -- Read only now: a call that came first may have placed it while this one waited for the lock.
  select * into earlier from hold where id = p_hold;
  if found then return ledger_hold_repeats(earlier, p_operation, p_account, p_amount, p_fee); end if;
  if exists (select from hold where operation_id = p_operation and account_id = p_account) then
    return 'operation_has_hold';
  end if;
  -- No row means that nothing was ever credited: there is nothing to lock and nothing to spend.
  if acc.id is null then return 'no_account'; end if;
  if acc.kind <> 'client' or acc.credits - acc.debits - acc.held < p_amount then return 'insufficient'; end if;
  insert into hold (id, operation_id, account_id, amount, fee) values (p_hold, p_operation, p_account, p_amount, p_fee);
  update account set held = held + p_amount, version = version + 1 where id = p_account;
  return 'held';
end $$;

-- ---------------------------------------------------------------- holds and their operation

-- Whether an operation's holds are exactly what its intent asks for: a withdrawal's amount, and the highest fee where
-- the client bears it, in the same hold or in one of the fee's asset; of a transfer between vaults the highest fee
-- alone, where the owner of the account that moves bears it. All on accounts of the client whom the intent names.
create function operation_holds_agree(p_operation uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  with said as (
    select o.kind, o.asset, case o.kind when 'withdrawal' then o.amount else 0 end as exact,
        case when coalesce(d ->> 'feeBearer', 'custodian') = 'custodian' then 0 else (d ->> 'highestFee')::numeric end as fee,
        case o.kind when 'withdrawal' then o.client_id else d ->> 'owner' end as client,
        coalesce(d ->> 'feeBearer', 'custodian') as bearer
      from operation o, lateral (select o.intent::jsonb as d) intent where o.id = p_operation
  ), holding as (
    select coalesce(sum(h.amount - h.fee), 0) as exact, coalesce(sum(h.fee), 0) as fee, count(*) as holds,
        count(*) filter (where h.fee > 0) as bounds,
        count(*) filter (where split_part(h.account_id, '/', 1) = 'client' and split_part(h.account_id, '/', 2) = s.client) as own,
        coalesce(sum(h.amount - h.fee) filter (where h.account_id = 'client/' || s.client || '/' || s.asset), 0) as here
      from said s left join hold h on h.operation_id = p_operation
      where h.id is not null
  )
  select coalesce((select h.exact = s.exact and h.here = s.exact and h.fee = s.fee and h.own = h.holds
      and h.bounds <= 1 and (s.bearer = 'custodian' or s.bearer = s.client)
    from said s, holding h where s.kind in ('withdrawal', 'vault-transfer')), false)
$$;

-- At commit an operation that moves coins and its holds agree: open while it is open, posted by its own journal when
-- confirmed, released at every other end. Where the chain ran its transaction and refused the transfer, they may end in
-- the journal of the fee that the network took all the same.
create or replace function check_operation_hold() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  now_state text;
  outcomes text[];
begin
  if not operation_holds_agree(new.id) then
    raise exception 'operation %: a withdrawal needs a hold, and holds are what the intent asks for', new.number
      using errcode = 'CS004';
  end if;
  select o.state into strict now_state from operation o where o.id = new.id;
  select array_agg(distinct coalesce(r.outcome || coalesce(':' || j.kind, ''), 'open')) into outcomes
    from hold h left join hold_resolution r on r.hold_id = h.id left join journal j on j.id = r.journal_id
    where h.operation_id = new.id;
  if (case
      when outcomes is null then false
      when cardinality(outcomes) > 1 then true
      when now_state = 'confirmed' then outcomes[1] <> 'posted:' || new.kind
      when now_state = 'failed' then outcomes[1] not in ('voided', 'expired', 'posted:network-fee')
      when now_state in ('rejected', 'cancelled', 'expired') then outcomes[1] not in ('voided', 'expired')
      else outcomes[1] <> 'open'
    end) then
    raise exception 'operation %: % but its holds are %', new.number, now_state, array_to_string(outcomes, ', ')
      using errcode = 'CS004';
  end if;
  return null;
end $$;
drop trigger agrees_with_hold on operation;
create constraint trigger agrees_with_hold after insert or update on operation
  deferrable initially deferred for each row
  when (new.kind in ('withdrawal', 'vault-transfer')) execute function check_operation_hold();

create or replace function check_hold_operation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not operation_holds_agree(new.operation_id) or not exists (
      select from operation o left join hold_resolution r on r.hold_id = new.id
      where o.id = new.operation_id
        and (r.hold_id is not null
          or o.state not in ('confirmed', 'rejected', 'cancelled', 'expired', 'failed'))) then
    raise exception 'hold %: its operation does not ask for it', new.id using errcode = 'CS004';
  end if;
  return null;
end $$;

-- ---------------------------------------------------------------- posting

-- As before; and a transfer may take its network fee from the client whom the intent names, in whose account it moves:
-- from nobody else, and no more than people stated.
create or replace function check_vault_transfer() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  said jsonb;
begin
  select o.intent::jsonb into said from operation o where o.id = new.operation_id and o.kind = 'vault-transfer';
  if said is null
    or exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = new.id and (a.kind not in ('vault', 'own-asset', 'own-expense', 'client')
        or a.kind = 'client' and (p.amount < 0 or a.client_id is distinct from said ->> 'feeBearer')))
    or coalesce((select sum(p.amount) from posting p join account a on a.id = p.account_id
      where p.journal_id = new.id and a.kind = 'client'), 0) > (said ->> 'highestFee')::numeric
    -- What vaults give and get, a client's fee apart, is one amount of one asset, from the one that people named to the
    -- other. The fee leaves the vault that sends.
    or (select array_agg((vault, asset, units) order by units) from (
        select coalesce(a.vault_id, said ->> 'vault') as vault, p.asset, sum(p.amount) as units from posting p
          join account a on a.id = p.account_id where p.journal_id = new.id and a.kind in ('vault', 'client')
          group by 1, 2 having sum(p.amount) <> 0) moved)
      is distinct from array[
        (said ->> 'vault', said ->> 'asset', -(said ->> 'amount')::numeric),
        (said -> 'destination' ->> 'vault', said ->> 'asset', (said ->> 'amount')::numeric)]
  then
    raise exception 'journal %: a transfer moves what its operation says from one vault to the other', new.id
      using errcode = 'CS004';
  end if;
  return null;
end $$;

-- As before; and an operation may have several holds, of which each bounds what is taken from its account: exactly its
-- amount, less what of a fee's bound the network did not take. No client is taken from without a hold of the operation.
-- status: as before
create or replace function ledger_post(p_key text, p_kind text, p_operation uuid, p_uses_hold boolean,
  p_accounts text[], p_amounts numeric[], p_digest text, p_corrects bigint,
  p_subject text, p_at timestamptz, p_leaf bytea, p_leaf_hash bytea, out status text, out journal bigint)
language plpgsql volatile security definer set search_path = public, pg_temp
-- A plan for the very arrays of a call costs more than all the rest and is never better. Whatever it reads it finds
-- by a key.
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  lines int := coalesce(cardinality(p_accounts), 0);
  -- Each account once, and what the journal adds to its totals and takes from what is held there.
  ids text[] := '{}';
  debited numeric[] := '{}';
  credited numeric[] := '{}';
  freed numeric[];
  -- For each line what later lines of the same account add; null where no account has two lines.
  later numeric[];
  asset_names text[] := '{}';
  asset_sums numeric[] := '{}';
  name text;
  moved numeric;
  place int;
  -- Each hold of the operation: its id, the place of its account, and what the journal may take there.
  kept hold%rowtype;
  hold_ids uuid[] := '{}';
  hold_places int[] := '{}';
  leasts numeric[] := '{}';
  mosts numeric[] := '{}';
  -- Accounts of clients that it takes from by their holds, and whether an account has two lines.
  takers text[] := '{}';
  repeated boolean := false;
  ended_as text;
  refusal text;
  there int;
  covered boolean;
  shared text;
  -- Whether it takes from what is owed to somebody, and whether it gives to it.
  takes boolean := false;
  gives boolean := false;
begin
  if lines > 64 or lines <> coalesce(cardinality(p_amounts), 0) or p_uses_hold is null then
    raise exception 'ledger_post: malformed lines' using errcode = '22023';
  end if;
  for i in 1 .. lines loop
    name := p_accounts[i];
    moved := p_amounts[i];
    if name is null or moved is null or moved = 0 or not abs(moved) < 1e78 or scale(moved) <> 0 then
      raise exception 'ledger_post: malformed lines' using errcode = '22023';
    end if;
    if name like 'client/%' then
      if moved < 0 then gives := true;
      -- A transfer, and a transaction that the chain ran and refused, take the network fee alone: the hold bounds it.
      elsif p_kind = 'withdrawal' or p_uses_hold and p_kind in ('vault-transfer', 'network-fee') then
        takes := true;
        takers := takers || name;
      elsif p_kind = 'deposit-reversal' and p_corrects is not null then takes := true;
      elsif p_kind <> 'correction' then
        raise exception 'ledger_post: only a withdrawal or a correction takes from a client' using errcode = 'CS002';
      end if;
    elsif name like 'suspense/%' then
      if moved < 0 then gives := true;
      -- A token that the registry does not know and that has left the vault is owed to nobody in that vault any more.
      elsif p_kind = 'correction' or p_kind in ('bank-entry', 'deposit-reversal') and p_corrects is not null
        or p_kind = 'deposit' and name like 'suspense/%/UNK%' and lines = 2
          and array_position(p_accounts, 'vault/' || substr(name, 10)) is not null then takes := true;
      else
        raise exception 'ledger_post: only a correction, or a bank that takes an entry back, takes from suspense'
          using errcode = 'CS002';
      end if;
    elsif name like 'missing/%' then
      if p_kind <> 'correction' and (moved < 0 or p_kind not in ('bank-entry', 'deposit-reversal')) then
        raise exception 'ledger_post: only a bank''s entry, a reversal or a correction says that money is missing, and only a correction that it is not'
          using errcode = 'CS002';
      end if;
    elsif p_kind = 'bank-entry' and p_corrects is not null and name not like 'bank/%' then
      raise exception 'ledger_post: what a bank takes back goes out of an account at the bank' using errcode = 'CS002';
    end if;
    place := array_position(asset_names, split_part(name, '/', 3));
    if place is null then
      asset_names := asset_names || split_part(name, '/', 3);
      asset_sums := asset_sums || moved;
    else
      asset_sums[place] := asset_sums[place] + moved;
    end if;
    place := array_position(ids, name);
    if place is null then
      ids := ids || name;
      debited := debited || greatest(moved, 0);
      credited := credited || greatest(-moved, 0);
    else
      repeated := true;
      if moved > 0 then debited[place] := debited[place] + moved;
      else credited[place] := credited[place] - moved; end if;
    end if;
  end loop;

  if takes and gives and p_kind <> 'correction' then
    raise exception 'ledger_post: only a correction moves from one who is owed to another' using errcode = 'CS002';
  end if;

  -- An assignment costs less than a query. Journals share this lock; a close of the books has it alone.
  shared := pg_advisory_xact_lock_shared(ledger_closing());
  if lines < 2 then refusal := 'too_few_lines';
  elsif array_remove(asset_sums, 0) <> '{}' then refusal := 'unbalanced';
  elsif p_kind = 'withdrawal' and not p_uses_hold then refusal := 'no_hold';
  end if;
  freed := array_fill(0::numeric, array[cardinality(ids)]);
  if refusal is null and (p_operation is not null or p_corrects is not null or p_uses_hold) then
    if p_operation is not null and not exists (select from operation o where o.id = p_operation) then
      refusal := 'no_operation';
    elsif p_corrects is not null and not exists (select from journal j where j.id = p_corrects) then
      refusal := 'no_journal';
    elsif p_uses_hold then
      for kept in select * from hold h where h.operation_id = p_operation loop
        place := array_position(ids, kept.account_id);
        -- A hold for a fee that was not taken has no line, and ends with the others.
        if place is null then
          ids := ids || kept.account_id;
          debited := debited || 0::numeric;
          credited := credited || 0::numeric;
          place := cardinality(ids);
        end if;
        freed[place] := kept.amount;
        hold_ids := hold_ids || kept.id;
        hold_places := hold_places || place;
        leasts := leasts || case p_kind when 'network-fee' then 0 else kept.amount - kept.fee end;
        mosts := mosts || case p_kind when 'network-fee' then kept.fee else kept.amount end;
      end loop;
      if hold_ids = '{}' then refusal := 'no_hold'; end if;
    end if;
  end if;
  if refusal is null then
    -- By its hold alone, whatever else its client or another one has.
    for i in 1 .. cardinality(takers) loop
      if array_position(hold_places, array_position(ids, takers[i])) is null then refusal := 'no_hold'; end if;
    end loop;
  end if;

  -- One order for everybody; whatever a decision rests on is read after its lock. Accounts that are not
  -- there yet are opened once, and then all of them are looked at again. Only such a first journal can meet
  -- another one crosswise; the server then ends one of them, which its caller tries again.
  if refusal is null then
    for attempt in 1 .. 2 loop
      select count(*), bool_and(a.kind <> 'client' or a.credits - a.debits - a.held
          >= debited[array_position(ids, a.id)] - credited[array_position(ids, a.id)] - freed[array_position(ids, a.id)])
        into there, covered
        from (select o.id, o.kind, o.credits, o.debits, o.held from account o where o.id = any (ids)
          order by o.id collate "C" for no key update) a;
      exit when there = cardinality(ids);
      for name in select n from unnest(ids) n
          where not exists (select from account o where o.id = n) order by n collate "C" loop
        refusal := ledger_open_named(name);
        exit when refusal is not null;
      end loop;
      exit when refusal is not null;
    end loop;
    if refusal is null and there <> cardinality(ids) then
      raise exception 'ledger_post: an account was opened beyond this transaction''s sight' using errcode = '40001';
    end if;
    if refusal is null and not covered then refusal := 'insufficient'; end if;
  end if;
  if hold_ids <> '{}' then
    select outcome into ended_as from hold_resolution r where r.hold_id = any (hold_ids) limit 1;
    if ended_as is not null then
      refusal := case ended_as when 'posted' then 'already_posted' else 'already_voided' end;
    else
      for i in 1 .. cardinality(hold_ids) loop
        place := hold_places[i];
        if debited[place] - credited[place] not between leasts[i] and mosts[i] then
          refusal := 'amount_differs_from_hold';
        end if;
      end loop;
    end if;
  end if;

  -- Written after the locks, so that an account's journals have rising numbers.
  if refusal is null then
    insert into journal (idempotency_key, kind, operation_id, content_digest, corrects)
      values (p_key, p_kind, p_operation, p_digest, p_corrects)
      on conflict (idempotency_key) do nothing returning id into journal;
  end if;
  if journal is null then
    select e.status, e.journal into status, journal from ledger_earlier_journal(
      p_key, p_kind, p_operation, p_uses_hold, p_accounts, p_amounts, p_digest, p_corrects) e;
    status := coalesce(status, refusal);
    return;
  end if;

  if repeated then
    for line in 1 .. lines loop
      later[line] := 0;
      for other in line + 1 .. lines loop
        if p_accounts[other] = p_accounts[line] then later[line] := later[line] + p_amounts[other]; end if;
      end loop;
    end loop;
  end if;
  with totals as (
    update account a set debits = a.debits + debited[array_position(ids, a.id)],
        credits = a.credits + credited[array_position(ids, a.id)],
        held = a.held - freed[array_position(ids, a.id)], version = a.version + 1
      where a.id = any (ids) returning a.id, a.asset, a.debits - a.credits as balance
  )
  insert into posting (journal_id, line, account_id, asset, amount, balance)
    select journal, l.nr, l.account, t.asset, l.amount, t.balance - coalesce(later[l.nr], 0)
      from unnest(p_accounts, p_amounts) with ordinality l(account, amount, nr) join totals t on t.id = l.account;
  if hold_ids <> '{}' then
    insert into hold_resolution (hold_id, outcome, journal_id) select h, 'posted', journal from unnest(hold_ids) h;
  end if;
  insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash)
    values ('journal-posted', p_subject, 'worker', p_at, p_leaf, p_leaf_hash);
  status := 'posted';
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function ledger_hold(uuid, uuid, text, numeric, numeric),
  ledger_hold_repeats(hold, uuid, text, numeric, numeric), operation_holds_agree(uuid)
  from public, countersign_web, countersign_worker;
grant create on schema public to countersign_ledger;
alter function ledger_hold(uuid, uuid, text, numeric, numeric) owner to countersign_ledger;
alter function ledger_hold_repeats(hold, uuid, text, numeric, numeric) owner to countersign_ledger;
revoke create on schema public from countersign_ledger;
grant execute on function ledger_hold(uuid, uuid, text, numeric, numeric) to countersign_web;
-- The guards run as whoever writes.
grant execute on function operation_holds_agree(uuid) to countersign_web, countersign_worker, countersign_ledger;
