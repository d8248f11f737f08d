-- What holders of a key say of its vault, signed: the policy editor fills it in where a vault is named.
-- CreateTable
CREATE TABLE "vault_receipt" (
    "key_id" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vault_receipt_pkey" PRIMARY KEY ("key_id", "party")
);

-- AddForeignKey
ALTER TABLE "vault_receipt" ADD CONSTRAINT "vault_receipt_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "mpc_key"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table vault_receipt
  add constraint vault_receipt_bounded check (
    length(party) between 1 and 64 and octet_length(document) between 2 and 8192);

create trigger append_only before update or delete or truncate on vault_receipt
  for each statement execute function refuse_change();
alter table vault_receipt enable always trigger append_only;

revoke all on vault_receipt from public, countersign_web, countersign_worker, countersign_ledger;
grant select on vault_receipt to countersign_web, countersign_worker;
grant insert on vault_receipt to countersign_worker;
