-- Ledger corrections under four eyes: one person raises the exact lines, another approves them, each with
-- a key. The journal is posted by a function that reads the lines from what was signed, in the
-- transaction of the approval, so the web server can post a correction that two people stand for and
-- nothing else.

-- CreateTable
CREATE TABLE "ledger_correction" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "corrects" BIGINT,
    "break_id" UUID,
    "raised_by" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "journal" BIGINT,

    CONSTRAINT "ledger_correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_correction_event" (
    "id" BIGSERIAL NOT NULL,
    "correction_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "commitment" TEXT,

    CONSTRAINT "ledger_correction_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_correction_note" (
    "event_id" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "ledger_correction_note_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "ledger_correction_statement" (
    "event_id" BIGINT NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "ledger_correction_statement_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_correction_number_key" ON "ledger_correction"("number");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_correction_journal_key" ON "ledger_correction"("journal");

-- CreateIndex
CREATE INDEX "ledger_correction_raised_at_id_idx" ON "ledger_correction"("raised_at" DESC, "id");

-- CreateIndex
CREATE INDEX "ledger_correction_state_raised_at_id_idx" ON "ledger_correction"("state", "raised_at" DESC, "id");

-- CreateIndex
CREATE INDEX "ledger_correction_break_id_idx" ON "ledger_correction"("break_id");

-- CreateIndex
CREATE INDEX "ledger_correction_corrects_idx" ON "ledger_correction"("corrects");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_correction_event_correction_id_what_key" ON "ledger_correction_event"("correction_id", "what");

-- AddForeignKey
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_corrects_fkey" FOREIGN KEY ("corrects") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_break_id_fkey" FOREIGN KEY ("break_id") REFERENCES "break_record"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_raised_by_fkey" FOREIGN KEY ("raised_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_ended_by_fkey" FOREIGN KEY ("ended_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_journal_fkey" FOREIGN KEY ("journal") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction_event" ADD CONSTRAINT "ledger_correction_event_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "ledger_correction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction_note" ADD CONSTRAINT "ledger_correction_note_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "ledger_correction_event"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ledger_correction_statement" ADD CONSTRAINT "ledger_correction_statement_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "ledger_correction_event"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

create sequence ledger_correction_number;
alter table ledger_correction
  add constraint ledger_correction_number_shape check (number ~ '^LC-\d{6,}$'),
  add constraint ledger_correction_digest_true check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
  add constraint ledger_correction_bounded check (octet_length(document) between 2 and 16384),
  -- The columns for lists and links can't tell another story than the document that is signed.
  add constraint ledger_correction_copies check (coalesce(
    document::jsonb ->> 'correction' = id::text and document::jsonb ->> 'raisedBy' = raised_by
    and document::jsonb ->> 'corrects' is not distinct from corrects::text
    and document::jsonb -> 'break' ->> 'id' is not distinct from break_id::text
    and (document::jsonb ->> 'expiresAt')::timestamptz = expires_at, false)),
  add constraint ledger_correction_state_known check (
    state in ('waiting', 'approved', 'declined', 'withdrawn')),
  add constraint ledger_correction_ends check (
    (state = 'waiting') = (ended_by is null) and (state = 'waiting') = (ended_at is null)
    and (state = 'approved') = (journal is not null) and expires_at > raised_at),
  -- Two people, whatever a program does: who raises never approves.
  add constraint ledger_correction_two_people check (
    ended_by is null or (state = 'withdrawn') = (ended_by = raised_by)),
  add constraint ledger_correction_in_time check (state <> 'approved' or ended_at < expires_at);

alter table ledger_correction_event
  add constraint ledger_correction_event_what_known check (what in ('raised', 'approved', 'declined', 'withdrawn')),
  add constraint ledger_correction_event_bounded check (
    length(actor) <= 60 and (commitment is null or commitment ~ '^[0-9a-f]{64}$'));
alter table ledger_correction_note add constraint ledger_correction_note_bounded check (length(text) <= 4000);
alter table ledger_correction_statement add constraint ledger_correction_statement_bounded check (
  octet_length(document) between 2 and 16384 and octet_length(assertion::text) <= 65536 and length(credential_id) <= 1400);

-- A correction may be a new booking that names no journal, where two people signed it; every other one names one.
alter table journal drop constraint journal_correction_names_one;
alter table journal add constraint journal_correction_names_one check (
  (kind = 'correction' or corrects is null)
  and (kind <> 'correction' or corrects is not null
    or idempotency_key ~ '^correction:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'));

-- ---------------------------------------------------------------- what may change

create function guard_ledger_correction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then
      raise exception 'a correction starts by waiting' using errcode = 'CS002';
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
create trigger guarded before insert or update on ledger_correction
  for each row execute function guard_ledger_correction();

-- Whether somebody signed this very correction with this decision.
create function ledger_correction_signed(p_correction uuid, p_digest text, p_what text, p_decision text, p_person text)
returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (
    select from ledger_correction_event e join ledger_correction_statement s on s.event_id = e.id
      where e.correction_id = p_correction and e.what = p_what and e.actor = p_person and coalesce(
        s.document::jsonb ->> 'correction' = p_correction::text
        and s.document::jsonb ->> 'digest' = p_digest
        and s.document::jsonb ->> 'person' = p_person
        and s.document::jsonb ->> 'decision' = p_decision, false))
$$;

-- At commit: each step has its event, what moves the books is signed, and the journal is that of this correction.
create function check_ledger_correction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not ledger_correction_signed(new.id, new.digest, 'raised', 'raise', new.raised_by) then
    raise exception 'correction %: it is raised by a signature', new.number using errcode = 'CS002';
  end if;
  if new.state <> 'waiting' and not exists (select from ledger_correction_event e
      where e.correction_id = new.id and e.what = new.state and e.actor = new.ended_by) then
    raise exception 'correction %: its end is not recorded', new.number using errcode = 'CS002';
  end if;
  if new.state = 'approved' then
    if not ledger_correction_signed(new.id, new.digest, 'approved', 'approve', new.ended_by) then
      raise exception 'correction %: it is approved by a signature', new.number using errcode = 'CS002';
    end if;
    if not exists (select from journal j where j.id = new.journal and j.kind = 'correction'
        and j.idempotency_key = 'correction:' || new.id) then
      raise exception 'correction %: its journal is its own', new.number using errcode = 'CS002';
    end if;
  end if;
  return null;
end $$;
create constraint trigger recorded after insert or update on ledger_correction
  deferrable initially deferred for each row execute function check_ledger_correction();
alter table ledger_correction enable always trigger recorded;

-- The other way round: no event without its step.
create function check_ledger_correction_event() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_correction c where c.id = new.correction_id
      and (new.what = 'raised' and c.raised_by = new.actor or new.what = c.state and c.ended_by = new.actor)) then
    raise exception 'an event of a correction without its step' using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger recorded after insert on ledger_correction_event
  deferrable initially deferred for each row execute function check_ledger_correction_event();
alter table ledger_correction_event enable always trigger recorded;

-- A break is closed by an approved correction that names it: then both signed about it, exactly once.
create or replace function check_break_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from break_statement s where s.event_id = new.id and coalesce(
      s.document::jsonb ->> 'break' = new.break_id::text
      and s.document::jsonb ->> 'person' = new.actor
      and s.document::jsonb ->> 'decision' = case new.what when 'proposed' then 'propose' else 'accept' end
      and (s.document::jsonb ->> 'revision')::int + 1 = new.revision, false))
    and not exists (select from ledger_correction c where c.id::text = new.facts ->> 'correction'
      and c.break_id = new.break_id and c.state = 'approved' and c.journal::text = new.facts ->> 'journal'
      and new.actor = case new.what when 'proposed' then c.raised_by else c.ended_by end) then
    raise exception 'a step that closes a break is signed' using errcode = 'CS002';
  end if;
  return null;
