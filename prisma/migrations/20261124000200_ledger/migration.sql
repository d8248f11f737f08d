-- The ledger: double entry in gross totals, holds, and one function per journal.
-- Positive is a debit, negative a credit. A client's account is what we owe them (credit balance),
-- a vault's is what we hold (debit balance). Every function answers refusals by name and raises
-- only on what no caller should ever send. All are safe at READ COMMITTED: whatever a decision
-- rests on is read after the account rows are locked, always in the order of their ids.

-- ---------------------------------------------------------------- books that can't be made wrong

-- Room on each page for the next version of a row, so that moving a balance touches no index.
alter table account set (fillfactor = 50);

create function check_posting_balance() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from posting where journal_id = new.journal_id group by asset having sum(amount) <> 0) then
    raise exception 'journal % does not sum to zero', new.journal_id using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger sums_to_zero after insert on posting
  deferrable initially deferred for each row execute function check_posting_balance();
alter table posting enable always trigger sums_to_zero;

create function check_journal_lines() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (select count(*) from posting where journal_id = new.id) < 2 then
    raise exception 'journal % has fewer than two lines', new.id using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger has_lines after insert on journal
  deferrable initially deferred for each row execute function check_journal_lines();
alter table journal enable always trigger has_lines;

create function guard_account() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.debits <> 0 or new.credits <> 0 or new.held <> 0 or new.version <> 0 then
      raise exception 'account %: starts empty', new.id using errcode = 'CS002';
    end if;
    if new.kind not in ('client', 'vault', 'own-asset', 'own-expense', 'own-equity', 'suspense')
      or new.id <> new.kind || '/' || coalesce(new.client_id, new.vault_id, split_part(new.id, '/', 2)) || '/' || new.asset
      or (new.kind = 'client') <> (new.client_id is not null)
      or (new.kind = 'vault') <> (new.vault_id is not null)
      or new.id !~ '^[a-z-]+/[A-Za-z0-9-]{1,64}/[A-Z0-9]{2,12}$' then
      raise exception 'account %: its name must say what it is', new.id using errcode = '23514';
    end if;
    return new;
  end if;
  if (new.id, new.kind, new.asset, new.client_id, new.vault_id)
    is distinct from (old.id, old.kind, old.asset, old.client_id, old.vault_id)
    or new.debits < old.debits or new.credits < old.credits or new.version <> old.version + 1 then
    raise exception 'account %: totals only grow, one version at a time', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on account for each row execute function guard_account();

-- ---------------------------------------------------------------- accounts

-- 'opened' | 'exists' | 'exists_with_different_<field>' | 'no_client' | 'no_vault'
create function ledger_open_account(p_id text, p_kind text, p_asset text, p_client text, p_vault text)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  found_account account%rowtype;
begin
  if p_client is not null and not exists (select from client where id = p_client) then return 'no_client'; end if;
  if p_vault is not null and not exists (select from vault where id = p_vault) then return 'no_vault'; end if;
  insert into account (id, kind, asset, client_id, vault_id)
    values (p_id, p_kind, p_asset, p_client, p_vault) on conflict (id) do nothing;
  if found then return 'opened'; end if;
  select * into strict found_account from account where id = p_id;
  return case
    when found_account.kind <> p_kind then 'exists_with_different_kind'
    when found_account.asset <> p_asset then 'exists_with_different_asset'
    when found_account.client_id is distinct from p_client then 'exists_with_different_client'
    when found_account.vault_id is distinct from p_vault then 'exists_with_different_vault'
    else 'exists'
  end;
end $$;

-- ---------------------------------------------------------------- holds

create function ledger_hold_repeats(p_found hold, p_operation uuid, p_account text, p_amount numeric)
returns text language sql immutable as $$
  select case
    when p_found.operation_id <> p_operation then 'exists_with_different_operation'
    when p_found.account_id <> p_account then 'exists_with_different_account'
    when p_found.amount <> p_amount then 'exists_with_different_amount'
    else 'exists'
  end
