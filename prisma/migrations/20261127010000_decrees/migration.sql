-- Every kind of operation from raise to done: changes of policy, stops, waits that people can end by a
-- veto, what sources outside signed, and records of incidents.

-- AlterTable
ALTER TABLE "destination" ADD COLUMN     "certified_by" UUID,
ADD COLUMN     "class" TEXT NOT NULL DEFAULT 'other',
ADD COLUMN     "cooled_at" TIMESTAMPTZ(3),
ADD COLUMN     "evidence_commitment" TEXT,
ADD COLUMN     "evidence_method" TEXT,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_by" TEXT;

-- What was listed before there were classes and ends: of the class that rules trust least, for a year.
UPDATE "destination" SET "expires_at" = coalesce("listed_at", now()) + interval '365 days';
ALTER TABLE "destination" ALTER COLUMN "class" DROP DEFAULT, ALTER COLUMN "expires_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "operation" ADD COLUMN     "delay_seconds" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "second_channel" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "waiting_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "policy_version" ADD COLUMN     "operation_id" UUID;

-- CreateTable
CREATE TABLE "policy_draft" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "base_version" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "discarded_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signed_fact" (
    "source" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB NOT NULL,
    "signature" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signed_fact_pkey" PRIMARY KEY ("source","fact","subject","observed_at","signature")
);

-- CreateTable
CREATE TABLE "party_report" (
    "party" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" JSONB NOT NULL,

    CONSTRAINT "party_report_pkey" PRIMARY KEY ("party")
);

-- CreateTable
CREATE TABLE "no_delivery" (
    "statement_id" BIGINT NOT NULL,
    "party" TEXT NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "no_delivery_pkey" PRIMARY KEY ("statement_id","party")
);

-- CreateTable
CREATE TABLE "freeze_order" (
    "operation_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "value" TEXT,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "frozen_by" TEXT NOT NULL,
    "released_by_operation" UUID,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "freeze_order_pkey" PRIMARY KEY ("operation_id")
);

-- CreateTable
CREATE TABLE "revocation" (
    "operation_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "credential_id" TEXT,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_by" TEXT NOT NULL,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("operation_id")
);

-- CreateTable
CREATE TABLE "incident_record" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',

    CONSTRAINT "incident_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_operation" (
    "incident_id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,

    CONSTRAINT "incident_operation_pkey" PRIMARY KEY ("incident_id","operation_id")
);

-- CreateIndex
CREATE INDEX "revocation_person_id_idx" ON "revocation"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_record_number_key" ON "incident_record"("number");

-- CreateIndex
CREATE INDEX "incident_record_opened_at_id_idx" ON "incident_record"("opened_at" DESC, "id");

-- CreateIndex
CREATE INDEX "incident_operation_operation_id_idx" ON "incident_operation"("operation_id");

