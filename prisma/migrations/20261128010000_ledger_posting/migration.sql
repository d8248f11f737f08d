-- Posting a journal as one call with fewer looks: content is checked in the function's own
-- variables, each account is locked and read once, a repeated key is looked for only when the row is
-- taken or something stands against the journal, and the audit entry is written in the same call.
-- What keeps the books whole is asked once for each journal rather than once for each line.
-- Accounts may be of three kinds more: money at a bank, what is on its way, and what is earned.

-- ---------------------------------------------------------------- books that can't be made wrong

drop trigger sums_to_zero on posting;
drop function check_posting_balance();
drop trigger has_lines on journal;
drop function check_journal_lines();

-- The lines of a journal come in one statement, whoever writes them: numbered from 1 without a gap, so
-- that a second statement for the same journal would need a number that is taken.
create function check_lines() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from lines group by journal_id, asset having sum(amount) <> 0) then
    raise exception 'lines that do not sum to zero' using errcode = 'CS003';
  end if;
  if exists (select from lines group by journal_id
      having count(*) < 2 or min(line) <> 1 or max(line) <> count(*)) then
    raise exception 'the lines of a journal come together, two or more of them' using errcode = 'CS003';
  end if;
  return null;
end $$;
create trigger balanced after insert on posting
  referencing new table as lines for each statement execute function check_lines();
alter table posting enable always trigger balanced;

-- At commit, a journal has its lines.
create function check_journal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from posting where journal_id = new.id and line = 1) then
    raise exception 'journal % has no lines', new.id using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger has_lines after insert on journal
  deferrable initially deferred for each row execute function check_journal();
alter table journal enable always trigger has_lines;

-- As before, but asked of a change only where something is wrong with it.
drop trigger guarded on account;
drop function guard_account();
create function guard_new_account() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.debits <> 0 or new.credits <> 0 or new.held <> 0 or new.version <> 0 then
    raise exception 'account %: starts empty', new.id using errcode = 'CS002';
  end if;
  if new.kind not in ('client', 'vault', 'bank', 'in-transit', 'suspense',
      'own-asset', 'own-income', 'own-expense', 'own-equity')
    or new.id <> new.kind || '/' || coalesce(new.client_id, new.vault_id, split_part(new.id, '/', 2)) || '/' || new.asset
    or (new.kind = 'client') <> (new.client_id is not null)
    or (new.kind = 'vault') <> (new.vault_id is not null)
    or new.id !~ '^[a-z-]+/[A-Za-z0-9-]{1,64}/[A-Z0-9]{2,12}$' then
    raise exception 'account %: its name must say what it is', new.id using errcode = '23514';
  end if;
  return new;
end $$;
create trigger guarded before insert on account for each row execute function guard_new_account();
create function refuse_account_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'account %: totals only grow, one version at a time', old.id using errcode = 'CS002';
end $$;
create trigger only_grows before update on account for each row
  when (new.id <> old.id or new.kind <> old.kind or new.asset <> old.asset
    or new.client_id is distinct from old.client_id or new.vault_id is distinct from old.vault_id
    or new.debits < old.debits or new.credits < old.credits or new.version <> old.version + 1)
  execute function refuse_account_change();

-- ---------------------------------------------------------------- posting

drop function ledger_post(text, text, uuid, uuid, jsonb, text, bigint);
drop function ledger_lock_accounts(hold, text[], numeric[]);
drop function ledger_refuse_hold(hold, uuid, text[], numeric[]);
drop function ledger_refuse_content(text, uuid, uuid, text[], numeric[], bigint);

-- What the journal of a key that came again says about its content this time. Null without such a
-- journal. The content's digest covers every line, so lines are compared only to name what differs.
drop function ledger_compare_journal(journal, text, uuid, uuid, text[], numeric[], text, bigint);
create function ledger_earlier_journal(p_key text, p_kind text, p_operation uuid, p_uses_hold boolean,
  p_accounts text[], p_amounts numeric[], p_digest text, p_corrects bigint, out status text, out journal bigint)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  earlier journal%rowtype;
  had_accounts text[];
  had_amounts numeric[];
begin
  select * into earlier from journal j where j.idempotency_key = p_key;
  if not found then return; end if;
  select array_agg(p.account_id order by p.line), array_agg(p.amount order by p.line)
    into had_accounts, had_amounts from posting p where p.journal_id = earlier.id;
  journal := earlier.id;
  status := case
    when earlier.kind <> p_kind then 'exists_with_different_kind'
    when earlier.operation_id is distinct from p_operation then 'exists_with_different_operation'
    when earlier.corrects is distinct from p_corrects then 'exists_with_different_corrects'
    when had_accounts <> p_accounts then 'exists_with_different_account'
    when had_amounts <> p_amounts then 'exists_with_different_amount'
    when p_uses_hold <> exists (select from hold_resolution r where r.journal_id = earlier.id)
      then 'exists_with_different_hold'
    when earlier.content_digest <> p_digest then 'exists_with_different_content'
    else 'exists'
  end;
end $$;

-- Opens an account that a journal names and that is not there yet, by what its id says.
-- Null when it is there afterwards, otherwise 'no_client' | 'no_vault'.
create function ledger_open_named(p_id text)
returns text language plpgsql volatile set search_path = public, pg_temp as $$
declare
  kind text := split_part(p_id, '/', 1);
  name text := split_part(p_id, '/', 2);
  answer text := ledger_open_account(p_id, kind, split_part(p_id, '/', 3),
    case kind when 'client' then name end, case kind when 'vault' then name end);
begin
  return case when answer not in ('opened', 'exists') then answer end;
end $$;

