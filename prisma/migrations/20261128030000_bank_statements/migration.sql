-- Clients' money at credit institutions: accounts, imported statements with their entries, and what
-- was booked of them. Written once, never changed; what payers wrote stands in rows that can be emptied.

-- CreateTable
CREATE TABLE "bank_account" (
    "id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "bic" TEXT NOT NULL,
    "iban" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "segregated" BOOLEAN NOT NULL,
    "opened_on" DATE NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_statement" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "bank_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "opening" DECIMAL(78,0) NOT NULL,
    "closing" DECIMAL(78,0) NOT NULL,
    "entry_count" INTEGER NOT NULL,
    "previous_id" BIGINT,
    "format" TEXT NOT NULL,
    "file_digest" TEXT NOT NULL,
    "file_bytes" INTEGER NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_entry" (
    "statement_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "booking_day" DATE NOT NULL,
    "value_day" DATE,
    "reference" TEXT,
    "is_reversal" BOOLEAN NOT NULL,
    "payments" INTEGER NOT NULL,
    "commitment" TEXT NOT NULL,

    CONSTRAINT "bank_entry_pkey" PRIMARY KEY ("statement_id","position")
);

-- CreateTable
CREATE TABLE "bank_entry_text" (
    "statement_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "end_to_end" TEXT,
    "remittance" TEXT NOT NULL,
    "counterparty" TEXT,

    CONSTRAINT "bank_entry_text_pkey" PRIMARY KEY ("statement_id","position")
);

-- CreateTable
CREATE TABLE "bank_booking" (
    "statement_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "journal_id" BIGINT NOT NULL,
    "client_id" TEXT,
    "cause" TEXT NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_booking_pkey" PRIMARY KEY ("statement_id","position")
);

