-- Settled payments that their chain took back, one line each time: the incident is one for all of them, so that a node
-- that says wrong things opens one. A line is open until the payment is final again.

CREATE TABLE "undone_settlement" (
    "id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "incident" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_by" TEXT,
    "back_at" TIMESTAMPTZ(3),

    CONSTRAINT "undone_settlement_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "undone_settlement_transaction_id_idx" ON "undone_settlement"("transaction_id");
ALTER TABLE "undone_settlement" ADD CONSTRAINT "undone_settlement_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "chain_transaction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

create unique index undone_settlement_open_once on undone_settlement (transaction_id) where back_at is null;
alter table undone_settlement add constraint undone_settlement_bounded check (
  incident ~ '^INC-\d{4}-\d{6,}$' and length(superseded_by) between 1 and 100 and back_at >= found_at);

create function guard_undone_settlement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.transaction_id, new.incident, new.found_at)
    is distinct from (old.id, old.transaction_id, old.incident, old.found_at)
    or old.back_at is not null then
    raise exception 'what was taken back only comes again, once' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on undone_settlement
  for each row execute function guard_undone_settlement();
create trigger never_removed before delete or truncate on undone_settlement
  for each statement execute function refuse_change();
alter table undone_settlement enable always trigger never_removed;

revoke all on undone_settlement from public, countersign_web, countersign_worker, countersign_ledger;
grant select on undone_settlement to countersign_web, countersign_worker;
grant insert on undone_settlement to countersign_worker;
grant update (superseded_by, back_at) on undone_settlement to countersign_worker;