end $$;

-- ---------------------------------------------------------------- posting

-- Posts the journal of a correction that two people have signed, with the lines that they signed.
-- status: as ledger_post answers, and 'not_waiting' | 'not_signed' | 'suspense_short'
create function ledger_post_correction(p_correction uuid, p_approver text, p_digest text, p_at timestamptz,
  p_leaf bytea, p_leaf_hash bytea, out status text, out journal bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  c ledger_correction%rowtype;
  accounts text[];
  amounts numeric[];
  acc account%rowtype;
  moved numeric;
begin
  select * into c from ledger_correction x where x.id = p_correction;
  if not found or c.state <> 'waiting' then status := 'not_waiting'; return; end if;
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
  for acc in select * from account a where a.id = any(accounts) order by a.id collate "C" for no key update loop
    select sum(l.amount) into moved from unnest(accounts, amounts) l(account, amount) where l.account = acc.id;
    -- What nobody has claimed can be given to its owner once: there is no more of it than came in.
    if acc.kind = 'suspense' and moved > 0 and acc.credits - acc.debits < moved then
      status := 'suspense_short';
      return;
    end if;
  end loop;
  select r.status, r.journal into status, journal from ledger_post(
    'correction:' || c.id, 'correction', null, false, accounts, amounts, p_digest, c.corrects,
    'correction:' || c.id, p_at, p_leaf, p_leaf_hash) r;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['ledger_correction_event', 'ledger_correction_statement'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  create trigger never_removed before delete or truncate on ledger_correction
    for each statement execute function refuse_change();
  alter table ledger_correction enable always trigger never_removed;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on ledger_correction, ledger_correction_event, ledger_correction_note, ledger_correction_statement
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_ledger_correction(), check_ledger_correction(), check_ledger_correction_event(),
  ledger_correction_signed(uuid, text, text, text, text),
  ledger_post_correction(uuid, text, text, timestamptz, bytea, bytea) from public;

grant select on ledger_correction, ledger_correction_event, ledger_correction_note, ledger_correction_statement
  to countersign_web, countersign_worker;
grant select on ledger_correction, ledger_correction_event, ledger_correction_statement to countersign_ledger;

grant insert on ledger_correction, ledger_correction_note, ledger_correction_statement to countersign_web;
grant insert (correction_id, what, actor, at, commitment) on ledger_correction_event to countersign_web;
grant update (state, ended_by, ended_at, journal) on ledger_correction to countersign_web;
grant usage on sequence ledger_correction_event_id_seq, ledger_correction_number to countersign_web;

-- The guards run as whoever writes.
grant execute on function ledger_correction_signed(uuid, text, text, text, text) to countersign_web, countersign_ledger;
grant create on schema public to countersign_ledger;
alter function ledger_post_correction(uuid, text, text, timestamptz, bytea, bytea) owner to countersign_ledger;
revoke create on schema public from countersign_ledger;
grant execute on function ledger_post_correction(uuid, text, text, timestamptz, bytea, bytea) to countersign_web;