-- CreateIndex
CREATE INDEX "operation_destination_id_idx" ON "operation"("destination_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_operation_id_key" ON "policy_version"("operation_id");

-- AddForeignKey
ALTER TABLE "no_delivery" ADD CONSTRAINT "no_delivery_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "operation_statement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "freeze_order" ADD CONSTRAINT "freeze_order_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident_operation" ADD CONSTRAINT "incident_operation_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident_record"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident_operation" ADD CONSTRAINT "incident_operation_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- kinds, states, numbers

alter table operation drop constraint operation_kind_known;
alter table operation drop constraint operation_state_known;
alter table operation drop constraint operation_number_shape;
alter table operation
  add constraint operation_kind_known check (kind in (
    'withdrawal', 'key-ceremony', 'key-refresh', 'key-repair', 'key-backup', 'roster-change', 'policy-change',
    'destination-listing', 'destination-removal', 'freeze', 'release', 'revocation')),
  add constraint operation_state_known check (state in (
    'raised', 'approved', 'cosigned', 'waiting', 'signing', 'signed', 'broadcast', 'confirmed', 'done',
    'rejected', 'cancelled', 'expired', 'failed', 'held')),
  add constraint operation_number_shape check (
    number ~ '^(WD|KC|KR|KX|KB|RC|PC|DS|DR|FZ|RL|RV)-\d{4}-\d{6,}$'),
  add constraint operation_wait_has_end check (state <> 'waiting' or waiting_until is not null),
  add constraint operation_delay_counts check (delay_seconds between 0 and 2678400);

create sequence operation_number_kr;
create sequence operation_number_kx;
create sequence operation_number_kb;
create sequence operation_number_pc;
create sequence operation_number_dr;
create sequence operation_number_fz;
create sequence operation_number_rl;
create sequence operation_number_rv;
create sequence incident_number;

-- A prefix, the year and a count of at least six digits.
create function numbered(prefix text, sequence_name text) returns text language plpgsql volatile as $$
declare
  digits text := nextval(('public.' || sequence_name)::regclass)::text;
begin
  return prefix || '-' || to_char(now() at time zone 'UTC', 'YYYY') || '-'
    || lpad(digits, greatest(6, length(digits)), '0');
end $$;

create or replace function next_operation_number(p_kind text) returns text language plpgsql volatile
set search_path = public, pg_temp as $$
declare
  prefix text := case p_kind
    when 'withdrawal' then 'WD'
    when 'key-ceremony' then 'KC'
    when 'key-refresh' then 'KR'
    when 'key-repair' then 'KX'
    when 'key-backup' then 'KB'
    when 'roster-change' then 'RC'
    when 'policy-change' then 'PC'
    when 'destination-listing' then 'DS'
    when 'destination-removal' then 'DR'
    when 'freeze' then 'FZ'
    when 'release' then 'RL'
    when 'revocation' then 'RV'
  end;
begin
  if prefix is null then
    raise exception 'no numbers for operations of kind %', p_kind using errcode = 'CS002';
  end if;
  return numbered(prefix, 'operation_number_' || lower(prefix));
end $$;

-- Such as INC-2026-000001.
create function next_incident_number() returns text language sql volatile
set search_path = public, pg_temp as $$ select numbered('INC', 'incident_number') $$;

-- ---------------------------------------------------------------- life of an operation

-- Waiting: every statement is there and the parties know it, but a delay or a time-lock runs, during
-- which anyone entitled can still say no.
create or replace function operation_may_move(kind text, was text, becomes text) returns boolean
language sql immutable as $$
  select case was
    when 'raised' then becomes in ('approved', 'cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'approved' then becomes in ('cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'cosigned' then becomes in ('signing', 'rejected', 'cancelled', 'expired', 'failed', 'held')
      or (becomes in ('waiting', 'done') and kind <> 'withdrawal')
    -- Over, and the parties are at it: from then on nobody can veto it here.
    when 'waiting' then becomes in ('signing', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    -- Parties date a withdrawal's wait from the transaction they were asked for.
    when 'signing' then becomes in ('waiting', 'expired', 'failed', 'held')
      or (becomes = 'signed' and kind = 'withdrawal') or (becomes = 'done' and kind <> 'withdrawal')
    when 'signed' then becomes in ('broadcast', 'failed', 'held')
    when 'broadcast' then becomes in ('confirmed', 'failed', 'held')
    -- Confirmed: the chain may turn out to have taken what had been held for a doubt.
    when 'held' then becomes in ('raised', 'rejected', 'cancelled', 'expired', 'failed')
      or (becomes = 'confirmed' and kind = 'withdrawal')
    else false
  end
$$;

create or replace function guard_operation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_new_attempt boolean := old.state = 'held' and new.state = 'raised';
begin
  if (new.id, new.number, new.kind, new.intent, new.digest, new.raised_by, new.raised_at,
      new.client_id, new.vault_id, new.destination_id, new.asset, new.amount)
    is distinct from
     (old.id, old.number, old.kind, old.intent, old.digest, old.raised_by, old.raised_at,
      old.client_id, old.vault_id, old.destination_id, old.asset, old.amount) then
    raise exception 'operation %: its content never changes', old.number using errcode = 'CS002';
  end if;
  if new.revision <> old.revision + 1 then
    raise exception 'operation %: revision must go from % to %', old.number, old.revision, old.revision + 1
      using errcode = 'CS002';
  end if;
  if old.state in ('confirmed', 'done', 'rejected', 'cancelled', 'expired', 'failed') then
    raise exception 'operation %: % is an end', old.number, old.state using errcode = 'CS002';
  end if;
  if new.state <> old.state and not operation_may_move(old.kind, old.state, new.state) then
    raise exception 'operation %: no way from % to %', old.number, old.state, new.state using errcode = 'CS002';
  end if;
  if new.attempt <> old.attempt + is_new_attempt::int then
    raise exception 'operation %: the attempt rises when a held operation is raised again, and only then', old.number
      using errcode = 'CS002';
  end if;
  if not is_new_attempt and (
      (new.roster_version, new.policy_version, new.policy_rule, new.needs, new.delay_seconds, new.second_channel)
        is distinct from
      (old.roster_version, old.policy_version, old.policy_rule, old.needs, old.delay_seconds, old.second_channel)
      or new.expires_at > old.expires_at) then
    raise exception 'operation %: what is needed is fixed for an attempt, and its time only shrinks', old.number
      using errcode = 'CS002';
  end if;
  if new.state in ('waiting', 'rejected', 'cancelled', 'expired', 'failed')
    and exists (select from chain_transaction t
      where t.operation_id = old.id and t.phase in ('releasing', 'signed', 'broadcast')) then
    raise exception 'operation %: its transaction may still confirm', old.number using errcode = 'CS002';
  end if;
  if current_user = 'countersign_web' and (
      old.state not in ('raised', 'approved', 'cosigned', 'waiting', 'held')
      or new.state not in ('raised', 'approved', 'cosigned', 'rejected', 'cancelled')) then
    raise exception 'operation %: the web server cannot make it %', old.number, new.state using errcode = '42501';
  end if;
  if current_user = 'countersign_worker'
    and new.state <> old.state and new.state in ('raised', 'approved', 'cosigned', 'rejected', 'cancelled') then
    raise exception 'operation %: only people can make it %', old.number, new.state using errcode = '42501';
  end if;
  return new;
end $$;

-- What left in a window is asked at every raise of a withdrawal.
create index chain_transaction_signed on chain_transaction (signed_at) where signed_at is not null;
create index operation_statement_noes on operation_statement (id) where decision in ('reject', 'cancel');
create index chain_transaction_releasing on chain_transaction (operation_id) where phase = 'releasing';

alter table operation_note drop constraint operation_note_kind_known;
alter table operation_note
  add constraint operation_note_kind_known check (kind in ('reason', 'rejection', 'evidence'));

-- ---------------------------------------------------------------- destinations

alter table destination
  add constraint destination_class_known check (class in ('client-wallet', 'exchange', 'custodian', 'other')),
  add constraint destination_evidence_known check (
    evidence_method in ('signed-message', 'test-deposit', 'counterparty-letter', 'visit')),
  add constraint destination_evidence_whole check ((evidence_method is null) = (evidence_commitment is null)),
  add constraint destination_evidence_shape check (evidence_commitment ~ '^[0-9a-f]{64}$'),
  add constraint destination_removal_whole check ((removed_at is null) = (removed_by is null));

create or replace function guard_destination() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'proposed' then
      raise exception 'a destination starts proposed' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.client_id, new.chain, new.asset, new.address, new.class)
    is distinct from (old.id, old.client_id, old.chain, old.asset, old.address, old.class) then
    raise exception 'destination %: it never points elsewhere', old.id using errcode = 'CS002';
  end if;
  if new.state <> old.state
    and (old.state, new.state) not in (('proposed', 'listed'), ('proposed', 'removed'), ('listed', 'removed')) then
    raise exception 'destination %: no way from % to %', old.id, old.state, new.state using errcode = 'CS002';
  end if;
  if old.state <> 'proposed' and (new.operation_id, new.listed_at, new.cooled_at)
    is distinct from (old.operation_id, old.listed_at, old.cooled_at) then
    raise exception 'destination %: it was listed by another operation', old.id using errcode = 'CS002';
  end if;
  if old.removed_at is not null
    and (new.removed_at, new.removed_by) is distinct from (old.removed_at, old.removed_by) then
    raise exception 'destination %: it was removed once', old.id using errcode = 'CS002';
  end if;
  if current_user = 'countersign_web' and new.state = 'listed' and old.state <> 'listed' then
    raise exception 'destination %: the web server cannot list it', old.id using errcode = '42501';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- stops

alter table freeze_order
  add constraint freeze_order_scope_known check (scope in ('everything', 'asset', 'vault')),
  add constraint freeze_order_scope_whole check ((scope = 'everything') = (value is null)),
  add constraint freeze_order_release_whole check ((released_at is null) = (released_by_operation is null));

-- A stop says what its operation says, or it would stop something that nobody stated.
create function guard_freeze_order() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  said jsonb;
begin
  if tg_op = 'INSERT' then
    select o.intent::jsonb into said from operation o where o.id = new.operation_id and o.kind = 'freeze';
    if said is null or said -> 'scope' ->> 'what' is distinct from new.scope
      or coalesce(said -> 'scope' ->> 'asset', said -> 'scope' ->> 'vault') is distinct from new.value
      or new.released_at is not null then
      raise exception 'a freeze stands for what its operation says' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.operation_id, new.scope, new.value, new.frozen_at, new.frozen_by)
    is distinct from (old.operation_id, old.scope, old.value, old.frozen_at, old.frozen_by) then
    raise exception 'freeze %: its content never changes', old.operation_id using errcode = 'CS002';
  end if;
  if old.released_at is not null or not exists (
      select from operation o where o.id = new.released_by_operation and o.kind = 'release' and o.state = 'done'
        and o.intent::jsonb ->> 'freeze' = old.operation_id::text) then
    raise exception 'freeze %: released once, by an operation that people stated', old.operation_id
      using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on freeze_order
  for each row execute function guard_freeze_order();

create function guard_revocation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from operation o where o.id = new.operation_id and o.kind = 'revocation'
      and o.intent::jsonb ->> 'person' = new.person_id
      and o.intent::jsonb ->> 'credential' is not distinct from new.credential_id) then
    raise exception 'a revocation stands for what its operation says' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on revocation for each row execute function guard_revocation();

