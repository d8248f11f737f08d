-- What a system holds of one person is found by indexes alone, however many clients there are.

-- CreateIndex
CREATE INDEX "operation_client_id_raised_at_id_idx" ON "operation"("client_id", "raised_at", "id");
