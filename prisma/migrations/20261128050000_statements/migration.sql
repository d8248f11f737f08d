-- Statements of position: which were drawn up, from which close of the books, and what their content
-- and files hash to. The files themselves follow from the books and are made again when wanted.

-- CreateTable
CREATE TABLE "statement_batch" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "opened_journal" BIGINT,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "last_journal" BIGINT NOT NULL,
    "clients" INTEGER NOT NULL,
    "ordered_by" TEXT NOT NULL,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "statement_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_batch_end" (
    "batch_id" UUID NOT NULL,
    "issued" INTEGER NOT NULL,
    "left_out" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "statement_batch_end_pkey" PRIMARY KEY ("batch_id")
);

-- CreateTable
CREATE TABLE "position_statement" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "batch_id" UUID,
    "reason" TEXT NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "opened_journal" BIGINT,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "last_journal" BIGINT NOT NULL,
    "movements" INTEGER NOT NULL,
    "pending" JSONB NOT NULL,
    "content_digest" TEXT NOT NULL,
    "pdf_digest" TEXT NOT NULL,
    "csv_digest" TEXT NOT NULL,
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "position_statement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "statement_batch_name_key" ON "statement_batch"("name");

-- CreateIndex
CREATE INDEX "position_statement_client_id_issued_at_idx" ON "position_statement"("client_id", "issued_at" DESC);

-- CreateIndex
CREATE INDEX "position_statement_issued_at_id_idx" ON "position_statement"("issued_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "position_statement_batch_id_client_id_key" ON "position_statement"("batch_id", "client_id");

-- AddForeignKey
ALTER TABLE "statement_batch_end" ADD CONSTRAINT "statement_batch_end_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "statement_batch"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "position_statement" ADD CONSTRAINT "position_statement_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "position_statement" ADD CONSTRAINT "position_statement_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "statement_batch"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table statement_batch
  add constraint statement_batch_named check (name ~ '^2[0-9]{3}-(Q[1-4]|[0-9]{2}-[0-9]{2} to 2[0-9]{3}-.{5,20})$'),
  add constraint statement_batch_period check (period_from < period_to and clients >= 0),
  add constraint statement_batch_opened check ((opened_at is null) = (opened_journal is null)
    and coalesce(opened_journal, 0) <= last_journal),
  add constraint statement_batch_bounded check (length(ordered_by) <= 60);
alter table statement_batch_end
  add constraint statement_batch_end_bounded check (issued >= 0 and digest ~ '^[0-9a-f]{64}$'
    and jsonb_typeof(left_out) = 'array' and octet_length(left_out::text) <= 262144);
alter table position_statement
  add constraint position_statement_reason_known check (
    reason in ('quarterly', 'request') and (reason = 'request' or batch_id is not null)),
  add constraint position_statement_period check (period_from < period_to and movements >= 0),
  add constraint position_statement_opened check ((opened_at is null) = (opened_journal is null)
    and coalesce(opened_journal, 0) <= last_journal),
  add constraint position_statement_digests check (content_digest ~ '^[0-9a-f]{64}$'
    and pdf_digest ~ '^[0-9a-f]{64}$' and csv_digest ~ '^[0-9a-f]{64}$'),
  add constraint position_statement_bounded check (length(issued_by) <= 60
    and jsonb_typeof(pending) = 'array' and octet_length(pending::text) <= 1048576);

-- A statement is of positions that the books were really closed at.
create function guard_drawn_up() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_close c where c.closed_at = new.closed_at and c.last_journal = new.last_journal)
    or (new.opened_at is not null and not exists (
      select from ledger_close c where c.closed_at = new.opened_at and c.last_journal = new.opened_journal)) then
    raise exception '%: no such close of the books', tg_table_name using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger drawn_up before insert on statement_batch for each row execute function guard_drawn_up();
create trigger drawn_up before insert on position_statement for each row execute function guard_drawn_up();
alter table statement_batch enable always trigger drawn_up;
alter table position_statement enable always trigger drawn_up;

-- A statement of a batch is of the batch's period and closes, and comes before the batch's end.
create function guard_of_batch() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.batch_id is not null and not exists (
    select from statement_batch b where b.id = new.batch_id
      and b.period_from = new.period_from and b.period_to = new.period_to
      and b.opened_at is not distinct from new.opened_at
      and b.closed_at = new.closed_at) then
    raise exception 'position_statement: its batch is of another period' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger of_batch before insert on position_statement for each row execute function guard_of_batch();
alter table position_statement enable always trigger of_batch;

-- ---------------------------------------------------------------- what may change: nothing

create trigger append_only before update or delete or truncate on statement_batch
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on statement_batch_end
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on position_statement
  for each statement execute function refuse_change();
alter table statement_batch enable always trigger append_only;
alter table statement_batch_end enable always trigger append_only;
alter table position_statement enable always trigger append_only;

-- ---------------------------------------------------------------- who may do what

revoke all on statement_batch, statement_batch_end, position_statement
  from public, countersign_web, countersign_worker;
revoke all on function guard_drawn_up(), guard_of_batch() from public, countersign_web, countersign_worker;
grant select on statement_batch, statement_batch_end, position_statement to countersign_web, countersign_worker;
-- People order a batch and ask for one statement; the worker carries batches out.
grant insert on statement_batch, position_statement to countersign_web, countersign_worker;
grant insert on statement_batch_end to countersign_worker;
