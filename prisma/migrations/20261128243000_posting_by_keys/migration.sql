-- A journal is written with less work in the database; what is checked stays the same.

-- Tables that are small or were never counted look cheap to read from end to end, and a plan that does so is kept
-- for as long as the connection. Whatever this function reads it finds by a key.
alter function ledger_post(text, text, uuid, boolean, text[], numeric[], text, bigint, text, timestamptz, bytea, bytea)
  set enable_seqscan = off;

-- The conditions on one journal, as they were, in a function: a condition of a table is read from its text once
-- for each statement, which took longer than writing the row.
create function journal_sound(idempotency_key text, kind text, content_digest text, corrects bigint) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return length(idempotency_key) between 1 and 300
    and kind in ('withdrawal', 'deposit', 'network-fee', 'own-funds', 'nonce-accounts', 'correction', 'bank-entry',
      'vault-transfer')
    and content_digest ~ '^[0-9a-f]{64}$'
    and (kind in ('correction', 'bank-entry') or corrects is null)
    and (kind <> 'correction' or corrects is not null
      or idempotency_key ~ '^correction:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$');
end $$;
revoke all on function journal_sound(text, text, text, bigint) from public;
grant execute on function journal_sound(text, text, text, bigint) to countersign_ledger;
alter table journal
  drop constraint journal_key_bounded,
  drop constraint journal_digest_shape,
  drop constraint journal_kind_known,
  drop constraint journal_correction_names_one,
  add constraint journal_sound check (journal_sound(idempotency_key, kind, content_digest, corrects));
