-- Why nothing of an asset, or of a whole chain, is paid out. Whoever put the hold there was the worker; it ends by the
-- worker's own word for a token whose contract is right again, and with its incident for a chain.

CREATE TABLE "asset_hold" (
    "id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "asset" TEXT,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "incident" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "asset_hold_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "asset_hold_chain_held_at_idx" ON "asset_hold"("chain", "held_at");

alter table asset_hold add constraint asset_hold_bounded check (
  reason in ('token-differs', 'chain-reorganised') and length(chain) <= 60 and detail ~ '^[a-z][a-z0-9-]{0,59}$'
  and (asset is null or asset ~ '^[A-Z0-9]{2,12}$') and incident ~ '^INC-\d{4}-\d{6,}$'
  and (reason = 'token-differs') = (asset is not null)
  and (ended_at is null or (reason = 'token-differs' and ended_at >= held_at)));

create function guard_asset_hold() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.chain, new.asset, new.reason, new.detail, new.held_at, new.incident)
    is distinct from (old.id, old.chain, old.asset, old.reason, old.detail, old.held_at, old.incident)
    or old.ended_at is not null then
    raise exception 'a hold only ends, once' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on asset_hold
  for each row execute function guard_asset_hold();
create trigger never_removed before delete or truncate on asset_hold
  for each statement execute function refuse_change();
alter table asset_hold enable always trigger never_removed;

revoke all on asset_hold from public, countersign_web, countersign_worker, countersign_ledger;
grant select on asset_hold to countersign_web, countersign_worker;
grant insert on asset_hold to countersign_worker;
grant update (ended_at) on asset_hold to countersign_worker;
