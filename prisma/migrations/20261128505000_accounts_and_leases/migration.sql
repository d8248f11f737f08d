-- Chains on which every owner has addresses of their own within a vault: which those are, what of the chain an
-- operation has set aside, which blocks were looked at, and transactions that take the place of others.

CREATE TABLE "vault_account" (
    "address" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "client_id" TEXT,
    "branch" TEXT NOT NULL,
    "derived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vault_account_pkey" PRIMARY KEY ("address")
);
CREATE TABLE "chain_lease" (
    "chain" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "operation_id" UUID NOT NULL,
    "leased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_lease_pkey" PRIMARY KEY ("chain","resource")
);
CREATE TABLE "chain_block" (
    "chain" TEXT NOT NULL,
    "height" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_block_pkey" PRIMARY KEY ("chain","height")
);
ALTER TABLE "chain_transaction" ADD COLUMN "replacement" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "vault_account_vault_id_client_id_idx" ON "vault_account"("vault_id", "client_id");
CREATE INDEX "vault_account_client_id_idx" ON "vault_account"("client_id");
CREATE INDEX "chain_lease_operation_id_idx" ON "chain_lease"("operation_id");
DROP INDEX "chain_transaction_operation_id_conflict_key_key";
CREATE UNIQUE INDEX "chain_transaction_operation_id_conflict_key_replacement_key"
  ON "chain_transaction"("operation_id", "conflict_key", "replacement");

ALTER TABLE "vault_account" ADD CONSTRAINT "vault_account_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "vault_account" ADD CONSTRAINT "vault_account_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "chain_lease" ADD CONSTRAINT "chain_lease_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One address for each owner and branch; the custodian's own account has no client.
create unique index vault_account_of_owner on vault_account (vault_id, coalesce(client_id, ''), branch);
alter table vault_account
  add constraint vault_account_branch_known check (branch in ('receive', 'change'));
alter table chain_lease
  add constraint chain_lease_resource_bounded check (length(resource) between 1 and 300);
alter table chain_block
  add constraint chain_block_height_real check (height >= 0);
alter table chain_transaction
  add constraint chain_transaction_replacement_real check (replacement between 0 and 100);

-- The content of a transaction never changes, its place among those that replace each other included.
create or replace function guard_chain_transaction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.phase <> 'built' then
      raise exception 'a transaction starts built' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.operation_id, new.attempt, new.chain, new.message, new.conflict_key, new.replacement, new.created_at)
    is distinct from
     (old.id, old.operation_id, old.attempt, old.chain, old.message, old.conflict_key, old.replacement, old.created_at)
    or (old.txid is not null and new.txid is distinct from old.txid)
    or (old.raw is not null and new.raw is distinct from old.raw) then
    raise exception 'transaction %: its content never changes', old.id using errcode = 'CS002';
  end if;
  if new.phase <> old.phase and not (case old.phase
      when 'built' then new.phase in ('releasing', 'signed', 'failed')
      when 'releasing' then new.phase in ('signed', 'failed')
      when 'signed' then new.phase in ('broadcast', 'confirmed', 'failed')
      when 'broadcast' then new.phase in ('confirmed', 'failed')
      else false
    end) then
    raise exception 'transaction %: no way from % to %', old.id, old.phase, new.phase using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What a transaction that may still confirm would use up stays set aside for its operation.
create function guard_chain_lease() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    raise exception 'what is set aside never goes to another operation' using errcode = 'CS002';
  end if;
  if exists (select from chain_transaction t
      where t.operation_id = old.operation_id and t.phase in ('releasing', 'signed', 'broadcast')) then
    raise exception '% is set aside for a transaction that may still confirm', old.resource using errcode = 'CS002';
  end if;
  return old;
end $$;
create trigger guarded before update or delete on chain_lease
  for each row execute function guard_chain_lease();

-- An address, once it is an owner's, is theirs for good.
create function guard_vault_account() returns trigger language plpgsql as $$
begin
  raise exception 'an address stays with its owner' using errcode = 'CS002';
end $$;
create trigger guarded before update on vault_account
  for each row execute function guard_vault_account();
create trigger never_removed before delete or truncate on vault_account
  for each statement execute function refuse_change();
alter table vault_account enable always trigger never_removed;

grant select on vault_account, chain_lease, chain_block to countersign_web, countersign_worker;
grant insert on vault_account, chain_lease, chain_block to countersign_worker;
grant delete on chain_lease, chain_block to countersign_worker;
