-- The rest of MiCA Article 75: checks of segregation, entitlements that two people stand behind and that
-- are handed out by journals, returns that operations carry out, losses shared among who held something.

-- CreateTable
CREATE TABLE "segregation_check" (
    "id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,
    "inputs" TEXT NOT NULL,
    "inputs_digest" TEXT NOT NULL,
    "breaches" JSONB NOT NULL,
    "found" INTEGER NOT NULL,
    "incident" TEXT,

    CONSTRAINT "segregation_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_statement" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "register_statement_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "loss_share" (
    "case_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "position" DECIMAL(78,0) NOT NULL,
    "units" DECIMAL(78,0) NOT NULL,
    "value_cents" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "loss_share_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateTable
CREATE TABLE "loss_liability" (
    "case_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "cents" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "loss_liability_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateTable
CREATE TABLE "register_outcome" (
    "case_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "journal_id" BIGINT,
    "line" SMALLINT,
    "agreement_id" UUID,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "register_outcome_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateIndex
CREATE INDEX "segregation_check_checked_at_id_idx" ON "segregation_check"("checked_at" DESC, "id");

-- CreateIndex
CREATE INDEX "rights_entitlement_account_id_idx" ON "rights_entitlement"("account_id");

-- CreateIndex
CREATE INDEX "loss_share_account_id_idx" ON "loss_share"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "register_outcome_journal_id_line_key" ON "register_outcome"("journal_id", "line");

-- AddForeignKey
ALTER TABLE "register_statement" ADD CONSTRAINT "register_statement_case_id_seq_fkey" FOREIGN KEY ("case_id", "seq") REFERENCES "register_step"("case_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loss_share" ADD CONSTRAINT "loss_share_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "register_case"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loss_share" ADD CONSTRAINT "loss_share_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loss_liability" ADD CONSTRAINT "loss_liability_case_id_account_id_fkey" FOREIGN KEY ("case_id", "account_id") REFERENCES "loss_share"("case_id", "account_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_outcome" ADD CONSTRAINT "register_outcome_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "register_case"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_outcome" ADD CONSTRAINT "register_outcome_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_outcome" ADD CONSTRAINT "register_outcome_journal_id_line_fkey" FOREIGN KEY ("journal_id", "line") REFERENCES "posting"("journal_id", "line") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_outcome" ADD CONSTRAINT "register_outcome_actor_fkey" FOREIGN KEY ("actor") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table segregation_check
  add constraint segregation_check_bounded check (
    octet_length(inputs) <= 8388608 and length(started_by) <= 40 and jsonb_typeof(breaches) = 'array'
    and found = jsonb_array_length(breaches) and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$')),
  add constraint segregation_check_digest_true check (
    inputs_digest = encode(sha256(convert_to(inputs, 'UTF8')), 'hex'));
alter table register_statement add constraint register_statement_bounded check (
  octet_length(document) between 2 and 16384 and octet_length(assertion::text) <= 65536 and length(credential_id) <= 1400);
alter table loss_share add constraint loss_share_figures check (position >= 0 and units >= 0 and value_cents >= 0);
alter table loss_liability add constraint loss_liability_figures check (cents >= 0);
alter table register_outcome add constraint register_outcome_whole check (
  (what in ('handed-out', 'paid') and journal_id is not null and line is not null and agreement_id is null)
  or (what = 'declined' and journal_id is null and line is null and agreement_id is not null));

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known
  check (what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed'));

-- An operation carries out one return and no other.
create unique index register_step_carries_one_return on register_step ((facts ->> 'operation')) where step = 'linked';

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/clients/register/registers.ts.
create or replace function register_step_may_follow(register text, was text, becomes text) returns boolean
language sql immutable as $$
  select coalesce(case register || ' ' || becomes
    when 'agreement ended' then was = 'opened'
    when 'complaint acknowledged' then was = 'opened'
    when 'complaint delayed' then was in ('acknowledged', 'delayed')
    when 'complaint decided' then was in ('acknowledged', 'delayed')
    when 'policy-request sent' then was = 'opened'
    when 'rights-event computed' then was = 'opened'
    when 'rights-event approved' then was = 'computed'
    when 'rights-event completed' then was = 'approved'
    when 'rights-event dropped' then was in ('opened', 'computed')
    when 'return linked' then was in ('opened', 'linked')
    when 'return returned' then was = 'linked'
    when 'return withdrawn' then was in ('opened', 'linked')
    when 'loss shared' then was = 'opened'
    when 'loss proposed' then was in ('shared', 'declined')
    when 'loss declined' then was = 'proposed'
    when 'loss accepted' then was = 'proposed'
    when 'loss settled' then was = 'accepted'
    when 'sub-custodian informed' then was in ('opened', 'informed', 'checked')
    when 'sub-custodian checked' then was in ('opened', 'informed', 'checked')
    when 'sub-custodian ended' then was in ('opened', 'informed', 'checked')
  end, false) $$;

-- Operations that carry out a return are withdrawals of the same client and asset; it ends when they did.
create function guard_return_step(about register_case, step text, facts jsonb) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  under_way int;
  confirmed numeric;
  left_over numeric;
begin
  if step = 'linked' and not exists (select from operation o
      where o.id::text = facts ->> 'operation' and o.kind = 'withdrawal' and o.client_id = about.client_id
        and o.asset = about.facts ->> 'asset') then
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

create or replace function guard_register_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  before register_step%rowtype;
begin
  select * into about from register_case c where c.id = new.case_id;
  select * into before from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1 then
    raise exception 'case %: steps follow one another', about.number using errcode = 'CS002';
  end if;
  if not register_step_may_follow(about.register, coalesce(before.step, 'opened'), new.step) then
    raise exception 'case %: % is no next step', about.number, new.step using errcode = 'CS002';
  end if;
  -- Two people, whatever a program does.
  if (about.register = 'complaint' and new.step = 'decided' and new.actor = about.opened_by)
    or (about.register = 'rights-event' and new.step = 'approved' and new.actor in (about.opened_by, before.actor))
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

-- ---------------------------------------------------------------- shares

-- At the event's ratio everybody is within one smallest unit of their exact part, and nothing whole is left.
drop trigger shared_whole on register_step;
create or replace function check_entitlements() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  facts jsonb;
  numerator numeric;
  denominator numeric;
  wrong boolean;
begin
  select c.facts into facts from register_case c where c.id = new.case_id;
  numerator := (facts ->> 'unitNumerator')::numeric;
  denominator := (facts ->> 'unitDenominator')::numeric;
  select coalesce(sum(e.amount) is distinct from div(sum(e.position) * numerator, denominator)
      or bool_or(abs(e.amount * denominator - e.position * numerator) >= denominator), true)
    into wrong from rights_entitlement e where e.case_id = new.case_id;
  if wrong then
    raise exception 'shares of an event sum to what its ratio gives' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger shared_whole after insert on register_step
  deferrable initially deferred for each row when (new.step = 'computed') execute function check_entitlements();
alter table register_step enable always trigger shared_whole;

create or replace function check_entitlement_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from register_step s where s.case_id = new.case_id and s.step = 'computed') then
    raise exception 'a share without its step' using errcode = 'CS002';
  end if;
  return null;
end $$;

create or replace function guard_entitlement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'computed')
    or not exists (select from register_case c where c.id = new.case_id and c.register = 'rights-event') then
    raise exception 'the shares of this event are determined' using errcode = 'CS002';
  end if;
  return new;
end $$;
alter table rights_entitlement enable always trigger guarded;

-- What was lost is shared among who held it, once, and sums to what was lost.
create function guard_loss_share() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'shared')
    or not exists (select from register_case c where c.id = new.case_id and c.register = 'loss') then
    raise exception 'the shares of this loss are determined' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on loss_share for each row execute function guard_loss_share();
alter table loss_share enable always trigger guarded;

create function check_loss_shares() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (select sum(l.units) from loss_share l where l.case_id = new.case_id)
    is distinct from (select (c.facts ->> 'units')::numeric from register_case c where c.id = new.case_id) then
    raise exception 'shares of a loss sum to what was lost' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger shared_loss after insert on register_step
  deferrable initially deferred for each row when (new.step = 'shared') execute function check_loss_shares();
alter table register_step enable always trigger shared_loss;

-- What is paid to each sums to the liability that two people decided, and nobody's passes their own value.
create function guard_loss_liability() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'accepted')
    or new.cents > (select l.value_cents from loss_share l
      where l.case_id = new.case_id and l.account_id = new.account_id) then
    raise exception 'the liability of this loss is decided' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on loss_liability for each row execute function guard_loss_liability();
alter table loss_liability enable always trigger guarded;

create function check_loss_liability() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if coalesce((select sum(l.cents) from loss_liability l where l.case_id = new.case_id), 0)
    is distinct from (new.facts ->> 'liabilityCents')::numeric then
    raise exception 'what is paid to each sums to the liability' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger liable_whole after insert on register_step
  deferrable initially deferred for each row when (new.step = 'accepted') execute function check_loss_liability();
alter table register_step enable always trigger liable_whole;

create function check_liability_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from register_step s where s.case_id = new.case_id and s.step = 'accepted') then
    raise exception 'a liability without its decision' using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger decided after insert on loss_liability
  deferrable initially deferred for each row execute function check_liability_step();
alter table loss_liability enable always trigger decided;

-- ---------------------------------------------------------------- owner classes

-- The marks of how far histories were read are of the fee account and, since outflows are watched, of vaults.
create or replace function guard_address_class() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_vault boolean := exists (select from vault v where v.chain = new.chain and v.address = new.address);
begin
  if (new.owner_class <> 'client-omnibus' and is_vault)
    or (new.owner_class <> 'own' and not is_vault and (
      exists (select from nonce_account n where n.address = new.address)
      or exists (select from own_cursor o where o.chain = new.chain and o.address = new.address))) then
    raise exception 'address %: it has another owner class', new.address using errcode = 'CS002';
  end if;
  return new;
end $$;
alter table address_class enable always trigger guarded;

-- ---------------------------------------------------------------- what was handed out

-- The same owner's account in another asset: client/C-1001/SOL and EUR give client/C-1001/EUR.
create function same_owner_in(account text, asset text) returns text language sql immutable as $$
  select regexp_replace(account, '/[^/]+$', '/' || asset) $$;

-- Exactly what is due, by a line of the books that pays nothing else; or kept under an agreement that says so.
create function guard_register_outcome() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  standing text;
  is_right boolean := false;
begin
  select * into about from register_case c where c.id = new.case_id;
  select s.step into standing from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if about.register = 'rights-event' and standing = 'approved' then
    select case new.what
        when 'handed-out' then e.goes_to = 'client' and exists (select from posting p
          where p.journal_id = new.journal_id and p.line = new.line and p.amount = -e.amount
            and p.account_id = same_owner_in(e.account_id, about.facts ->> 'brings'))
        when 'declined' then e.goes_to = 'custodian' and exists (select from register_case g
          join account a on a.id = e.account_id
          where g.id = new.agreement_id and g.register = 'agreement' and g.client_id = a.client_id
            and g.facts ->> 'rights' = 'custodian')
      end into is_right from rights_entitlement e
      where e.case_id = new.case_id and e.account_id = new.account_id and e.amount > 0;
  elsif about.register = 'loss' and standing = 'accepted' and new.what = 'paid' then
    select exists (select from posting p where p.journal_id = new.journal_id and p.line = new.line
        and ((p.account_id = same_owner_in(l.account_id, 'EUR') and p.amount = -l.cents)
          or (p.account_id = l.account_id and p.amount = -s.units)))
      into is_right from loss_liability l join loss_share s using (case_id, account_id)
      where l.case_id = new.case_id and l.account_id = new.account_id and l.cents > 0;
  end if;
  if not coalesce(is_right, false) then
    raise exception 'case %: this does not hand out what is due', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on register_outcome for each row execute function guard_register_outcome();
alter table register_outcome enable always trigger guarded;

-- ---------------------------------------------------------------- what was signed

-- At commit: what two people decide was signed by the second, about this case as it stood.
create function check_register_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from register_statement s where s.case_id = new.case_id and s.seq = new.seq and coalesce(
    s.document::jsonb ->> 'case' = new.case_id::text
    and s.document::jsonb ->> 'person' = new.actor
    and s.document::jsonb ->> 'decision' = new.step
    and (s.document::jsonb ->> 'revision')::int + 1 = new.seq, false)) then
    raise exception 'a decision of this register is signed' using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger signed after insert on register_step
  deferrable initially deferred for each row when (new.step in ('approved', 'accepted'))
  execute function check_register_signed();
alter table register_step enable always trigger signed;

do $$
declare
  name text;
begin
  foreach name in array array['segregation_check', 'register_statement', 'loss_share', 'loss_liability', 'register_outcome']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on segregation_check, register_statement, loss_share, loss_liability, register_outcome
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_return_step(register_case, text, jsonb), guard_loss_share(), check_loss_shares(),
  guard_loss_liability(), check_loss_liability(), check_liability_step(), same_owner_in(text, text),
  guard_register_outcome(), check_register_signed() from public;

grant select, insert on segregation_check, register_statement, loss_share, loss_liability, register_outcome
  to countersign_web;
grant execute on function same_owner_in(text, text), guard_return_step(register_case, text, jsonb) to countersign_web;

-- The worker checks once a day by itself: it reads owner classes, and writes what it found.
grant select, insert on segregation_check to countersign_worker;
grant select on address_class to countersign_worker;
