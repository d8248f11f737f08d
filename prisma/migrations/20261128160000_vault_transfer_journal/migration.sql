-- A journal about a transfer between vaults moves what its operation says, and there is one for each.

create unique index journal_one_per_transfer on journal (operation_id) where kind = 'vault-transfer';

create or replace function check_vault_transfer() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  said jsonb;
begin
  select o.intent::jsonb into said from operation o where o.id = new.operation_id and o.kind = 'vault-transfer';
  if said is null
    or exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = new.id and a.kind not in ('vault', 'own-asset', 'own-expense'))
    -- What vaults give and get is one amount of one asset, from the one that people named to the other.
    or (select array_agg((a.vault_id, p.asset, p.amount) order by p.amount) from posting p
        join account a on a.id = p.account_id where p.journal_id = new.id and a.kind = 'vault')
      is distinct from array[
        (said ->> 'vault', said ->> 'asset', -(said ->> 'amount')::numeric),
        (said -> 'destination' ->> 'vault', said ->> 'asset', (said ->> 'amount')::numeric)]
  then
    raise exception 'journal %: a transfer moves what its operation says from one vault to the other', new.id
      using errcode = 'CS004';
  end if;
  return null;
end $$;
