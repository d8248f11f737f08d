-- Proofs of clients that take longer than a page may: somebody asks, the worker makes them, and they are kept for some
-- days. The same proof can be made again at any time while the seed of its snapshot is there.

CREATE TABLE "client_proof" (
    "snapshot_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "fault" TEXT,
    "document" TEXT,

    CONSTRAINT "client_proof_pkey" PRIMARY KEY ("snapshot_id","client_id")
);
CREATE INDEX "client_proof_ended_at_idx" ON "client_proof"("ended_at");
ALTER TABLE "client_proof" ADD CONSTRAINT "client_proof_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "reserves_snapshot"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "client_proof" ADD CONSTRAINT "client_proof_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "client_proof" ADD CONSTRAINT "client_proof_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table client_proof
  add constraint client_proof_whole check (
    case when ended_at is null then fault is null and document is null
      else (fault is null) <> (document is null) end),
  add constraint client_proof_fault_known check (fault in ('not-in-snapshot', 'seed-gone', 'books')),
  add constraint client_proof_copies_document check (coalesce(document is null or (
    document::jsonb ->> 'type' = 'countersign/liability-proof/v1' and document::jsonb ->> 'client' = client_id), false)),
  add constraint client_proof_bounded check (length(document) <= 20000000);

-- Asked for now and by few; ended once. The web server can neither fill the table nor date itself before others.
create function guard_client_proof() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.snapshot_id, new.client_id, new.requested_by, new.requested_at)
        is distinct from (old.snapshot_id, old.client_id, old.requested_by, old.requested_at)
      or old.ended_at is not null or new.ended_at is null then
      raise exception 'a proof that was asked for ends once' using errcode = 'CS002';
    end if;
    if new.document is not null and not exists (select from reserves_snapshot s
        where s.id = new.snapshot_id and s.digest = new.document::jsonb ->> 'snapshotDigest') then
      raise exception 'a proof is of the snapshot that it was asked for' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if new.ended_at is not null then
    raise exception 'a proof starts by waiting' using errcode = 'CS002';
  end if;
  if current_user <> 'countersign_web' then return new; end if;
  if not is_about_now(new.requested_at) then
    raise exception 'a proof is asked for now' using errcode = 'CS002';
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'requests are written at read committed' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('client proofs', 0));
  -- The same as in lib/operations/proofs/request-client-proof.ts.
  if (select count(*) from client_proof where ended_at is null) >= 200
      or (select count(*) from client_proof) >= 5000 then
    raise exception 'there are enough proofs for now' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on client_proof for each row execute function guard_client_proof();
alter table client_proof enable always trigger guarded;

create trigger never_emptied before truncate on client_proof
  for each statement execute function refuse_change();
alter table client_proof enable always trigger never_emptied;

revoke all on client_proof from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_client_proof() from public;
grant select on client_proof to countersign_web, countersign_worker;
grant insert (snapshot_id, client_id, requested_by, requested_at) on client_proof to countersign_web;
grant update (ended_at, fault, document), delete on client_proof to countersign_worker;
