-- Settled payments are looked at again with each new block, down to a hundred blocks behind it. Those blocks' payments
-- were looked for among all that ever were.

CREATE INDEX "chain_transaction_chain_phase_slot_idx" ON "chain_transaction"("chain", "phase", "slot");
