-- Deposits that a chain can undo: seen, credited after the chain's depth, reversed when a reorganisation of the chain took
-- them away, and credited anew when they come again. What a client has spent by then is owed back, and missing until it
-- comes again or two people say what becomes of it.

-- ---------------------------------------------------------------- deposits

alter table deposit
  -- Where in the transaction: the index of an output, the index of a log entry, or 'value'. Empty where a transaction
  -- pays an address once.
  add column place text not null default '',
  -- Counts how often it was credited: one that was reversed and comes again is another.
  add column appearance integer not null default 1,
  -- Of the block it was in when it was credited. Null where a chain's slots are final.
  add column block_hash text,
  drop constraint deposit_pkey,
  add constraint deposit_pkey primary key (chain, txid, vault_id, place, appearance),
  add constraint deposit_place_bounded check (place ~ '^([0-9]{1,10}|value)?$'),
  add constraint deposit_block_bounded check (block_hash ~ '^[0-9a-zA-Z]{1,100}$');
create index deposit_client_id_vault_id_asset_idx on deposit (client_id, vault_id, asset);

-- What a chain took away again, and the journal that took it back.
create table deposit_reversal (
  chain text not null,
  txid text not null,
  vault_id text not null,
  place text not null,
  appearance integer not null,
  journal_id bigint not null,
  reversed_at timestamptz(3) not null default now(),
  constraint deposit_reversal_pkey primary key (chain, txid, vault_id, place, appearance),
  constraint deposit_reversal_chain_txid_vault_id_place_appearance_fkey
    foreign key (chain, txid, vault_id, place, appearance)
    references deposit (chain, txid, vault_id, place, appearance) on delete restrict on update restrict,
  constraint deposit_reversal_journal_id_fkey
    foreign key (journal_id) references journal (id) on delete restrict on update restrict
);
create unique index deposit_reversal_journal_id_key on deposit_reversal (journal_id);
create trigger append_only before update or delete or truncate on deposit_reversal
  for each statement execute function refuse_change();
alter table deposit_reversal enable always trigger append_only;

-- What a block has and the chain may still undo: nothing is booked, and the row goes when it is credited or gone.
create table deposit_pending (
  chain text not null,
  txid text not null,
  vault_id text not null,
  place text not null,
  asset text not null,
  amount numeric(78,0) not null,
  -- Null while it is nobody's.
  client_id text,
  from_address text not null,
  -- Height and hash of the block.
  slot bigint not null,
  block_hash text not null,
  seen_at timestamptz(3) not null default now(),
  constraint deposit_pending_pkey primary key (chain, txid, vault_id, place),
  constraint deposit_pending_vault_id_fkey foreign key (vault_id) references vault (id) on delete restrict on update restrict,
  constraint deposit_pending_sound check (amount > 0 and place ~ '^([0-9]{1,10}|value)?$'
    and block_hash ~ '^[0-9a-zA-Z]{1,100}$' and slot >= 0)
);
create index deposit_pending_client_id_idx on deposit_pending (client_id);
create index deposit_pending_vault_id_slot_idx on deposit_pending (vault_id, slot);

-- One life at a time, so that nothing is credited twice.
create function guard_deposit() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.appearance <> 1 + (select count(*) from deposit_reversal r
      where (r.chain, r.txid, r.vault_id, r.place) = (new.chain, new.txid, new.vault_id, new.place)) then
    raise exception 'deposit %: it is credited again only after it was reversed', new.txid using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on deposit for each row execute function guard_deposit();

-- ---------------------------------------------------------------- the books

-- As before, with one kind more. A deposit that comes again after its reversal left something missing names it.
create or replace function journal_sound(idempotency_key text, kind text, content_digest text, corrects bigint) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return length(idempotency_key) between 1 and 300
    and kind in ('withdrawal', 'deposit', 'network-fee', 'own-funds', 'nonce-accounts', 'correction', 'bank-entry',
      'vault-transfer', 'deposit-reversal')
    and content_digest ~ '^[0-9a-f]{64}$'
    and (corrects is null or kind in ('correction', 'bank-entry', 'deposit-reversal', 'deposit'))
    and (corrects is not null or kind <> 'deposit-reversal')
    and (kind <> 'correction' or corrects is not null
      or idempotency_key ~ '^correction:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$');
end $$;

-- A deposit is reversed once, and what that left missing comes back once.
create unique index journal_one_per_undone on journal (corrects, kind)
  where kind in ('deposit-reversal', 'deposit') and corrects is not null;

-- Whether a reversal takes back exactly what its deposit brought: out of the same vault, from nobody but who was
-- credited, and the rest missing under the name of that client, or under "deposits" where nobody was.
create function deposit_reversal_sound(p_journal bigint) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select coalesce((
    select bool_and(case a.kind
        when 'vault' then p.amount = -(select sum(o.amount) from posting o
          where o.journal_id = j.corrects and o.account_id = p.account_id)
        when 'missing' then p.amount > 0 and p.account_id in (
          select 'missing/' || case c.kind when 'client' then c.client_id else 'deposits' end || '/' || o.asset
            from posting o join account c on c.id = o.account_id
            where o.journal_id = j.corrects and c.kind in ('client', 'suspense')
          union all select o.account_id from posting o where o.journal_id = j.corrects)
        when 'client' then p.amount between 1 and coalesce((select -sum(o.amount) from posting o
          where o.journal_id = j.corrects and o.account_id = p.account_id), 0)
        when 'suspense' then p.amount between 1 and coalesce((select -sum(o.amount) from posting o
          where o.journal_id = j.corrects and o.account_id = p.account_id), 0)
        else false end)
      and count(*) filter (where a.kind = 'vault') = 1
    from posting p join account a on a.id = p.account_id where p.journal_id = j.id), false)
    and exists (select from journal d where d.id = j.corrects and d.kind = 'deposit')
    and exists (select from deposit_reversal r join deposit d
      on (d.chain, d.txid, d.vault_id, d.place, d.appearance) = (r.chain, r.txid, r.vault_id, r.place, r.appearance)
      where r.journal_id = j.id and d.journal_id = j.corrects)
  from journal j where j.id = p_journal
