-- What the worker has to remember about a chain: which chain it is, how far the history of the
-- custodian's own account is booked, and the secret seeds of nonce accounts that are being made.

-- CreateTable
CREATE TABLE "nonce_seed" (
    "address" TEXT NOT NULL,
    "vault_id" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "nonce_seed_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "chain_identity" (
    "chain" TEXT NOT NULL,
    "genesis_hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_identity_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "own_cursor" (
    "chain" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "txid" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "own_cursor_pkey" PRIMARY KEY ("chain","address")
);

-- CreateIndex
CREATE UNIQUE INDEX "nonce_seed_seed_key" ON "nonce_seed"("seed");

-- CreateIndex
CREATE INDEX "nonce_seed_vault_id_state_idx" ON "nonce_seed"("vault_id", "state");

-- AddForeignKey
ALTER TABLE "nonce_seed" ADD CONSTRAINT "nonce_seed_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- what a row may say

alter table nonce_seed
  add constraint nonce_seed_state_known check (state in ('planned', 'made', 'taken')),
  add constraint nonce_seed_shape check (seed ~ '^[a-z0-9-]{20,32}$');
alter table chain_identity
  add constraint chain_identity_shape check (genesis_hash ~ '^[1-9A-HJ-NP-Za-km-z]{32,44}$');

-- The chain on record is the one the vaults live on: it is never another one.
create trigger append_only before update or delete or truncate on chain_identity
  for each statement execute function refuse_change();
alter table chain_identity enable always trigger append_only;

create function guard_nonce_seed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'planned' then
      raise exception 'a nonce seed starts planned' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.address, new.vault_id, new.seed, new.planned_at)
    is distinct from (old.address, old.vault_id, old.seed, old.planned_at)
    or (new.state <> old.state and old.state <> 'planned') then
    raise exception 'nonce seed %: planned once, made or given up once', old.address using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on nonce_seed
  for each row execute function guard_nonce_seed();

-- ---------------------------------------------------------------- who may do what

-- A seed is secret until its account exists: whoever knows it can occupy the address first.
grant select, insert on nonce_seed to countersign_worker;
grant update (state) on nonce_seed to countersign_worker;
grant select, insert on chain_identity, own_cursor to countersign_worker;
grant update (txid, updated_at) on own_cursor to countersign_worker;
grant select on chain_identity to countersign_web;
