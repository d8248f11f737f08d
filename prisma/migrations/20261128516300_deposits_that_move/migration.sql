-- Where a credited deposit is now, when a reorganisation of its chain put it into another block that is as deep as the chain
-- asks. It stays credited, and its row of `deposit` goes on saying where it was then. Until now nothing said where it is,
-- so it was looked for by a height at which it was no longer, and taken back when it was not found there.

CREATE TABLE "deposit_moved" (
    "chain" TEXT NOT NULL,
    "txid" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "appearance" INTEGER NOT NULL,
    "slot" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deposit_moved_pkey" PRIMARY KEY ("chain","txid","vault_id","place","appearance")
);
ALTER TABLE "deposit_moved" ADD CONSTRAINT "deposit_moved_chain_txid_vault_id_place_appearance_fkey" FOREIGN KEY ("chain", "txid", "vault_id", "place", "appearance") REFERENCES "deposit"("chain", "txid", "vault_id", "place", "appearance") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table deposit_moved add constraint deposit_moved_sound check (block_hash ~ '^[0-9a-zA-Z]{1,100}$' and slot >= 0);

create trigger never_removed before delete or truncate on deposit_moved
  for each statement execute function refuse_change();
alter table deposit_moved enable always trigger never_removed;

revoke all on deposit_moved from public, countersign_web, countersign_worker, countersign_ledger;
grant select, insert on deposit_moved to countersign_worker;
-- It may move again; which deposit it is never changes.
grant update (slot, block_hash, moved_at) on deposit_moved to countersign_worker;
