-- What goes out of a bank account and nothing explains lowers what is owed to nobody: it is missing, on an account of
-- its own, until own money makes it good or two people say whose it was. It was taken from suspense before.

-- As before, with one kind more.
create or replace function guard_new_account() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.debits <> 0 or new.credits <> 0 or new.held <> 0 or new.version <> 0 then
    raise exception 'account %: starts empty', new.id using errcode = 'CS002';
  end if;
  if new.kind not in ('client', 'vault', 'bank', 'in-transit', 'suspense', 'missing',
      'own-asset', 'own-income', 'own-expense', 'own-equity')
    or new.id <> new.kind || '/' || coalesce(new.client_id, new.vault_id, split_part(new.id, '/', 2)) || '/' || new.asset
    or (new.kind = 'client') <> (new.client_id is not null)
    or (new.kind = 'vault') <> (new.vault_id is not null)
    or new.id !~ '^[a-z-]+/[A-Za-z0-9-]{1,64}/[A-Z0-9]{2,12}$' then
    raise exception 'account %: its name must say what it is', new.id using errcode = '23514';
  end if;
  return new;
end $$;

-- A bank that takes an entry back names it, as a correction names what it corrects.
alter table journal drop constraint journal_correction_names_one;
alter table journal add constraint journal_correction_names_one check (
  (kind in ('correction', 'bank-entry') or corrects is null)
  and (kind <> 'correction' or corrects is not null
    or idempotency_key ~ '^correction:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'));

-- An entry that is taken back is found by what its payer called it.
-- CreateIndex
CREATE INDEX "bank_entry_text_end_to_end_idx" ON "bank_entry_text"("end_to_end");

-- As before; and an entry takes of suspense only what is left there of the one that it takes back.
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
  -- Of the journal that it takes back, with everything that takes of that one.
  if exists (select from posting p join journal j on j.id = p.journal_id
      where j.id = new.journal_id and p.amount > 0 and p.account_id like 'suspense/%'
        and (j.corrects is null or coalesce((select sum(o.amount) from journal k join posting o on o.journal_id = k.id
          where (k.id = j.corrects or k.corrects = j.corrects) and o.account_id = p.account_id), 1) > 0)) then
    raise exception 'what went out of a bank is not taken from what is owed to others' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- As before; and nothing is made good that is not missing, so that what is owed is lowered by no more than went out.
-- status: as ledger_post answers, and 'not_waiting' | 'expired' | 'not_signed' | 'suspense_short' | 'missing_exceeded'
create or replace function ledger_post_correction(p_correction uuid, p_approver text, p_digest text, p_at timestamptz,
  p_leaf bytea, p_leaf_hash bytea, out status text, out journal bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  c ledger_correction%rowtype;
  accounts text[];
  amounts numeric[];
begin
  select * into c from ledger_correction x where x.id = p_correction;
  if not found or c.state <> 'waiting' then status := 'not_waiting'; return; end if;
  -- By the database's clock: whoever asks says at what time they mean to have approved it.
  if clock_timestamp() >= c.expires_at then status := 'expired'; return; end if;
  if p_approver is not distinct from c.raised_by
    or not ledger_correction_signed(c.id, c.digest, 'raised', 'raise', c.raised_by)
    or not ledger_correction_signed(c.id, c.digest, 'approved', 'approve', p_approver) then
    status := 'not_signed';
    return;
  end if;
  select array_agg(l.line ->> 'account' order by l.nr), array_agg((l.line ->> 'amount')::numeric order by l.nr)
    into accounts, amounts
    from jsonb_array_elements(c.document::jsonb -> 'lines') with ordinality l(line, nr);
  -- Before any account, as in ledger_post, so that a close of the books waits for nobody who waits for it.
  perform pg_advisory_xact_lock_shared(ledger_closing());
  perform from account a where a.id = any(accounts) order by a.id collate "C" for no key update;
  -- What nobody has claimed can be given to its owner once: there is no more of it than came in, and nothing where
  -- there is no such account yet.
  if exists (
    select from unnest(accounts, amounts) l(account, amount) left join account a on a.id = l.account
      where split_part(l.account, '/', 1) = 'suspense'
      group by l.account, a.credits, a.debits
      having sum(l.amount) > greatest(coalesce(a.credits - a.debits, 0), 0)) then
    status := 'suspense_short';
    return;
  end if;
  if exists (
    select from unnest(accounts, amounts) l(account, amount) left join account a on a.id = l.account
      where split_part(l.account, '/', 1) = 'missing'
      group by l.account, a.credits, a.debits
      having -sum(l.amount) > greatest(coalesce(a.debits - a.credits, 0), 0)) then
    status := 'missing_exceeded';
    return;
  end if;
  select r.status, r.journal into status, journal from ledger_post(
    'correction:' || c.id, 'correction', null, false, accounts, amounts, p_digest, c.corrects,
    'correction:' || c.id, p_at, p_leaf, p_leaf_hash) r;
end $$;
