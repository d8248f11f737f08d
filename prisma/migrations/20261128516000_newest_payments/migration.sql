-- The newest payments of a chain that are confirmed, of which a vault's are looked through before a coin is spent, and
-- the transfers of one account on Ethereum, whose conflict keys begin alike. Both were looked for in the whole table.

CREATE INDEX "chain_transaction_chain_phase_confirmed_at_idx" ON "chain_transaction"("chain", "phase", "confirmed_at");
create index chain_transaction_ran_of_account on chain_transaction (conflict_key text_pattern_ops) where slot is not null;
