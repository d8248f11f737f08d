-- Reconciliation: runs with the inputs they looked at, breaks with what happened to them, and events
-- that other areas go on from. Runs, their repeats and what happened are written once.

-- CreateTable
CREATE TABLE "reconciliation_request" (
    "id" UUID NOT NULL,
    "wanted" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "places_total" INTEGER NOT NULL DEFAULT 0,
    "places_done" INTEGER NOT NULL DEFAULT 0,
    "fault" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_run" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ledger_position" TEXT NOT NULL,
    "outside_position" TEXT NOT NULL,
    "ledger_balance" DECIMAL(78,0) NOT NULL,
    "outside_balance" DECIMAL(78,0) NOT NULL,
    "matched" INTEGER NOT NULL,
    "breaks" INTEGER NOT NULL,
    "inputs" TEXT NOT NULL,
    "inputs_digest" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "outcome_digest" TEXT NOT NULL,
    "carry" TEXT NOT NULL,

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_repeat" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome_digest" TEXT NOT NULL,
    "is_same" BOOLEAN NOT NULL,

    CONSTRAINT "reconciliation_repeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_record" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "content" TEXT NOT NULL,
    "sides" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "found_run" UUID NOT NULL,
    "last_run" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "over_limit" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "owner" TEXT,
    "proposed_by" TEXT,
    "proposed_how" TEXT,
    "proposed_journal" BIGINT,
    "accepted_by" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "break_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_event" (
    "id" BIGSERIAL NOT NULL,
    "break_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID,
    "facts" JSONB NOT NULL,
    "commitment" TEXT,

    CONSTRAINT "break_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_note" (
    "event_id" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "break_note_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reconciliation_request_state_requested_at_idx" ON "reconciliation_request"("state", "requested_at");

-- CreateIndex
CREATE INDEX "reconciliation_run_kind_asset_place_at_idx" ON "reconciliation_run"("kind", "asset", "place", "at" DESC);

-- CreateIndex
CREATE INDEX "reconciliation_run_at_id_idx" ON "reconciliation_run"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "reconciliation_run_request_id_idx" ON "reconciliation_run"("request_id");

-- CreateIndex
CREATE INDEX "reconciliation_repeat_run_id_at_idx" ON "reconciliation_repeat"("run_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "break_record_number_key" ON "break_record"("number");

-- CreateIndex
CREATE UNIQUE INDEX "break_record_identity_key" ON "break_record"("identity");

-- CreateIndex
CREATE INDEX "break_record_kind_asset_place_state_idx" ON "break_record"("kind", "asset", "place", "state");

-- CreateIndex
CREATE INDEX "break_record_state_found_at_id_idx" ON "break_record"("state", "found_at" DESC, "id");

-- CreateIndex
CREATE INDEX "break_record_found_at_id_idx" ON "break_record"("found_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "break_event_break_id_revision_key" ON "break_event"("break_id", "revision");

-- CreateIndex
CREATE INDEX "outbox_event_kind_id_idx" ON "outbox_event"("kind", "id");

-- AddForeignKey
ALTER TABLE "reconciliation_run" ADD CONSTRAINT "reconciliation_run_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "reconciliation_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reconciliation_repeat" ADD CONSTRAINT "reconciliation_repeat_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_found_run_fkey" FOREIGN KEY ("found_run") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_last_run_fkey" FOREIGN KEY ("last_run") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_owner_fkey" FOREIGN KEY ("owner") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_proposed_by_fkey" FOREIGN KEY ("proposed_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_accepted_by_fkey" FOREIGN KEY ("accepted_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_record" ADD CONSTRAINT "break_record_proposed_journal_fkey" FOREIGN KEY ("proposed_journal") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_event" ADD CONSTRAINT "break_event_break_id_fkey" FOREIGN KEY ("break_id") REFERENCES "break_record"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "break_note" ADD CONSTRAINT "break_note_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "break_event"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table reconciliation_request
  add constraint reconciliation_request_state_known check (state in ('waiting', 'running', 'done', 'failed')),
  add constraint reconciliation_request_bounded check (
    length(wanted) between 1 and 120 and length(started_by) between 1 and 60 and length(fault) <= 500
    and places_total between 0 and 10000 and places_done between 0 and places_total),
  add constraint reconciliation_request_ends check ((state in ('done', 'failed')) = (ended_at is not null)),
  add constraint reconciliation_request_says_why check ((state = 'failed') = (fault is not null));

alter table reconciliation_run
  add constraint reconciliation_run_kind_known check (kind in ('chain', 'bank', 'liabilities')),
  add constraint reconciliation_run_counts check (matched >= 0 and breaks >= 0),
  add constraint reconciliation_run_inputs_true check (
    inputs_digest = encode(sha256(convert_to(inputs, 'UTF8')), 'hex')),
  add constraint reconciliation_run_outcome_true check (
    outcome_digest = encode(sha256(convert_to(outcome, 'UTF8')), 'hex')),
  -- The columns for lists can't tell another story than the documents that are kept.
  add constraint reconciliation_run_copies check (coalesce(
    inputs::jsonb ->> 'kind' = kind and inputs::jsonb ->> 'asset' = asset and inputs::jsonb ->> 'place' = place
    and inputs::jsonb -> 'ledger' ->> 'position' = ledger_position
    and inputs::jsonb -> 'outside' ->> 'position' = outside_position
    and outcome::jsonb ->> 'ledgerBalance' = ledger_balance::text
    and outcome::jsonb ->> 'outsideBalance' = outside_balance::text
    and outcome::jsonb ->> 'matched' = matched::text
    and jsonb_array_length(outcome::jsonb -> 'differences') = breaks, false));

create function check_repeat() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.is_same is distinct from exists (
    select from reconciliation_run r where r.id = new.run_id and r.outcome_digest = new.outcome_digest) then
    raise exception 'a repeat says whether it came to the same' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on reconciliation_repeat for each row execute function check_repeat();

create sequence break_record_number;
alter table break_record
  add constraint break_record_number_shape check (number ~ '^BR-\d{6,}$'),
  add constraint break_record_identity_shape check (identity ~ '^[0-9a-f]{64}$' and content ~ '^[0-9a-f]{64}$'),
  add constraint break_record_kind_known check (kind in ('chain', 'bank', 'liabilities')),
  add constraint break_record_cause_known check (cause in (
    'timing', 'missing-in-ledger', 'missing-outside', 'amount', 'duplicate', 'fee', 'reorg', 'unknown')),
  add constraint break_record_differs check (amount <> 0),
  add constraint break_record_state_known check (state in ('open', 'proposed', 'closed')),
  add constraint break_record_closing check (
    (state = 'closed') = (closed_by is not null) and (state = 'closed') = (closed_at is not null)
    and (closed_by is null or closed_by in ('match', 'correction', 'explanation'))),
  add constraint break_record_proposal check (
    (proposed_by is null) = (proposed_how is null)
    and (state <> 'proposed' or proposed_by is not null)
    and (proposed_how is null or proposed_how in ('correction', 'explanation'))
    and coalesce(proposed_how = 'correction', false) = (proposed_journal is not null)),
  -- Two people, whatever a program does: who proposes never accepts.
  add constraint break_record_two_people check (
    (coalesce(closed_by in ('correction', 'explanation'), false)) = (accepted_by is not null)
    and (accepted_by is null or (proposed_by is not null and accepted_by <> proposed_by and closed_by = proposed_how))),
  add constraint break_record_bounded check (
    length(subject) between 1 and 2000 and octet_length(sides::text) <= 1048576 and revision >= 1);

alter table break_event
  add constraint break_event_what_known check (what in ('found', 'changed', 'reopened', 'matched', 'taken',
    'commented', 'proposed', 'withdrawn', 'declined', 'accepted')),
  add constraint break_event_actor check (
    (actor = 'worker') = (what in ('found', 'changed', 'reopened', 'matched')) and length(actor) <= 60),
  add constraint break_event_run check ((run_id is not null) = (actor = 'worker')),
  add constraint break_event_bounded check (octet_length(facts::text) <= 16384 and revision >= 1
    and (commitment is null or commitment ~ '^[0-9a-f]{64}$'));
alter table break_note add constraint break_note_bounded check (length(text) <= 4000);
alter table outbox_event add constraint outbox_event_bounded check (
  length(kind) between 1 and 60 and length(subject) between 1 and 200 and octet_length(facts::text) <= 16384);

-- ---------------------------------------------------------------- what may change

create function guard_reconciliation_request() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' or new.places_total <> 0 then
      raise exception 'a request starts by waiting' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.wanted, new.started_by, new.requested_at) is distinct from (old.id, old.wanted, old.started_by, old.requested_at)
    or old.state in ('done', 'failed') or (old.state = 'running' and new.state = 'waiting')
    or new.places_done < old.places_done then
    raise exception 'request %: it only goes on', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on reconciliation_request
  for each row execute function guard_reconciliation_request();

-- The same machine as lib/reconciliation/breaks/lifecycle.ts. Only the worker, which ran a match, says
-- that there is one, or that a difference is back.
create function guard_break_record() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_web boolean := current_user = 'countersign_web';
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.revision <> 1 or new.owner is not null or new.proposed_by is not null then
      raise exception 'a break starts open' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.number, new.identity, new.kind, new.asset, new.place, new.subject, new.found_at, new.found_run)
      is distinct from
      (old.id, old.number, old.identity, old.kind, old.asset, old.place, old.subject, old.found_at, old.found_run)
    or new.revision not in (old.revision, old.revision + 1) then
    raise exception 'break %: it stays what it is', old.number using errcode = 'CS002';
  end if;
  if new.revision = old.revision and (new.state, new.closed_by, new.owner, new.proposed_by, new.proposed_how,
      new.proposed_journal, new.accepted_by, new.content, new.cause)
    is distinct from (old.state, old.closed_by, old.owner, old.proposed_by, old.proposed_how,
      old.proposed_journal, old.accepted_by, old.content, old.cause) then
    raise exception 'break %: what happens to it is recorded', old.number using errcode = 'CS002';
  end if;
  if old.state = 'closed' and new.state = 'closed'
    and (new.closed_by, new.accepted_by, new.proposed_by) is distinct from (old.closed_by, old.accepted_by, old.proposed_by) then
    raise exception 'break %: how it was closed stays', old.number using errcode = 'CS002';
  end if;
  if is_web and (
    old.state = 'closed'
    or (new.state = 'closed' and (old.state <> 'proposed' or new.closed_by is distinct from old.proposed_how
      or new.proposed_by is distinct from old.proposed_by or new.proposed_journal is distinct from old.proposed_journal))
    or (new.state = 'proposed' and old.state = 'proposed'
      and (new.proposed_by, new.proposed_how, new.proposed_journal)
        is distinct from (old.proposed_by, old.proposed_how, old.proposed_journal))) then
    raise exception 'break %: people do not move it so', old.number using errcode = 'CS002';
  end if;
  if not is_web and current_user = 'countersign_worker'
    and (new.state = 'proposed' and old.state <> 'proposed' or new.accepted_by is not null and old.accepted_by is null
      or new.owner is distinct from old.owner) then
    raise exception 'break %: the worker speaks for nobody', old.number using errcode = 'CS002';
  end if;
  if new.proposed_journal is not null and new.proposed_journal is distinct from old.proposed_journal
    and not exists (select from journal j where j.id = new.proposed_journal and j.kind = 'correction') then
    raise exception 'break %: only a correction closes it', old.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on break_record for each row execute function guard_break_record();

-- At commit: each step of a break has its event, and it says the same.
create function check_break_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  step break_event%rowtype;
  proposer text;
begin
  if tg_op = 'UPDATE' and new.revision = old.revision then return null; end if;
  select * into step from break_event e where e.break_id = new.id and e.revision = new.revision;
  if not found then
    raise exception 'break %: step % is not recorded', new.number, new.revision using errcode = 'CS002';
  end if;
  if new.accepted_by is not null and (tg_op = 'INSERT' or old.accepted_by is null) then
    select e.actor into proposer from break_event e
      where e.break_id = new.id and e.what = 'proposed' and e.revision < new.revision order by e.revision desc limit 1;
    if step.what <> 'accepted' or step.actor <> new.accepted_by
      or proposer is distinct from new.proposed_by or proposer = step.actor then
      raise exception 'break %: two people close it', new.number using errcode = 'CS002';
    end if;
  end if;
  if new.state = 'closed' and new.closed_by = 'match' and tg_op = 'UPDATE' and old.state <> 'closed' and step.what <> 'matched' then
    raise exception 'break %: a run closes it', new.number using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger recorded after insert or update on break_record
  deferrable initially deferred for each row execute function check_break_step();
alter table break_record enable always trigger recorded;

-- The other way round: no event without its step, nor one of the worker by somebody else.
create function check_break_event() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.actor = 'worker' and current_user = 'countersign_web' or new.actor <> 'worker' and current_user = 'countersign_worker' then
    raise exception 'an event is written by who did it' using errcode = 'CS002';
  end if;
  if not exists (select from break_record b where b.id = new.break_id and b.revision = new.revision) then
    raise exception 'an event without its step' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on break_event for each row execute function check_break_event();

do $$
declare
  name text;
begin
  foreach name in array array['reconciliation_run', 'reconciliation_repeat', 'break_event', 'outbox_event'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['reconciliation_request', 'break_record'] loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on reconciliation_request, reconciliation_run, reconciliation_repeat, break_record, break_event, break_note,
  outbox_event from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function check_repeat(), guard_reconciliation_request(), guard_break_record(), check_break_step(),
  check_break_event() from public;

grant select on reconciliation_request, reconciliation_run, reconciliation_repeat, break_record, break_event, break_note,
  outbox_event to countersign_web, countersign_worker;

grant insert on reconciliation_request, reconciliation_repeat, break_note to countersign_web;
grant insert (break_id, revision, what, actor, at, facts, commitment) on break_event to countersign_web;
grant update (state, closed_by, closed_at, owner, proposed_by, proposed_how, proposed_journal, accepted_by, revision)
  on break_record to countersign_web;
grant usage on sequence break_event_id_seq to countersign_web, countersign_worker;

grant insert on reconciliation_request, reconciliation_run, break_record to countersign_worker;
grant insert (break_id, revision, what, actor, at, run_id, facts) on break_event to countersign_worker;
grant insert (kind, subject, at, facts) on outbox_event to countersign_worker;
grant usage on sequence break_record_number, outbox_event_id_seq to countersign_worker;
grant update (state, places_total, places_done, fault, ended_at) on reconciliation_request to countersign_worker;
grant update (cause, amount, content, sides, last_run, due_at, over_limit, state, closed_by, closed_at, proposed_by,
  proposed_how, proposed_journal, accepted_by, revision) on break_record to countersign_worker;
