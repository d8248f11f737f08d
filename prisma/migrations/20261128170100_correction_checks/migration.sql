-- The signatures of corrections are verified, each once, by the worker: the database compares texts, and a text can be
-- made up. Corrections are raised and approved in time by the database's clock.

-- CreateTable
CREATE TABLE "ledger_correction_check" (
    "correction_id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "fault" TEXT,
    "incident" TEXT,

    CONSTRAINT "ledger_correction_check_pkey" PRIMARY KEY ("correction_id")
);

-- AddForeignKey
ALTER TABLE "ledger_correction_check" ADD CONSTRAINT "ledger_correction_check_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "ledger_correction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table ledger_correction_check add constraint ledger_correction_check_whole check (
  (fault is null) = (incident is null) and (fault is null or fault ~ '^[a-z-]{1,40}$')
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));

create trigger append_only before update or delete or truncate on ledger_correction_check
  for each statement execute function refuse_change();
alter table ledger_correction_check enable always trigger append_only;

-- Only what is approved can have been looked at, so that nothing is called verified before it is signed.
create function guard_correction_check() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_correction c where c.id = new.correction_id and c.state = 'approved') then
    raise exception 'a correction is verified once it is approved' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on ledger_correction_check
  for each row execute function guard_correction_check();

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed', 'correction-unproved'));

-- ---------------------------------------------------------------- in time

-- As before; what is raised can still be approved.
create or replace function guard_ledger_correction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then
      raise exception 'a correction starts by waiting' using errcode = 'CS002';
    end if;
    if clock_timestamp() >= new.expires_at then
      raise exception 'correction %: it has expired before it was raised', new.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  if old.state <> 'waiting' or new.state = 'waiting'
    or (new.id, new.number, new.document, new.digest, new.corrects, new.break_id, new.raised_by, new.raised_at, new.expires_at)
      is distinct from
      (old.id, old.number, old.document, old.digest, old.corrects, old.break_id, old.raised_by, old.raised_at, old.expires_at) then
    raise exception 'correction %: it ends once and stays what it is', old.number using errcode = 'CS002';
  end if;
  return new;
end $$;

-- Posts the journal of a correction that two people have signed, with the lines that they signed.
-- status: as ledger_post answers, and 'not_waiting' | 'expired' | 'not_signed' | 'suspense_short'
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
  select r.status, r.journal into status, journal from ledger_post(
    'correction:' || c.id, 'correction', null, false, accounts, amounts, p_digest, c.corrects,
    'correction:' || c.id, p_at, p_leaf, p_leaf_hash) r;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on ledger_correction_check from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_correction_check() from public;
grant select on ledger_correction_check to countersign_web, countersign_worker;
grant insert on ledger_correction_check to countersign_worker;