-- ---------------------------------------------------------------- incidents

alter table incident_record
  add constraint incident_record_number_shape check (number ~ '^INC-\d{4}-\d{6,}$'),
  add constraint incident_record_what_known check (what in ('freeze', 'release', 'break-glass')),
  add constraint incident_record_state_known check (state in ('open', 'taken-over')),
  add constraint incident_record_bounded check (length(title) between 1 and 300 and length(opened_by) <= 60);

create function guard_incident_record() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'an incident starts open' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.number, new.what, new.title, new.opened_at, new.opened_by)
    is distinct from (old.id, old.number, old.what, old.title, old.opened_at, old.opened_by)
    or (new.state <> old.state and old.state <> 'open') then
    raise exception 'incident %: its record stays as it is', old.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on incident_record
  for each row execute function guard_incident_record();

-- ---------------------------------------------------------------- drafts, facts, reports

alter table policy_draft
  add constraint policy_draft_bounded check (
    length(name) between 1 and 120 and octet_length(document) between 2 and 262144 and base_version >= 1);

create function guard_policy_draft() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.revision <> 1 or new.discarded_at is not null then
      raise exception 'a draft starts at revision 1' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.created_by, new.created_at) is distinct from (old.id, old.created_by, old.created_at)
    or new.revision <> old.revision + 1 or old.discarded_at is not null then
    raise exception 'draft %: one revision after the other, until it is discarded', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on policy_draft
  for each row execute function guard_policy_draft();