$$;

-- Sets an amount of a client's balance aside for a withdrawal. Its operation may follow in the same
-- transaction; that both agree is checked at commit.
-- 'held' | 'exists' | 'exists_with_different_<field>' | 'operation_has_hold' | 'no_account' | 'insufficient'
create function ledger_hold(p_hold uuid, p_operation uuid, p_account text, p_amount numeric)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  acc account%rowtype;
  earlier hold%rowtype;
begin
  if p_hold is null or p_operation is null or p_amount is null or p_amount <= 0 or p_amount <> trunc(p_amount) then
    raise exception 'ledger_hold: not a hold' using errcode = '22023';
  end if;
  select * into acc from account where id = p_account for no key update;
  -- Read only now: a call that came first may have placed it while this one waited for the lock.
  select * into earlier from hold where id = p_hold;
  if found then return ledger_hold_repeats(earlier, p_operation, p_account, p_amount); end if;
  if exists (select from hold where operation_id = p_operation) then return 'operation_has_hold'; end if;
  -- No row means that nothing was ever credited: there is nothing to lock and nothing to spend.
  if acc.id is null then return 'no_account'; end if;
  if acc.kind <> 'client' or acc.credits - acc.debits - acc.held < p_amount then return 'insufficient'; end if;
  insert into hold (id, operation_id, account_id, amount) values (p_hold, p_operation, p_account, p_amount);
  update account set held = held + p_amount, version = version + 1 where id = p_account;
  return 'held';
end $$;

-- Gives a hold back, once, after its operation has ended without a payment. The web server's role
-- can do so only for an operation that people ended.
-- 'voided' | 'already_voided' | 'already_posted' | 'no_hold' | 'operation_open'
create function ledger_void(p_hold uuid, p_outcome text)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  kept hold%rowtype;
  ended_as text;
  op_state text;
begin
  if p_outcome is null or p_outcome not in ('voided', 'expired') then
    raise exception 'ledger_void: unknown outcome' using errcode = '22023';
  end if;
  select * into kept from hold where id = p_hold;
  if not found then return 'no_hold'; end if;
  perform from account where id = kept.account_id for no key update;
  select outcome into ended_as from hold_resolution where hold_id = p_hold;
  if found then return case ended_as when 'posted' then 'already_posted' else 'already_voided' end; end if;
  select state into strict op_state from operation where id = kept.operation_id;
  if op_state not in ('rejected', 'cancelled', 'expired', 'failed')
    or (session_user = 'countersign_web' and op_state not in ('rejected', 'cancelled')) then
    return 'operation_open';
  end if;
  insert into hold_resolution (hold_id, outcome) values (p_hold, p_outcome);
  update account set held = held - kept.amount, version = version + 1 where id = kept.account_id;
  return 'voided';
end $$;

-- ---------------------------------------------------------------- journals

-- What the journal behind a repeated key says about the content that came with it this time.
create function ledger_compare_journal(p_found journal, p_kind text, p_operation uuid, p_hold uuid,
  p_accounts text[], p_amounts numeric[], p_digest text, p_corrects bigint)
returns text language plpgsql stable set search_path = public, pg_temp as $$
declare
  had_accounts text[];
  had_amounts numeric[];
  had_hold uuid;
begin
  if p_found.kind <> p_kind then return 'exists_with_different_kind'; end if;
  if p_found.operation_id is distinct from p_operation then return 'exists_with_different_operation'; end if;
  if p_found.corrects is distinct from p_corrects then return 'exists_with_different_corrects'; end if;
  select array_agg(account_id order by line), array_agg(amount order by line)
    into had_accounts, had_amounts from posting where journal_id = p_found.id;
  if had_accounts <> p_accounts then return 'exists_with_different_account'; end if;
  if had_amounts <> p_amounts then return 'exists_with_different_amount'; end if;
  select hold_id into had_hold from hold_resolution where journal_id = p_found.id;
  if had_hold is distinct from p_hold then return 'exists_with_different_hold'; end if;
  if p_found.content_digest <> p_digest then return 'exists_with_different_content'; end if;
  return 'exists';
