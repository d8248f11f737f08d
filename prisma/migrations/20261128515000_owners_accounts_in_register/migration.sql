-- Where every owner has addresses of their own within a vault, the vault's address is the custodian's own account, and
-- the others are each of one client. A register that says otherwise of one of them is refused. On Solana a vault's
-- address stays the one of all clients together.
create or replace function guard_address_class() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_vault boolean := exists (select from vault v where v.chain = new.chain and v.address = new.address);
  of_vault text := case when new.chain like 'solana:%' then 'client-omnibus' else 'own' end;
begin
  perform pg_advisory_xact_lock(hashtextextended('address classes', 0));
  if (select count(*) from address_class) >= 10000 then
    raise exception 'the register of addresses is full' using errcode = 'CS002';
  end if;
  if not is_about_now(new.recorded_at) or (is_vault and new.owner_class <> of_vault)
    or exists (select from vault_account a join vault v on v.id = a.vault_id
      where a.address = new.address and v.chain = new.chain
        and (new.owner_class <> case when a.client_id is null then 'own' else 'client-segregated' end
          or new.client_id is distinct from a.client_id))
    or (new.owner_class <> 'own' and not is_vault and (
      exists (select from nonce_account n where n.address = new.address)
      or exists (select from own_cursor o where o.chain = new.chain and o.address = new.address))) then
    raise exception 'address %: it has another owner class', new.address using errcode = 'CS002';
  end if;
  return new;
end $$;

-- A check keeps every owner's account that it looked at, and what lies there and is owed by the books: 40,000 accounts
-- and 60,000 amounts of each kind at most, which come to about 15 MB.
alter table segregation_check drop constraint segregation_check_bounded;
alter table segregation_check add constraint segregation_check_bounded check (
  octet_length(inputs) <= 33554432 and length(started_by) <= 40 and jsonb_typeof(breaches) = 'array'
  and found = jsonb_array_length(breaches) and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));
