-- Transfers between vaults: an operation kind of its own with a life like a withdrawal's, and a journal
-- that takes from one vault and gives to another.

alter table operation drop constraint operation_kind_known;
alter table operation drop constraint operation_number_shape;
alter table operation
  add constraint operation_kind_known check (kind in (
    'withdrawal', 'key-ceremony', 'key-refresh', 'key-repair', 'key-backup', 'roster-change', 'policy-change',
    'destination-listing', 'destination-removal', 'freeze', 'release', 'revocation', 'proof-of-control',
    'vault-transfer')),
  add constraint operation_number_shape check (
    number ~ '^(WD|KC|KR|KX|KB|RC|PC|DS|DR|FZ|RL|RV|CP|VT)-\d{4}-\d{6,}$'),
  add constraint operation_copies_transfer check (kind <> 'vault-transfer' or coalesce(
    intent::jsonb ->> 'vault' = vault_id
    and intent::jsonb ->> 'asset' = asset
    and intent::jsonb ->> 'amount' = amount::text
    and client_id is null and destination_id is null
    and amount > 0, false));

create sequence operation_number_vt;

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
    when 'vault-transfer' then 'VT'
  end;
begin
  if prefix is null then
    raise exception 'no numbers for operations of kind %', p_kind using errcode = 'CS002';
  end if;
  return numbered(prefix, 'operation_number_' || lower(prefix));
end $$;

-- Whatever sends a transaction goes by the chain to its end; every other kind is done.
create or replace function operation_may_move(kind text, was text, becomes text) returns boolean
language sql immutable as $$
  select case was
    when 'raised' then becomes in ('approved', 'cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'approved' then becomes in ('cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'cosigned' then becomes in ('signing', 'rejected', 'cancelled', 'expired', 'failed', 'held')
      or (becomes in ('waiting', 'done') and kind not in ('withdrawal', 'vault-transfer'))
    -- Over, and the parties are at it: from then on nobody can veto it here.
    when 'waiting' then becomes in ('signing', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    -- Parties date a wait from the transaction they were asked for.
    when 'signing' then becomes in ('waiting', 'expired', 'failed', 'held')
      or (becomes = 'signed' and kind in ('withdrawal', 'vault-transfer'))
      or (becomes = 'done' and kind not in ('withdrawal', 'vault-transfer'))
    when 'signed' then becomes in ('broadcast', 'failed', 'held')
    when 'broadcast' then becomes in ('confirmed', 'failed', 'held')
    -- Confirmed: the chain may turn out to have taken what had been held for a doubt.
    when 'held' then becomes in ('raised', 'rejected', 'cancelled', 'expired', 'failed')
      or (becomes = 'confirmed' and kind in ('withdrawal', 'vault-transfer'))
    else false
  end
$$;

-- ---------------------------------------------------------------- the books

alter table journal drop constraint journal_kind_known;
alter table journal add constraint journal_kind_known check (kind in (
  'withdrawal', 'deposit', 'network-fee', 'own-funds', 'nonce-accounts', 'correction', 'bank-entry',
  'vault-transfer'));

-- What moves between vaults never changes what a client is owed, and belongs to its operation.
create function check_vault_transfer() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from operation o where o.id = new.operation_id and o.kind = 'vault-transfer')
    or exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = new.id and a.kind not in ('vault', 'own-asset', 'own-expense'))
    or coalesce((select sum(p.amount) from posting p join account a on a.id = p.account_id
      where p.journal_id = new.id and a.kind = 'vault'), 1) <> 0 then
    raise exception 'journal %: a transfer moves what one vault holds to another, for its operation', new.id
      using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger moves_between_vaults after insert on journal
  deferrable initially deferred for each row
  when (new.kind = 'vault-transfer') execute function check_vault_transfer();
alter table journal enable always trigger moves_between_vaults;

-- ---------------------------------------------------------------- who may

revoke all on sequence operation_number_vt from public, countersign_web, countersign_worker, countersign_ledger;
grant usage on sequence operation_number_vt to countersign_web;
revoke all on function check_vault_transfer() from public;
