-- What a bank takes back is taken from nobody else, and what lies in suspense or is missing moves by two people alone.

-- What is left in suspense of one entry, smallest unit, once everything that was taken beyond other entries is counted
-- against it; less than zero where more was taken than there was. A correction may give several entries away and name
-- one of them, or none, so an entry that no correction names may be gone all the same. It reads the lines of one
-- account, in the order of an index that has all of them, with the rights of who asks.
create function suspense_left(p_account text, p_entry bigint) returns numeric
language sql stable set search_path = public, pg_temp as $$
  select coalesce(sum(case when entry = p_entry and units > 0 then units else least(units, 0) end), 0)
    from (select coalesce(j.corrects, j.id) as entry, -sum(p.amount) as units
      from posting p join journal j on j.id = p.journal_id
      where p.account_id = p_account group by 1) rests $$;
revoke all on function suspense_left(text, bigint) from public;
grant execute on function suspense_left(text, bigint) to countersign_worker;

-- As before; and no more than is left once what was taken of others beyond them is counted.
create or replace function check_bank_booking() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from bank_entry e
      join bank_account a on a.id = e.account_id
      join journal j on j.id = new.journal_id and j.kind = 'bank-entry'
        and j.idempotency_key = case when e.position = 0 then 'bank-opening:' || e.account_id
          else 'bank-entry:' || e.account_id || ':' || e.reference end
      join posting p on p.journal_id = j.id and p.account_id = 'bank/' || a.id || '/' || a.currency and p.amount = e.amount
    where e.statement_id = new.statement_id and e.position = new.position) then
    raise exception 'an entry is booked by its own journal' using errcode = 'CS002';
  end if;
  -- The account is locked by now, so nothing that took of it a moment ago is left out.
  if exists (select from posting p join journal j on j.id = p.journal_id
      where j.id = new.journal_id and p.amount > 0 and p.account_id like 'suspense/%'
        and (j.corrects is null or suspense_left(p.account_id, j.corrects) < 0)) then
    raise exception 'what went out of a bank is not taken from what is owed to others' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- As before; and suspense and what is missing move only as those journals do that say why. A worker in hostile hands
-- could book what is missing away, out of what is owed to others.
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
  kept hold%rowtype;
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
      elsif p_kind = 'withdrawal' then takes := true;
      elsif p_kind <> 'correction' then
        raise exception 'ledger_post: only a withdrawal or a correction takes from a client' using errcode = 'CS002';
      end if;
    elsif name like 'suspense/%' then
      if moved < 0 then gives := true;
      -- A token that the registry does not know and that has left the vault is owed to nobody in that vault any more.
      elsif p_kind = 'correction' or p_kind = 'bank-entry' and p_corrects is not null
        or p_kind = 'deposit' and name like 'suspense/%/UNK%' and lines = 2
          and array_position(p_accounts, 'vault/' || substr(name, 10)) is not null then takes := true;
      else
        raise exception 'ledger_post: only a correction, or a bank that takes an entry back, takes from suspense'
          using errcode = 'CS002';
      end if;
    elsif name like 'missing/%' then
      if p_kind <> 'correction' and (moved < 0 or p_kind <> 'bank-entry') then
        raise exception 'ledger_post: only a bank''s entry or a correction says that money is missing, and only a correction that it is not'
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
    elsif moved > 0 then debited[place] := debited[place] + moved;
    else credited[place] := credited[place] - moved; end if;
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
      select * into kept from hold h where h.operation_id = p_operation;
      place := array_position(ids, kept.account_id);
      if kept.id is null then refusal := 'no_hold';
      elsif place is not null then freed[place] := kept.amount; end if;
    end if;
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
  if kept.id is not null then
    select outcome into ended_as from hold_resolution r where r.hold_id = kept.id;
    place := array_position(ids, kept.account_id);
    if ended_as is not null then
      refusal := case ended_as when 'posted' then 'already_posted' else 'already_voided' end;
    elsif place is null or debited[place] - credited[place] <> kept.amount then
      refusal := 'amount_differs_from_hold';
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

  if lines > cardinality(ids) then
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
  if kept.id is not null then
    insert into hold_resolution (hold_id, outcome, journal_id) values (kept.id, 'posted', journal);
  end if;
  insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash)
    values ('journal-posted', p_subject, 'worker', p_at, p_leaf, p_leaf_hash);
  status := 'posted';
end $$;
