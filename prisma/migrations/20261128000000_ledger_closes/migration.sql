-- Closed positions of the ledger, and the balance of an account after each of its lines.
--
-- A journal has its number before it is committed, so numbers alone do not say what was on record at
-- an instant. A close does: it waits until no journal is being written, keeps new ones out meanwhile,
-- and names the newest. Everything up to that number is then on record, and nothing that comes later
-- has such a number. It rests on no transaction ids, so it also holds in a restored database.

-- Any number that nothing else locks by: journals share it, a close has it alone.
create function ledger_closing() returns bigint language sql immutable parallel safe as
  $$ select 7305801123421 $$;

-- ---------------------------------------------------------------- the balance after each line

-- The journals of one account are numbered in the order in which they are committed, since the
-- account is locked before a number is drawn.
alter table posting add column balance numeric(78, 0);
alter table posting disable trigger append_only;
update posting p set balance = s.balance
  from (select journal_id, line, sum(amount) over (partition by account_id order by journal_id, line) as balance
    from posting) s
  where s.journal_id = p.journal_id and s.line = p.line;
alter table posting enable always trigger append_only;
alter table posting alter column balance set not null;

-- As before, but for the shared lock and the balance of each line.
create or replace function ledger_post(p_key text, p_kind text, p_operation uuid, p_hold uuid, p_lines jsonb,
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
  balances numeric[];
  after numeric;
begin
  perform pg_advisory_xact_lock_shared(ledger_closing());
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
  for moved in
    select line.account, coalesce(sum(line.amount) filter (where line.amount > 0), 0) as debit,
        coalesce(-sum(line.amount) filter (where line.amount < 0), 0) as credit,
        array_agg(line.nr order by line.nr desc) as lines
      from unnest(accounts, amounts) with ordinality line(account, amount, nr) group by line.account
  loop
    update account a set debits = a.debits + moved.debit, credits = a.credits + moved.credit,
        held = a.held - case when a.id = kept.account_id then kept.amount else 0 end, version = a.version + 1
      where a.id = moved.account returning a.debits - a.credits into strict after;
    for i in 1 .. cardinality(moved.lines) loop
      balances[moved.lines[i]] := after;
      after := after - amounts[moved.lines[i]];
    end loop;
  end loop;
  insert into posting (journal_id, line, account_id, asset, amount, balance)
    select new_id, line.nr, line.account, split_part(line.account, '/', 3), line.amount, line.balance
      from unnest(accounts, amounts, balances) with ordinality line(account, amount, balance, nr);
  if kept.id is not null then
    insert into hold_resolution (hold_id, outcome, journal_id) values (kept.id, 'posted', new_id);
  end if;
  return jsonb_build_object('status', 'posted', 'journal', new_id::text);
end $$;

-- ---------------------------------------------------------------- closes

create table ledger_close (
  id bigserial primary key,
  closed_at timestamptz(3) not null,
  -- Number of the newest journal in it; 0 when there is none.
  last_journal bigint not null
);
create unique index ledger_close_closed_at_key on ledger_close (closed_at);
create trigger append_only before update or delete or truncate on ledger_close
  for each statement execute function refuse_change();
alter table ledger_close enable always trigger append_only;

create function guard_ledger_close() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  before ledger_close%rowtype;
begin
  select * into before from ledger_close order by closed_at desc limit 1;
  if found and (new.closed_at <= before.closed_at or new.last_journal < before.last_journal) then
    raise exception 'a close comes after the one before' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on ledger_close for each row execute function guard_ledger_close();
alter table ledger_close enable always trigger guarded;

-- Closes the books as they stand. Gives up after half a second behind journals that are being
-- written, so that it never holds up new ones for longer.
-- { closedAt, lastJournal }, or null where the clock has not moved on since the close before.
create function ledger_close() returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
declare
  closing ledger_close%rowtype;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'ledger_close: reads what is committed while it runs' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(ledger_closing());
  select date_trunc('milliseconds', clock_timestamp()), coalesce(max(id), 0) from journal
    into closing.closed_at, closing.last_journal;
  if exists (select from ledger_close where closed_at >= closing.closed_at) then return null; end if;
  insert into ledger_close (closed_at, last_journal) values (closing.closed_at, closing.last_journal);
  return jsonb_build_object('closedAt', closing.closed_at, 'lastJournal', closing.last_journal::text);
end $$;

-- ---------------------------------------------------------------- who may

revoke all on ledger_close from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function ledger_closing(), guard_ledger_close(), ledger_close() from public, countersign_web, countersign_worker;
grant select on ledger_close to countersign_web, countersign_worker;
grant select, insert on ledger_close to countersign_ledger;
grant usage on sequence ledger_close_id_seq to countersign_ledger;
grant create on schema public to countersign_ledger;
alter function ledger_closing() owner to countersign_ledger;
alter function ledger_close() owner to countersign_ledger;
alter function ledger_post(text, text, uuid, uuid, jsonb, text, bigint) owner to countersign_ledger;
revoke create on schema public from countersign_ledger;
grant execute on function ledger_close() to countersign_worker;
