-- What a journal's page asks beside its lines: which journals correct it, and what arrival it books.
-- Nearly no journal corrects another, so the first index is nearly empty.
create index journal_corrections on journal (corrects) where corrects is not null;

-- CreateIndex
CREATE INDEX "deposit_journal_id_idx" ON "deposit"("journal_id");
