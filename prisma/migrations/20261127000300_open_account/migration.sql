-- Opening an account that somebody else opens at the same time.
--
-- The account's name is unique by itself and together with its asset. With one of the two named as
-- the one to look out for, a rival that comes between the look and the insert is still an error on
-- the other. Without a name both are looked out for.

create or replace function ledger_open_account(p_id text, p_kind text, p_asset text, p_client text, p_vault text)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  found_account account%rowtype;
begin
  if p_client is not null and not exists (select from client where id = p_client) then return 'no_client'; end if;
  if p_vault is not null and not exists (select from vault where id = p_vault) then return 'no_vault'; end if;
  insert into account (id, kind, asset, client_id, vault_id)
    values (p_id, p_kind, p_asset, p_client, p_vault) on conflict do nothing;
  if found then return 'opened'; end if;
  select * into strict found_account from account where id = p_id;
  return case
    when found_account.kind <> p_kind then 'exists_with_different_kind'
    when found_account.asset <> p_asset then 'exists_with_different_asset'
    when found_account.client_id is distinct from p_client then 'exists_with_different_client'
    when found_account.vault_id is distinct from p_vault then 'exists_with_different_vault'
    else 'exists'
  end;
end $$;