end $$;

-- Locks the accounts of a journal in the order of their ids, opening those that don't exist yet by
-- what their ids say, and looks whether every client can afford it. Null when all is well. Account
-- by account: a join would make the planner read the whole table for two rows.
create function ledger_lock_accounts(p_kept hold, p_accounts text[], p_amounts numeric[])
returns text language plpgsql volatile set search_path = public, pg_temp as $$
declare
  wanted record;
  acc account%rowtype;
  kind text;
  answer text;
  is_covered boolean := true;
begin
  for wanted in
    select line.account as id, sum(line.amount) as net from unnest(p_accounts, p_amounts) line(account, amount)
      group by line.account order by line.account collate "C"
  loop
    select * into acc from account a where a.id = wanted.id for no key update;
    if not found then
      kind := split_part(wanted.id, '/', 1);
      answer := ledger_open_account(wanted.id, kind, split_part(wanted.id, '/', 3),
        case kind when 'client' then split_part(wanted.id, '/', 2) end,
        case kind when 'vault' then split_part(wanted.id, '/', 2) end);
      if answer not in ('opened', 'exists') then return answer; end if;
      select * into strict acc from account a where a.id = wanted.id for no key update;
    end if;
    is_covered := is_covered and (acc.kind <> 'client' or acc.credits - acc.debits - acc.held - wanted.net
      + case when acc.id = p_kept.account_id then p_kept.amount else 0 end >= 0);
  end loop;
  return case when not is_covered then 'insufficient' end;
end $$;

-- Whether the hold can be resolved by this journal. Null when it can.
create function ledger_refuse_hold(p_kept hold, p_operation uuid, p_accounts text[], p_amounts numeric[])
returns text language plpgsql stable set search_path = public, pg_temp as $$
declare
  ended_as text;
begin
  select outcome into ended_as from hold_resolution where hold_id = p_kept.id;
  if found then return case ended_as when 'posted' then 'already_posted' else 'already_voided' end; end if;
  if p_kept.operation_id is distinct from p_operation then return 'hold_of_other_operation'; end if;
  if p_kept.amount is distinct from (
      select sum(line.amount) from unnest(p_accounts, p_amounts) line(account, amount)
      where line.account = p_kept.account_id) then
    return 'amount_differs_from_hold';
  end if;
  return null;
end $$;

-- What is wrong with a journal whatever the balances are. Null when nothing is.
create function ledger_refuse_content(p_kind text, p_operation uuid, p_hold uuid, p_accounts text[],
  p_amounts numeric[], p_corrects bigint)
returns text language plpgsql stable set search_path = public, pg_temp as $$
begin
  if coalesce(cardinality(p_accounts), 0) < 2 then return 'too_few_lines'; end if;
  if exists (select from unnest(p_accounts, p_amounts) line(account, amount)
      group by split_part(line.account, '/', 3) having sum(line.amount) <> 0) then
    return 'unbalanced';
  end if;
  if p_operation is not null and not exists (select from operation where id = p_operation) then
    return 'no_operation';
  end if;
  if p_corrects is not null and not exists (select from journal where id = p_corrects) then return 'no_journal'; end if;
  if p_hold is null then return case p_kind when 'withdrawal' then 'no_hold' end; end if;
  return case when not exists (select from hold where id = p_hold) then 'no_hold' end;
end $$;

-- Writes one journal with its lines, moves the totals of its accounts and resolves the hold it
-- uses up, if any. The same key with the same content answers 'exists' and the same journal.
-- { status, journal }: 'posted' | 'exists' | 'exists_with_different_<field>' | 'unbalanced'
-- | 'too_few_lines' | 'no_hold' | 'already_posted' | 'already_voided' | 'hold_of_other_operation'
-- | 'amount_differs_from_hold' | 'no_client' | 'no_vault' | 'no_operation' | 'no_journal' | 'insufficient'
create function ledger_post(p_key text, p_kind text, p_operation uuid, p_hold uuid, p_lines jsonb,
  p_digest text, p_corrects bigint)