alter table signed_fact
  add constraint signed_fact_known check (fact in ('price', 'risk', 'standing')),
  add constraint signed_fact_bounded check (
    octet_length(document::text) <= 4096 and length(source) <= 64 and length(subject) <= 200),
  add constraint signed_fact_signature_shape check (signature ~ '^[0-9a-f]{128}$'),
  add constraint signed_fact_copies_document check (coalesce(
    document ->> 'source' = source and document ->> 'fact' = fact, false));
alter table party_report add constraint party_report_bounded check (octet_length(status::text) <= 1048576);

do $$
declare
  name text;
begin
  foreach name in array array['revocation', 'incident_operation', 'signed_fact', 'no_delivery'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['freeze_order', 'incident_record', 'policy_draft'] loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may do what

revoke execute on function numbered(text, text), next_incident_number(), guard_freeze_order(), guard_revocation(),
  guard_incident_record(), guard_policy_draft() from public;
grant execute on function numbered(text, text), next_incident_number() to countersign_web;
grant usage on sequence operation_number_kr, operation_number_kx, operation_number_kb, operation_number_pc,
  operation_number_dr, operation_number_fz, operation_number_rl, operation_number_rv, incident_number
  to countersign_web;

-- A stop stands from the moment it is stated; only what the parties took over ends it.
grant select, insert on freeze_order, revocation, incident_record, incident_operation, signed_fact, policy_draft
  to countersign_web;
grant select on party_report, no_delivery to countersign_web;
grant update (name, base_version, document, updated_by, updated_at, revision, discarded_at) on policy_draft
  to countersign_web;
grant update (delay_seconds, second_channel) on operation to countersign_web;
grant update (removed_at, removed_by) on destination to countersign_web;

grant select on freeze_order, revocation, incident_record, incident_operation to countersign_worker;
grant select, insert on signed_fact, party_report, no_delivery to countersign_worker;
grant update (at, status) on party_report to countersign_worker;
grant update (waiting_until) on operation to countersign_worker;
grant update (released_at, released_by_operation) on freeze_order to countersign_worker;
grant update (cooled_at, expires_at, evidence_method, evidence_commitment, certified_by) on destination
  to countersign_worker;
