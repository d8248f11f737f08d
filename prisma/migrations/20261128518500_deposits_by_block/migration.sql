-- Whatever stands in blocks above the newest one on record is looked for in each pass, the newest blocks of deposits where a
-- chain is read anew, and when a chain last took a deposit back whenever people look at one that stands still. All of it was
-- looked for among every deposit of the chain.

CREATE INDEX "deposit_chain_slot_idx" ON "deposit"("chain", "slot");
CREATE INDEX "deposit_moved_chain_slot_idx" ON "deposit_moved"("chain", "slot");
CREATE INDEX "deposit_reversal_chain_reversed_at_idx" ON "deposit_reversal"("chain", "reversed_at");
