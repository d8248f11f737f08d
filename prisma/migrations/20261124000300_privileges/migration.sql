-- Who may do what. Three roles beside the owner of the schema:
--   countersign_web     the web server: records what people state, asks for holds
--   countersign_worker  the worker: moves what has been stated, posts the ledger
--   countersign_ledger  nobody signs in as it; owns the ledger's functions, and only it writes the books
-- Passwords are set by the program that starts the system (lib/platform/db/roles.ts).

do $$
declare
  name text;
begin
  foreach name in array array['countersign_web', 'countersign_worker', 'countersign_ledger'] loop
    begin
      if not exists (select from pg_roles where rolname = name) then
        execute format('create role %I nologin', name);
      end if;
    exception when duplicate_object or unique_violation then
      -- Another database of the same server is being migrated at this moment and was first.
      null;
    end;
  end loop;
  -- An owner that is no superuser can hand functions only to a role it belongs to.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant countersign_ledger to %I', current_user);
  end if;
end $$;

revoke all on schema public from public;
grant usage on schema public to countersign_web, countersign_worker, countersign_ledger;
revoke all on all tables in schema public from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on all sequences in schema public from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on all functions in schema public from public, countersign_web, countersign_worker;
alter default privileges revoke execute on functions from public;

-- ---------------------------------------------------------------- the ledger's functions

grant select on operation, client, vault to countersign_ledger;
grant select, insert on account, journal, posting, hold, hold_resolution to countersign_ledger;
-- The identifying columns stay out: a guard would refuse them anyway.
grant update (debits, credits, held, version) on account to countersign_ledger;
grant usage on sequence journal_id_seq to countersign_ledger;

grant create on schema public to countersign_ledger;
alter function ledger_open_account(text, text, text, text, text) owner to countersign_ledger;
alter function ledger_hold_repeats(hold, uuid, text, numeric) owner to countersign_ledger;
alter function ledger_hold(uuid, uuid, text, numeric) owner to countersign_ledger;
alter function ledger_void(uuid, text) owner to countersign_ledger;
alter function ledger_compare_journal(journal, text, uuid, uuid, text[], numeric[], text, bigint) owner to countersign_ledger;
alter function ledger_lock_accounts(hold, text[], numeric[]) owner to countersign_ledger;
alter function ledger_refuse_hold(hold, uuid, text[], numeric[]) owner to countersign_ledger;
alter function ledger_refuse_content(text, uuid, uuid, text[], numeric[], bigint) owner to countersign_ledger;
alter function ledger_post(text, text, uuid, uuid, jsonb, text, bigint) owner to countersign_ledger;
revoke create on schema public from countersign_ledger;

-- Withdrawals are held by who records them and given back by who ends them; only the worker posts.
grant execute on function ledger_hold(uuid, uuid, text, numeric) to countersign_web;
grant execute on function ledger_void(uuid, text) to countersign_web, countersign_worker;
grant execute on function ledger_open_account(text, text, text, text, text) to countersign_worker;
grant execute on function ledger_post(text, text, uuid, uuid, jsonb, text, bigint) to countersign_worker;

-- The guards run as whoever writes.
grant execute on function operation_may_move(text, text, text) to countersign_web, countersign_worker;

-- ---------------------------------------------------------------- the web server

grant select on
  operator, credential, invitation, challenge, login_ticket, session,
  genesis, genesis_statement, roster_version, policy_version, party_adoption,
  operation, operation_note, operation_statement, chain_transaction,
  client, destination, mpc_key, vault, nonce_account, deposit,
  account, journal, posting, hold, hold_resolution,
  audit_entry, heartbeat
  to countersign_web;

grant insert on
  operator, credential, invitation, challenge, login_ticket, session,
  genesis, genesis_statement,
  operation, operation_note, operation_statement,
  client, destination
  to countersign_web;
-- The transaction id is the database's to say.
grant insert (kind, subject, actor, at, leaf, leaf_hash) on audit_entry to countersign_web;
grant usage on sequence operation_statement_id_seq, audit_entry_id_seq,
  operation_number_wd, operation_number_kc, operation_number_rc, operation_number_ds to countersign_web;
grant execute on function next_operation_number(text) to countersign_web;

grant update (display_name, status) on operator to countersign_web;
grant update (sign_count, backed_up, last_used_at, label, status) on credential to countersign_web;
grant update (used_at) on invitation to countersign_web;
grant update (consumed_at) on challenge to countersign_web;
grant update (used_at) on login_ticket to countersign_web;
grant update (last_seen_at, revoked_at, revoked_reason) on session to countersign_web;
grant update (state) on genesis to countersign_web;
grant update (label, state, operation_id) on destination to countersign_web;
grant update (state, state_changed_at, revision, attempt, roster_version, policy_version, policy_rule, needs,
  expires_at, stop_code, stop_party, stop_sentence) on operation to countersign_web;

-- ---------------------------------------------------------------- the worker

grant select on
  operator, credential, challenge, login_ticket, session,
  genesis, genesis_statement, roster_version, policy_version, party_adoption,
  operation, operation_note, operation_statement, chain_transaction,
  client, destination, mpc_key, vault, nonce_account, deposit, deposit_cursor,
  account, journal, posting, hold, hold_resolution,
  audit_entry, heartbeat
  to countersign_worker;

grant insert on
  roster_version, policy_version, party_adoption,
  chain_transaction, mpc_key, vault, nonce_account, deposit, deposit_cursor, heartbeat
  to countersign_worker;
grant insert (kind, subject, actor, at, leaf, leaf_hash) on audit_entry to countersign_worker;
grant usage on sequence audit_entry_id_seq to countersign_worker;

grant update (roles, "group", status) on operator to countersign_worker;
grant update (status) on credential to countersign_worker;
grant update (revoked_at, revoked_reason) on session to countersign_worker;
grant update (state, pinned_at) on genesis to countersign_worker;
grant update (state, state_changed_at, revision, stop_code, stop_party, stop_sentence) on operation to countersign_worker;
grant update (txid, raw, phase, slot, error, signed_at, broadcast_at, confirmed_at) on chain_transaction
  to countersign_worker;
grant update (state, listed_at) on destination to countersign_worker;
grant update (operation_id) on nonce_account to countersign_worker;
grant update (txid, updated_at) on deposit_cursor to countersign_worker;
grant update (at, detail) on heartbeat to countersign_worker;
-- What has expired may go; a trigger keeps the rest.
grant delete on challenge, login_ticket to countersign_worker;
