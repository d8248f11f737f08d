-- What left a vault by a transaction that no operation here made. It is noted the moment the chain
-- shows it, opens an incident and stays; a person says that they have seen it, and that stays too.

CREATE TABLE "outflow" (
    "id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "txid" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "slot" BIGINT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "incident" TEXT NOT NULL,

    CONSTRAINT "outflow_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "outflow_seen" (
    "outflow_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outflow_seen_pkey" PRIMARY KEY ("outflow_id")
);
CREATE UNIQUE INDEX "outflow_chain_txid_vault_id_key" ON "outflow"("chain", "txid", "vault_id");
CREATE INDEX "outflow_noted_at_id_idx" ON "outflow"("noted_at" DESC, "id");
ALTER TABLE "outflow" ADD CONSTRAINT "outflow_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "outflow_seen" ADD CONSTRAINT "outflow_seen_outflow_id_fkey" FOREIGN KEY ("outflow_id") REFERENCES "outflow"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "outflow_seen" ADD CONSTRAINT "outflow_seen_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table outflow add constraint outflow_bounded check (
  amount > 0 and slot >= 0 and length(chain) <= 60 and length(txid) <= 120 and asset ~ '^[A-Z0-9]{2,12}$'
  and incident ~ '^INC-\d{4}-\d{6,}$');

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known
  check (what in ('freeze', 'release', 'break-glass', 'unexplained-outflow'));

do $$
declare
  name text;
begin
  foreach name in array array['outflow', 'outflow_seen'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
end $$;

revoke all on outflow, outflow_seen from public, countersign_web, countersign_worker, countersign_ledger;
grant select on outflow, outflow_seen to countersign_web, countersign_worker;
grant insert on outflow to countersign_worker;
grant insert on outflow_seen to countersign_web;
-- It opens an incident in the transaction that notes the outflow.
grant insert on incident_record to countersign_worker;
grant execute on function numbered(text, text), next_incident_number() to countersign_worker;
grant usage on sequence incident_number to countersign_worker;