$$;

create function check_deposit_reversal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- The account is locked by now, so nothing that took of it a moment ago is left out.
  if not deposit_reversal_sound(new.id) or exists (select from posting p
      where p.journal_id = new.id and p.account_id like 'suspense/%' and suspense_left(p.account_id, new.corrects) < 0) then
    raise exception 'journal %: a reversal takes back what its deposit brought and no more', new.id using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger takes_back_a_deposit after insert on journal
  deferrable initially deferred for each row
  when (new.kind = 'deposit-reversal') execute function check_deposit_reversal();
alter table journal enable always trigger takes_back_a_deposit;

-- The other side of it: what counts as reversed has its journal.
create function check_reversed_deposit() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from journal j where j.id = new.journal_id and j.kind = 'deposit-reversal')
    or not deposit_reversal_sound(new.journal_id) then
    raise exception 'deposit %: it is reversed by its own journal', new.txid using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger has_journal after insert on deposit_reversal
  deferrable initially deferred for each row execute function check_reversed_deposit();
alter table deposit_reversal enable always trigger has_journal;

-- Whether a deposit that comes again makes good no more than its reversal left missing, and no more than still is.
create function deposit_again_sound(p_journal bigint) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from journal r where r.id = j.corrects and r.kind = 'deposit-reversal')
    and not exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = j.id and case a.kind
        when 'vault' then p.amount is distinct from -(select sum(o.amount) from posting o
          where o.journal_id = j.corrects and o.account_id = p.account_id)
        when 'missing' then p.amount > 0 or p.balance < 0 or -p.amount > coalesce((select sum(o.amount) from posting o
          where o.journal_id = j.corrects and o.account_id = p.account_id), 0)
        when 'client' then p.amount > 0 or not exists (
          select from journal r join posting o on o.journal_id = r.corrects where r.id = j.corrects and o.account_id = p.account_id)
        else true end)
  from journal j where j.id = p_journal
$$;

create function check_deposit_again() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not deposit_again_sound(new.id) then
    raise exception 'journal %: a deposit that comes again makes good what its reversal left missing', new.id
      using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger comes_again after insert on journal
  deferrable initially deferred for each row
  when (new.kind = 'deposit' and new.corrects is not null) execute function check_deposit_again();
alter table journal enable always trigger comes_again;

-- Locks an account for the rest of the transaction and says what a reversal of that entry may take from it, smallest
-- unit: of a client what is available, of suspense what is left of the entry, of what is missing all of it. Nothing of
-- an account that is not there. The split between who was credited and what is missing is decided by it.
create function ledger_lock_left(p_account text, p_entry bigint) returns numeric
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  acc account%rowtype;
begin
  -- Before any account, as in ledger_post, so that a close of the books waits for nobody who waits for it.
  perform pg_advisory_xact_lock_shared(ledger_closing());
  select * into acc from account a where a.id = p_account for no key update;
  return case acc.kind
    when 'client' then greatest(acc.credits - acc.debits - acc.held, 0)
    when 'suspense' then greatest(least(suspense_left(p_account, p_entry), acc.credits - acc.debits), 0)
    when 'missing' then greatest(acc.debits - acc.credits, 0)
    else 0 end;
end $$;

-- As before; and a reversed deposit that comes again makes good what its reversal left missing.
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
      if p_kind <> 'correction' and not (moved > 0 and p_kind in ('bank-entry', 'deposit-reversal')
          or moved < 0 and p_kind = 'deposit' and p_corrects is not null) then
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

revoke all on deposit_reversal, deposit_pending from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_deposit(), deposit_reversal_sound(bigint), check_deposit_reversal(), check_reversed_deposit(), deposit_again_sound(bigint),
  check_deposit_again(), ledger_lock_left(text, bigint) from public, countersign_web, countersign_worker;
grant create on schema public to countersign_ledger;
alter function ledger_lock_left(text, bigint) owner to countersign_ledger;
revoke create on schema public from countersign_ledger;
grant execute on function ledger_lock_left(text, bigint) to countersign_worker;
-- The guards run as whoever writes, the worker or, for it, the ledger.
grant select on deposit, deposit_reversal to countersign_ledger;
grant execute on function suspense_left(text, bigint) to countersign_ledger;
grant execute on function deposit_reversal_sound(bigint), deposit_again_sound(bigint) to countersign_worker, countersign_ledger;
grant select on deposit_reversal, deposit_pending to countersign_web;
grant select, insert on deposit_reversal, deposit_pending to countersign_worker;
-- It moves to another block, and goes; what arrived never changes.
grant update (slot, block_hash), delete on deposit_pending to countersign_worker;
