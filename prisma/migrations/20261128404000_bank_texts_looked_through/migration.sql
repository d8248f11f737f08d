-- How far the worker has looked through what payers wrote for people who are named there: a large statement is taken in
-- at once, and looked through afterwards.

-- CreateTable
CREATE TABLE "bank_text_looked" (
    "statement_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "done" BOOLEAN NOT NULL,

    CONSTRAINT "bank_text_looked_pkey" PRIMARY KEY ("statement_id")
);

-- AddForeignKey
ALTER TABLE "bank_text_looked" ADD CONSTRAINT "bank_text_looked_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

create trigger never_removed before delete or truncate on bank_text_looked
  for each statement execute function refuse_change();
alter table bank_text_looked enable always trigger never_removed;

revoke all on bank_text_looked from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
grant select, insert on bank_text_looked to countersign_worker;
grant update (position, done) on bank_text_looked to countersign_worker;
