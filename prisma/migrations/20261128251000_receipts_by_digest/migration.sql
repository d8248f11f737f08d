-- What a holder says is kept beside what was kept under its name before: bad rows, which nobody can take away, are
-- then in nobody's way. A good one that they hide, because the newest are read, can be kept again.
alter table vault_receipt add column digest text;

-- Rows of before get theirs in the same transaction that guards them again.
alter table vault_receipt disable trigger append_only;
update vault_receipt set digest = encode(sha256(convert_to(document, 'UTF8')), 'hex');
alter table vault_receipt enable always trigger append_only;

alter table vault_receipt alter column digest set not null;
alter table vault_receipt drop constraint vault_receipt_pkey;
alter table vault_receipt add constraint vault_receipt_pkey primary key (key_id, party, digest, kept_at);
alter table vault_receipt add constraint vault_receipt_digest_of_document check (
  digest = encode(sha256(convert_to(document, 'UTF8')), 'hex'));

-- The newest are read first, so that none dates itself before those that come after it.
create function date_vault_receipt() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.kept_at := clock_timestamp();
  return new;
end $$;
create trigger dated before insert on vault_receipt for each row execute function date_vault_receipt();
alter table vault_receipt enable always trigger dated;
revoke all on function date_vault_receipt() from public;
