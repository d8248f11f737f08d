-- Operations of one kind, newest first, a page at a time.
CREATE INDEX "operation_kind_raised_at_id_idx" ON "operation"("kind", "raised_at" DESC, "id");