-- CreateTable
CREATE TABLE "bank_statement_booked" (
    "statement_id" BIGINT NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bank_statement_booked_pkey" PRIMARY KEY ("statement_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bank_account_iban_key" ON "bank_account"("iban");

-- CreateIndex
CREATE UNIQUE INDEX "bank_statement_previous_id_key" ON "bank_statement"("previous_id");

-- CreateIndex
CREATE UNIQUE INDEX "bank_statement_file_digest_key" ON "bank_statement"("file_digest");

-- CreateIndex
CREATE UNIQUE INDEX "bank_statement_account_id_bank_id_key" ON "bank_statement"("account_id", "bank_id");

-- CreateIndex
CREATE INDEX "bank_statement_account_id_id_idx" ON "bank_statement"("account_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "bank_entry_account_id_reference_key" ON "bank_entry"("account_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "bank_booking_journal_id_key" ON "bank_booking"("journal_id");

-- AddForeignKey
ALTER TABLE "bank_statement" ADD CONSTRAINT "bank_statement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_statement" ADD CONSTRAINT "bank_statement_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_entry" ADD CONSTRAINT "bank_entry_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_entry_text" ADD CONSTRAINT "bank_entry_text_statement_id_position_fkey" FOREIGN KEY ("statement_id", "position") REFERENCES "bank_entry"("statement_id", "position") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_booking" ADD CONSTRAINT "bank_booking_statement_id_position_fkey" FOREIGN KEY ("statement_id", "position") REFERENCES "bank_entry"("statement_id", "position") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_booking" ADD CONSTRAINT "bank_booking_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "journal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bank_statement_booked" ADD CONSTRAINT "bank_statement_booked_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table bank_account
  add constraint bank_account_id_shape check (id ~ '^[a-z][a-z0-9-]{1,39}$'),
  add constraint bank_account_iban_shape check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  add constraint bank_account_bic_shape check (bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  add constraint bank_account_currency_known check (currency in ('EUR')),
  add constraint bank_account_bounded check (
    length(institution) between 2 and 80 and length(recorded_by) between 1 and 60);

alter table bank_statement
  add constraint bank_statement_counts check (
    sequence between 1 and 999999999 and entry_count between 0 and 20000 and file_bytes between 1 and 8388608),
  add constraint bank_statement_days check (from_day <= to_day),
  add constraint bank_statement_format_known check (format in ('camt.053', 'csv', 'csv-german')),
  add constraint bank_statement_digest_shape check (file_digest ~ '^[0-9a-f]{64}$'),
  add constraint bank_statement_bounded check (
    length(bank_id) between 1 and 35 and length(imported_by) between 1 and 60);
-- An account has one first statement, and each statement one that follows it.
create unique index bank_statement_one_first on bank_statement (account_id) where previous_id is null;

alter table bank_entry
  add constraint bank_entry_counts check (
    position between 0 and 20000 and line >= 1 and payments between 0 and 2000000000 and amount <> 0),
  -- Position 0 is what stood on the account before its first statement; the bank names no such entry.
  add constraint bank_entry_reference check (
    (position = 0) = (reference is null) and length(reference) between 1 and 35),
  add constraint bank_entry_commitment_shape check (commitment ~ '^[0-9a-f]{64}$');

alter table bank_entry_text
  add constraint bank_entry_text_bounded check (
    length(salt) <= 60 and length(end_to_end) <= 35 and length(remittance) <= 4000 and length(counterparty) <= 34);

alter table bank_booking
  add constraint bank_booking_cause_known check (cause in ('client', 'no-client-named', 'several-clients-named',
    'client-unknown', 'several-payments', 'reversal', 'went-out', 'brought-forward')),
  add constraint bank_booking_client check ((cause = 'client') = (client_id is not null) and length(client_id) <= 20);

-- ---------------------------------------------------------------- books that can't be made wrong

alter table journal drop constraint journal_kind_known;
alter table journal add constraint journal_kind_known check (
  kind in ('withdrawal', 'deposit', 'network-fee', 'own-funds', 'nonce-accounts', 'correction', 'bank-entry'));

-- At commit, whoever wrote it: a statement adds up, and goes on where the one before it ended.
create function check_bank_statement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  entries bigint;
  moved numeric;
  brought numeric;
begin
  select count(*) filter (where position > 0), coalesce(sum(amount) filter (where position > 0), 0),
      coalesce(sum(amount) filter (where position = 0), 0)
    into entries, moved, brought from bank_entry where statement_id = new.id;
  if entries <> new.entry_count or new.opening + moved <> new.closing then
    raise exception 'statement %: its entries do not add up', new.id using errcode = 'CS002';
  end if;
  if new.previous_id is null then
    if brought <> new.opening then
      raise exception 'statement %: what was there before is not told', new.id using errcode = 'CS002';
    end if;
  elsif brought <> 0 or not exists (select from bank_statement p where p.id = new.previous_id
      and p.account_id = new.account_id and p.closing = new.opening and p.to_day <= new.from_day) then
    raise exception 'statement %: it does not follow the one before', new.id using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger adds_up after insert on bank_statement
  deferrable initially deferred for each row execute function check_bank_statement();
alter table bank_statement enable always trigger adds_up;

-- Entries come in the transaction of their statement, so none is added to one that was checked.
create function check_bank_entries() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from (select distinct statement_id, account_id from entries) e
      where not exists (select from bank_statement s
        where s.id = e.statement_id and s.account_id = e.account_id and s.xmin = pg_current_xact_id()::xid)) then
    raise exception 'entries come with their statement' using errcode = 'CS002';
  end if;
  return null;
end $$;
create trigger with_statement after insert on bank_entry
  referencing new table as entries for each statement execute function check_bank_entries();
alter table bank_entry enable always trigger with_statement;

-- What is said to be booked is booked: under the entry's own key, with its amount on its account.
create function check_bank_booking() returns trigger
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
  return new;
end $$;
create trigger guarded before insert on bank_booking for each row execute function check_bank_booking();

create function check_bank_booked() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from bank_entry e where e.statement_id = new.statement_id and not exists (
      select from bank_booking b where b.statement_id = e.statement_id and b.position = e.position)) then
    raise exception 'statement %: not every entry is booked', new.statement_id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on bank_statement_booked for each row execute function check_bank_booked();

-- ---------------------------------------------------------------- what may change

do $$
declare
  name text;
begin
  foreach name in array array['bank_account', 'bank_statement', 'bank_entry', 'bank_booking', 'bank_statement_booked'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
end $$;

-- What payers wrote is kept or emptied, never rewritten.
create function guard_bank_entry_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.statement_id, new.position) is distinct from (old.statement_id, old.position)
    or new.salt <> '' or new.remittance <> '' or new.end_to_end is not null or new.counterparty is not null then
    raise exception 'the text of an entry can only be emptied' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on bank_entry_text for each row execute function guard_bank_entry_text();
create trigger never_removed before delete or truncate on bank_entry_text
  for each statement execute function refuse_change();
alter table bank_entry_text enable always trigger never_removed;

-- ---------------------------------------------------------------- who may

revoke all on bank_account, bank_statement, bank_entry, bank_entry_text, bank_booking, bank_statement_booked
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function check_bank_statement(), check_bank_entries(), check_bank_booking(), check_bank_booked(),
  guard_bank_entry_text() from public;

grant select on bank_account, bank_statement, bank_entry, bank_entry_text, bank_booking, bank_statement_booked
  to countersign_web, countersign_worker;
-- People import through the web server; only the worker books.
grant insert on bank_account, bank_entry, bank_entry_text to countersign_web;
-- The number of a statement is the database's to say.
grant insert (account_id, bank_id, sequence, from_day, to_day, opening, closing, entry_count, previous_id, format,
  file_digest, file_bytes, imported_by, imported_at) on bank_statement to countersign_web;
grant usage on sequence bank_statement_id_seq to countersign_web;
grant insert on bank_booking, bank_statement_booked to countersign_worker;
