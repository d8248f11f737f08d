-- Tokens outside the registry on chains where every owner has an account: which contracts said that something of theirs
-- moved to one of ours. What lies there is asked for and booked to suspense, as it is on the chain.

CREATE TABLE "unknown_token" (
    "chain" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "touched_height" BIGINT NOT NULL,
    "looked_height" BIGINT,

    CONSTRAINT "unknown_token_pkey" PRIMARY KEY ("code","address")
);
CREATE TABLE "token_scan" (
    "chain" TEXT NOT NULL,
    "height" BIGINT NOT NULL,

    CONSTRAINT "token_scan_pkey" PRIMARY KEY ("chain")
);
CREATE INDEX "unknown_token_chain_touched_height_idx" ON "unknown_token"("chain", "touched_height");
ALTER TABLE "unknown_token" ADD CONSTRAINT "unknown_token_address_fkey" FOREIGN KEY ("address") REFERENCES "vault_account"("address") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table unknown_token add constraint unknown_token_bounded check (
  code ~ '^UNK[A-Z2-7]{9}$' and length(chain) <= 60 and token ~ '^0x[0-9a-fA-F]{40}$'
  and touched_height >= 0 and looked_height >= 0);
alter table token_scan add constraint token_scan_real check (height >= 0 and length(chain) <= 60);

revoke all on unknown_token, token_scan from public, countersign_web, countersign_worker, countersign_ledger;
grant select on unknown_token, token_scan to countersign_web, countersign_worker;
grant insert on unknown_token, token_scan to countersign_worker;
grant update (touched_height, looked_height) on unknown_token to countersign_worker;
grant update (height) on token_scan to countersign_worker;