-- Writes one journal with its lines and its audit entry, moves the totals of its accounts and
-- resolves the hold of its operation if it uses it up. The same key with the same content answers
-- 'exists' and the same journal.
-- status: 'posted' | 'exists' | 'exists_with_different_<field>' | 'unbalanced' | 'too_few_lines'
-- | 'no_hold' | 'already_posted' | 'already_voided' | 'amount_differs_from_hold'
-- | 'no_client' | 'no_vault' | 'no_operation' | 'no_journal' | 'insufficient'
create function ledger_post(p_key text, p_kind text, p_operation uuid, p_uses_hold boolean,
  p_accounts text[], p_amounts numeric[], p_digest text, p_corrects bigint,
  p_subject text, p_at timestamptz, p_leaf bytea, p_leaf_hash bytea, out status text, out journal bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  lines int := coalesce(cardinality(p_accounts), 0);
  -- Each account once, in the order of their ids, and what the journal adds to its totals.
  ids text[] := '{}';
  debited numeric[] := '{}';
  credited numeric[] := '{}';
  asset_names text[] := '{}';
  asset_sums numeric[] := '{}';
  name text;
  moved numeric;
  place int;
  kept hold%rowtype;
  ended_as text;
  acc account%rowtype;
  refusal text;
  after numeric;
  balances numeric[];
  shared text;
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
    place := array_position(asset_names, split_part(name, '/', 3));
    if place is null then
      asset_names := asset_names || split_part(name, '/', 3);
      asset_sums := asset_sums || moved;
    else
      asset_sums[place] := asset_sums[place] + moved;
    end if;
    place := 1;
    while ids[place] collate "C" < name loop place := place + 1; end loop;
    if ids[place] is distinct from name then
      ids := ids[: place - 1] || name || ids[place :];
      debited := debited[: place - 1] || 0::numeric || debited[place :];
      credited := credited[: place - 1] || 0::numeric || credited[place :];
    end if;
    if moved > 0 then debited[place] := debited[place] + moved;
    else credited[place] := credited[place] - moved; end if;
  end loop;

  -- An assignment costs less than a query. Journals share this lock; a close of the books has it alone.
  shared := pg_advisory_xact_lock_shared(ledger_closing());
  if lines < 2 then refusal := 'too_few_lines';
  elsif array_remove(asset_sums, 0) <> '{}' then refusal := 'unbalanced';
  elsif p_kind = 'withdrawal' and not p_uses_hold then refusal := 'no_hold';
  end if;
  if refusal is null and p_operation is not null then
    if not exists (select from operation o where o.id = p_operation) then refusal := 'no_operation'; end if;
  end if;
  if refusal is null and p_corrects is not null then
    if not exists (select from journal j where j.id = p_corrects) then refusal := 'no_journal'; end if;
  end if;
  if refusal is null and p_uses_hold then
    select * into kept from hold h where h.operation_id = p_operation;
    if not found then refusal := 'no_hold'; end if;
  end if;

  -- One order for everybody; whatever a decision rests on is read after its lock.
  if refusal is null then
    for i in 1 .. cardinality(ids) loop
      select * into acc from account a where a.id = ids[i] for no key update;
      if not found then
        refusal := ledger_open_named(ids[i]);
        exit when refusal is not null;
        select * into strict acc from account a where a.id = ids[i] for no key update;
      end if;
      if acc.kind = 'client' and acc.credits + credited[i] < acc.debits + debited[i] + acc.held
        - (case when acc.id = kept.account_id then kept.amount else 0 end) then
        refusal := 'insufficient';
        exit;
      end if;
    end loop;
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

  for i in 1 .. cardinality(ids) loop
    update account a set debits = a.debits + debited[i], credits = a.credits + credited[i],
        held = a.held - case when a.id = kept.account_id then kept.amount else 0 end, version = a.version + 1
      where a.id = ids[i] returning a.debits - a.credits into strict after;
    for line in reverse lines .. 1 loop
      if p_accounts[line] = ids[i] then
        balances[line] := after;
        after := after - p_amounts[line];
      end if;
    end loop;
  end loop;
  insert into posting (journal_id, line, account_id, asset, amount, balance)
    select journal, l.nr, l.account, split_part(l.account, '/', 3), l.amount, l.balance
      from unnest(p_accounts, p_amounts, balances) with ordinality l(account, amount, balance, nr);
  if kept.id is not null then
    insert into hold_resolution (hold_id, outcome, journal_id) values (kept.id, 'posted', journal);
  end if;
  insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash)
    values ('journal-posted', p_subject, 'worker', p_at, p_leaf, p_leaf_hash);
  status := 'posted';
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function check_journal(), check_lines(), guard_new_account(), refuse_account_change(),
  ledger_earlier_journal(text, text, uuid, boolean, text[], numeric[], text, bigint), ledger_open_named(text),
  ledger_post(text, text, uuid, boolean, text[], numeric[], text, bigint, text, timestamptz, bytea, bytea)
  from public, countersign_web, countersign_worker;
grant insert (kind, subject, actor, at, leaf, leaf_hash) on audit_entry to countersign_ledger;
grant usage on sequence audit_entry_id_seq to countersign_ledger;
grant create on schema public to countersign_ledger;
alter function ledger_earlier_journal(text, text, uuid, boolean, text[], numeric[], text, bigint) owner to countersign_ledger;
alter function ledger_open_named(text) owner to countersign_ledger;
alter function ledger_post(text, text, uuid, boolean, text[], numeric[], text, bigint, text, timestamptz, bytea, bytea)
  owner to countersign_ledger;
revoke create on schema public from countersign_ledger;
grant execute on function ledger_post(text, text, uuid, boolean, text[], numeric[], text, bigint, text, timestamptz, bytea, bytea)
  to countersign_worker;
