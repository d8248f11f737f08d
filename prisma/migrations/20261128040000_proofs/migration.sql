-- Proofs of reserves and liabilities. A person asks for a snapshot; the worker makes it of a closed
-- position of the books. The keys of vaults then answer for it, by an operation kind of its own.

CREATE TABLE "snapshot_request" (
    "id" UUID NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "snapshot_request_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "reserves_snapshot" (
    "id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "clients" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reserves_snapshot_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "snapshot_seed" (
    "snapshot_id" UUID NOT NULL,
    "seed" BYTEA NOT NULL,

    CONSTRAINT "snapshot_seed_pkey" PRIMARY KEY ("snapshot_id")
);
CREATE TABLE "control_proof" (
    "operation_id" UUID NOT NULL,
    "snapshot_id" UUID NOT NULL,
    "vault_id" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "control_proof_pkey" PRIMARY KEY ("operation_id")
);
CREATE INDEX "snapshot_request_requested_at_id_idx" ON "snapshot_request"("requested_at" DESC, "id");
CREATE UNIQUE INDEX "reserves_snapshot_digest_key" ON "reserves_snapshot"("digest");
CREATE INDEX "control_proof_snapshot_id_idx" ON "control_proof"("snapshot_id");
ALTER TABLE "snapshot_request" ADD CONSTRAINT "snapshot_request_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "reserves_snapshot" ADD CONSTRAINT "reserves_snapshot_id_fkey" FOREIGN KEY ("id") REFERENCES "snapshot_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "snapshot_seed" ADD CONSTRAINT "snapshot_seed_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "reserves_snapshot"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "control_proof" ADD CONSTRAINT "control_proof_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "control_proof" ADD CONSTRAINT "control_proof_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "reserves_snapshot"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "control_proof" ADD CONSTRAINT "control_proof_vault_id_fkey" FOREIGN KEY ("vault_id") REFERENCES "vault"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table reserves_snapshot
  add constraint reserves_snapshot_digest_true check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
  add constraint reserves_snapshot_copies_document check (coalesce(
    document::jsonb ->> 'type' = 'countersign/reserves-snapshot/v1'
    and document::jsonb ->> 'snapshot' = id::text, false)),
  add constraint reserves_snapshot_bounded check (clients >= 0 and length(document) <= 4000000);
alter table snapshot_seed add constraint snapshot_seed_whole check (length(seed) = 32);
alter table control_proof add constraint control_proof_whole check (length(signature) = 64);

-- A signature is kept for the operation that asked for it, its vault and the snapshot it names.
create function guard_control_proof() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from operation o join reserves_snapshot s on s.id = new.snapshot_id
      where o.id = new.operation_id and o.kind = 'proof-of-control' and o.state = 'done'
        and o.intent::jsonb ->> 'vault' = new.vault_id
        and o.intent::jsonb -> 'challenge' ->> 'snapshotDigest' = s.digest) then
    raise exception 'a signature goes with the proof of control that it was made for' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on control_proof for each row execute function guard_control_proof();
alter table control_proof enable always trigger guarded;

-- The seed opens every leaf. It may be destroyed, after which nobody gets a proof any more; it never
-- becomes another one.
create trigger never_changes before update or truncate on snapshot_seed
  for each statement execute function refuse_change();
alter table snapshot_seed enable always trigger never_changes;

do $$
declare
  name text;
begin
  foreach name in array array['snapshot_request', 'reserves_snapshot', 'control_proof'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- the kind of operation

alter table operation drop constraint operation_kind_known;
alter table operation drop constraint operation_number_shape;
alter table operation
  add constraint operation_kind_known check (kind in (
    'withdrawal', 'key-ceremony', 'key-refresh', 'key-repair', 'key-backup', 'roster-change', 'policy-change',
    'destination-listing', 'destination-removal', 'freeze', 'release', 'revocation', 'proof-of-control')),
  add constraint operation_number_shape check (
    number ~ '^(WD|KC|KR|KX|KB|RC|PC|DS|DR|FZ|RL|RV|CP)-\d{4}-\d{6,}$');

create sequence operation_number_cp;

create or replace function next_operation_number(p_kind text) returns text language plpgsql volatile
set search_path = public, pg_temp as $$
declare
  prefix text := case p_kind
    when 'withdrawal' then 'WD'
    when 'key-ceremony' then 'KC'
    when 'key-refresh' then 'KR'
    when 'key-repair' then 'KX'
    when 'key-backup' then 'KB'
    when 'roster-change' then 'RC'
    when 'policy-change' then 'PC'
    when 'destination-listing' then 'DS'
    when 'destination-removal' then 'DR'
    when 'freeze' then 'FZ'
    when 'release' then 'RL'
    when 'revocation' then 'RV'
    when 'proof-of-control' then 'CP'
  end;
begin
  if prefix is null then
    raise exception 'no numbers for operations of kind %', p_kind using errcode = 'CS002';
  end if;
  return numbered(prefix, 'operation_number_' || lower(prefix));
end $$;

-- ---------------------------------------------------------------- who may

revoke all on snapshot_request, reserves_snapshot, snapshot_seed, control_proof
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on sequence operation_number_cp from public, countersign_web, countersign_worker, countersign_ledger;
grant select on snapshot_request, reserves_snapshot, snapshot_seed, control_proof
  to countersign_web, countersign_worker;
grant insert on snapshot_request to countersign_web;
grant insert on reserves_snapshot, snapshot_seed, control_proof to countersign_worker;
grant usage on sequence operation_number_cp to countersign_web;