returns jsonb language plpgsql volatile security definer
-- The arrays are always short, so planning anew for each call would only cost time.
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  accounts text[];
  amounts numeric[];
  is_malformed boolean;
  earlier journal%rowtype;
  kept hold%rowtype;
  cover text;
  refusal text;
  new_id bigint;
  moved record;
begin
  select array_agg(line.account order by line.nr),
      array_agg(case when line.amount ~ '^-?[1-9][0-9]{0,77}$' then line.amount::numeric end order by line.nr),
      bool_or(line.account is null or line.amount is null or line.amount !~ '^-?[1-9][0-9]{0,77}$') or count(*) > 64
    into accounts, amounts, is_malformed
    from rows from (jsonb_to_recordset(p_lines) as (account text, amount text)) with ordinality
      as line(account, amount, nr);
  if is_malformed then raise exception 'ledger_post: malformed lines' using errcode = '22023'; end if;

  select * into earlier from journal where idempotency_key = p_key;
  if found then
    return jsonb_build_object('journal', earlier.id::text, 'status', ledger_compare_journal(
      earlier, p_kind, p_operation, p_hold, accounts, amounts, p_digest, p_corrects));
  end if;
  refusal := ledger_refuse_content(p_kind, p_operation, p_hold, accounts, amounts, p_corrects);
  if refusal is not null then return jsonb_build_object('status', refusal); end if;
  if p_hold is not null then select * into strict kept from hold where id = p_hold; end if;

  cover := ledger_lock_accounts(kept, accounts, amounts);
  -- While waiting for the locks the same journal may have been written by another call.
  select * into earlier from journal where idempotency_key = p_key;
  if found then
    return jsonb_build_object('journal', earlier.id::text, 'status', ledger_compare_journal(
      earlier, p_kind, p_operation, p_hold, accounts, amounts, p_digest, p_corrects));
  end if;
  if kept.id is not null then refusal := ledger_refuse_hold(kept, p_operation, accounts, amounts); end if;
  refusal := coalesce(refusal, cover);
  if refusal is not null then return jsonb_build_object('status', refusal); end if;

  insert into journal (idempotency_key, kind, operation_id, content_digest, corrects)
    values (p_key, p_kind, p_operation, p_digest, p_corrects)
    on conflict (idempotency_key) do nothing returning id into new_id;
  if new_id is null then
    select * into strict earlier from journal where idempotency_key = p_key;
    return jsonb_build_object('journal', earlier.id::text, 'status', ledger_compare_journal(
      earlier, p_kind, p_operation, p_hold, accounts, amounts, p_digest, p_corrects));
  end if;
  insert into posting (journal_id, line, account_id, asset, amount)
    select new_id, line.nr, line.account, split_part(line.account, '/', 3), line.amount
      from unnest(accounts, amounts) with ordinality line(account, amount, nr);
  for moved in
    select line.account, coalesce(sum(line.amount) filter (where line.amount > 0), 0) as debit,
        coalesce(-sum(line.amount) filter (where line.amount < 0), 0) as credit
      from unnest(accounts, amounts) line(account, amount) group by line.account
  loop
    update account a set debits = a.debits + moved.debit, credits = a.credits + moved.credit,
        held = a.held - case when a.id = kept.account_id then kept.amount else 0 end, version = a.version + 1
      where a.id = moved.account;
  end loop;
  if kept.id is not null then
    insert into hold_resolution (hold_id, outcome, journal_id) values (kept.id, 'posted', new_id);
  end if;
  return jsonb_build_object('status', 'posted', 'journal', new_id::text);
end $$;
