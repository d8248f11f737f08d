-- What an owner's account held at the newest final block that was looked at, so that a balance which no movement
-- explains opens one incident and not one in each round.

CREATE TABLE "account_balance" (
    "address" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "height" BIGINT NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "unexplained_at" TIMESTAMPTZ(3),
    "incident" TEXT,

    CONSTRAINT "account_balance_pkey" PRIMARY KEY ("address","asset")
);
ALTER TABLE "account_balance" ADD CONSTRAINT "account_balance_address_fkey" FOREIGN KEY ("address") REFERENCES "vault_account"("address") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table account_balance add constraint account_balance_bounded check (
  height >= 0 and amount >= 0 and asset ~ '^[A-Z0-9]{2,12}$' and (unexplained_at is null) = (incident is null)
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));

create function guard_account_balance() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.address <> old.address or new.asset <> old.asset or new.height < old.height then
    raise exception 'a balance is looked at anew, further up the chain' using errcode = 'CS002';
  end if;
  if old.unexplained_at is not null and (new.unexplained_at is null or new.unexplained_at < old.unexplained_at) then
    raise exception 'that a balance was not explained stays on record' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on account_balance
  for each row execute function guard_account_balance();
create trigger never_removed before delete or truncate on account_balance
  for each statement execute function refuse_change();
alter table account_balance enable always trigger never_removed;

revoke all on account_balance from public, countersign_web, countersign_worker, countersign_ledger;
grant select on account_balance to countersign_web, countersign_worker;
grant insert on account_balance to countersign_worker;
grant update (height, amount, unexplained_at, incident) on account_balance to countersign_worker;

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'unexplained-balance', 'chain-reorganised',
    'token-differs', 'deposit-reversed', 'assets-mixed', 'correction-unproved', 'break-over-limit',
    'break-closing-unproved', 'signature-unproved', 'major-dropped', 'key-refused'));

create or replace function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow',
    'unexplained-balance', 'chain-reorganised', 'token-differs', 'deposit-reversed', 'assets-mixed',
    'correction-unproved', 'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped',
    'key-refused'] $$;
