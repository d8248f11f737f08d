-- What two people decide about a chain that stands still: that it goes on, or that the worker reads it anew from the last
-- block that it still has. Until now a chain's hold ended with its incident, which one person closes.

CREATE TABLE "chain_decision" (
    "id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "first_by" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "second_by" TEXT,
    "second_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "chain_decision_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "chain_decision_hold_id_kind_idx" ON "chain_decision"("hold_id", "kind");
ALTER TABLE "chain_decision" ADD CONSTRAINT "chain_decision_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "asset_hold"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "chain_decision" ADD CONSTRAINT "chain_decision_first_by_fkey" FOREIGN KEY ("first_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "chain_decision" ADD CONSTRAINT "chain_decision_second_by_fkey" FOREIGN KEY ("second_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table chain_decision add constraint chain_decision_bounded check (
  kind in ('go-on', 'read-anew')
  and (second_by is null) = (second_at is null) and second_by <> first_by
  and second_at >= first_at and second_at <= first_at + interval '1 hour'
  and (used_at is null or (kind = 'read-anew' and second_at is not null and used_at >= second_at)));

create function guard_chain_decision() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.second_by is not null or new.used_at is not null then
      raise exception 'a decision about a chain starts with one person' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.hold_id, new.kind, new.first_by, new.first_at)
    is distinct from (old.id, old.hold_id, old.kind, old.first_by, old.first_at)
    or (old.second_by is not null and (new.second_by, new.second_at) is distinct from (old.second_by, old.second_at))
    or old.used_at is not null then
    raise exception 'what was decided about a chain stays' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on chain_decision
  for each row execute function guard_chain_decision();
create trigger never_removed before delete or truncate on chain_decision
  for each statement execute function refuse_change();
alter table chain_decision enable always trigger never_removed;

revoke all on chain_decision from public, countersign_web, countersign_worker, countersign_ledger;
grant select on chain_decision to countersign_web, countersign_worker;
grant insert on chain_decision to countersign_web;
grant update (second_by, second_at) on chain_decision to countersign_web;
grant update (used_at) on chain_decision to countersign_worker;

-- Holds that were over by the rule until now stay over.
alter table asset_hold drop constraint asset_hold_bounded;
alter table asset_hold add constraint asset_hold_bounded check (
  reason in ('token-differs', 'chain-reorganised') and length(chain) <= 60 and detail ~ '^[a-z][a-z0-9-]{0,59}$'
  and (asset is null or asset ~ '^[A-Z0-9]{2,12}$') and incident ~ '^INC-\d{4}-\d{6,}$'
  and (reason = 'token-differs') = (asset is not null)
  and ended_at >= held_at);
update asset_hold h set ended_at = greatest(h.held_at, now())
  from incident_standing s
  where s.number = h.incident and s.state in ('closed', 'dropped')
    and h.reason = 'chain-reorganised' and h.ended_at is null;

create or replace function guard_asset_hold() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.chain, new.asset, new.reason, new.detail, new.held_at, new.incident)
    is distinct from (old.id, old.chain, old.asset, old.reason, old.detail, old.held_at, old.incident)
    or old.ended_at is not null then
    raise exception 'a hold only ends, once' using errcode = 'CS002';
  end if;
  if new.reason <> 'token-differs' then
    raise exception 'two people let a chain go on' using errcode = 'CS002';
  end if;
  return new;
end $$;
