-- Who reviewed access, ordered a trip or brought an answer is somebody on record; and what a person
-- did last is found without reading everything they ever did.

-- DropIndex
DROP INDEX "session_operator_id_idx";

-- CreateIndex
CREATE INDEX "session_operator_id_last_seen_at_idx" ON "session"("operator_id", "last_seen_at" DESC);

-- CreateIndex
CREATE INDEX "operation_statement_person_id_decision_recorded_at_idx" ON "operation_statement"("person_id", "decision", "recorded_at" DESC);

-- AddForeignKey
ALTER TABLE "access_review" ADD CONSTRAINT "access_review_reviewed_by_fkey" FOREIGN KEY ("reviewed_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "cold_trip" ADD CONSTRAINT "cold_trip_ordered_by_fkey" FOREIGN KEY ("ordered_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "cold_document" ADD CONSTRAINT "cold_document_answered_by_fkey" FOREIGN KEY ("answered_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
