-- What a row may say and how it may change. Written by hand: Prisma's schema can't express it.
-- Error codes of our own: CS001 append-only, CS002 not a legal change, CS003 journal doesn't balance,
-- CS004 an operation and its hold disagree. Functions that read tables fix their search path, so that
-- no session can slip them a table of its own.

-- ---------------------------------------------------------------- what a row may say

alter table operator
  add constraint operator_status_known check (status in ('invited', 'pending', 'active', 'suspended')),
  add constraint operator_group_known check ("group" is null or "group" in ('control', 'custody', 'recovery')),
  add constraint operator_roles_known check (
    roles <@ array['officer', 'administrator', 'dpo', 'manager', 'auditor']::text[]),
  add constraint operator_name_bounded check (length(display_name) between 1 and 200);

alter table credential
  add constraint credential_status_known check (status in ('pending', 'active', 'revoked')),
  add constraint credential_count_counts check (sign_count >= 0),
  add constraint credential_bounded check (
    length(id) <= 1400 and octet_length(public_key) <= 2048 and octet_length(attestation) <= 32768);

alter table challenge
  add constraint challenge_lasts check (expires_at > created_at),
  add constraint challenge_bounded check (octet_length(document) <= 2097152 and length(purpose) <= 40);

alter table invitation add constraint invitation_lasts check (expires_at > created_at);
alter table session add constraint session_lasts check (expires_at > created_at);

alter table genesis
  add constraint genesis_state_known check (state in ('collecting', 'signed', 'pinned')),
  add constraint genesis_digest_true check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex'));
alter table roster_version
  add constraint roster_version_counts check (version >= 1),
  add constraint roster_digest_true check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex'));
alter table policy_version
  add constraint policy_version_counts check (version >= 1),
  add constraint policy_digest_true check (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex'));

alter table operation
  add constraint operation_kind_known check (
    kind in ('withdrawal', 'key-ceremony', 'roster-change', 'destination-listing')),
  add constraint operation_state_known check (state in (
    'raised', 'approved', 'cosigned', 'signing', 'signed', 'broadcast', 'confirmed', 'done',
    'rejected', 'cancelled', 'expired', 'failed', 'held')),
  add constraint operation_number_shape check (number ~ '^(WD|KC|RC|DS)-\d{4}-\d{6,}$'),
  add constraint operation_counts check (attempt between 1 and 100 and revision >= 1),
  add constraint operation_digest_true check (digest = encode(sha256(convert_to(intent, 'UTF8')), 'hex')),
  -- The columns for lists can't tell another story than the document that people signed.
  add constraint operation_copies_intent check (coalesce(
    intent::jsonb ->> 'kind' = kind
    and intent::jsonb ->> 'operation' = id::text
    and (kind <> 'withdrawal' or (
      intent::jsonb ->> 'client' = client_id
      and intent::jsonb ->> 'vault' = vault_id
      and intent::jsonb ->> 'asset' = asset
      and intent::jsonb ->> 'amount' = amount::text
      and intent::jsonb -> 'destination' ->> 'id' = destination_id
      and amount > 0)), false));

alter table operation_note
  add constraint operation_note_kind_known check (kind in ('reason', 'rejection')),
  add constraint operation_note_bounded check (length(text) <= 4000);

alter table operation_statement
  add constraint operation_statement_decision_known check (
    decision in ('raise', 'approve', 'cosign', 'reject', 'cancel')),
  add constraint operation_statement_copies_document check (coalesce(
    document::jsonb ->> 'operation' = operation_id::text
    and document::jsonb ->> 'person' = person_id
    and document::jsonb ->> 'decision' = decision
    and document::jsonb ->> 'attempt' = attempt::text, false));
-- A person counts once per attempt, whatever they say yes to.
create unique index operation_statement_person_counts_once
  on operation_statement (operation_id, attempt, person_id)
  where decision in ('raise', 'approve', 'cosign');

alter table chain_transaction
  add constraint chain_transaction_phase_known check (
    phase in ('built', 'releasing', 'signed', 'broadcast', 'confirmed', 'failed')),
  add constraint chain_transaction_known_before_sent check (
    phase in ('built', 'releasing', 'failed') or (txid is not null and raw is not null));
create unique index chain_transaction_confirms_once
  on chain_transaction (operation_id) where phase = 'confirmed';

alter table destination
  add constraint destination_state_known check (state in ('proposed', 'listed', 'removed'));
alter table mpc_key
  add constraint mpc_key_threshold_real check (threshold >= 2 and threshold <= cardinality(parties));
alter table vault add constraint vault_tier_known check (tier in ('hot', 'warm', 'cold'));
alter table deposit add constraint deposit_amount_positive check (amount > 0);

-- What never changes about an account is checked once, by the trigger on its insertion (next migration).
alter table account
  add constraint account_totals_non_negative check (debits >= 0 and credits >= 0 and held >= 0),
  add constraint account_holds_on_clients_only check (kind = 'client' or held = 0),
  -- What a client can still ask for is never less than nothing.
  add constraint account_client_never_overdrawn check (kind <> 'client' or credits - debits - held >= 0);

alter table journal
  add constraint journal_kind_known check (
    kind in ('withdrawal', 'deposit', 'network-fee', 'own-funds', 'correction')),
  add constraint journal_key_bounded check (length(idempotency_key) between 1 and 300),
  add constraint journal_digest_shape check (content_digest ~ '^[0-9a-f]{64}$'),
  add constraint journal_correction_names_one check ((kind = 'correction') = (corrects is not null));
alter table posting add constraint posting_moves_something check (amount <> 0 and line >= 1);
alter table hold add constraint hold_amount_positive check (amount > 0);
alter table hold_resolution
  add constraint hold_resolution_outcome_known check (outcome in ('posted', 'voided', 'expired')),
  add constraint hold_resolution_names_journal check ((outcome = 'posted') = (journal_id is not null));

alter table audit_entry
  add constraint audit_entry_bounded check (
    octet_length(leaf) between 2 and 8192
    and length(kind) between 1 and 60 and length(subject) between 1 and 200 and length(actor) between 1 and 60),
  -- RFC 6962: a leaf's hash starts with a zero byte, so that no inner node can pass for a leaf.
  add constraint audit_entry_hash_true check (leaf_hash = sha256('\x00'::bytea || leaf));

-- ---------------------------------------------------------------- rows that never change

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'CS001';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['posting', 'journal', 'hold', 'hold_resolution', 'audit_entry', 'deposit',
    'operation_statement', 'genesis_statement', 'roster_version', 'policy_version', 'party_adoption']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    -- Also for sessions that switched ordinary triggers off, as a replica does.
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  -- Rows that do change are still never taken away.
  foreach name in array array['operation', 'account', 'chain_transaction', 'client', 'mpc_key', 'vault', 'genesis']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- things used once

-- Argument: the column that says when it was used. Once it does, the row stays as it is.
create function refuse_second_use() returns trigger language plpgsql as $$
begin
  if to_jsonb(old) ->> tg_argv[0] is not null then
    raise exception '% was already used', tg_table_name using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger used_once before update on challenge
  for each row execute function refuse_second_use('consumed_at');
create trigger used_once before update on login_ticket
  for each row execute function refuse_second_use('used_at');
create trigger used_once before update on invitation
  for each row execute function refuse_second_use('used_at');
create trigger revoked_once before update on session
  for each row execute function refuse_second_use('revoked_at');

create function refuse_early_removal() returns trigger language plpgsql as $$
begin
  if old.expires_at > now() then
    raise exception '% has not expired yet', tg_table_name using errcode = 'CS002';
  end if;
  return old;
end $$;
create trigger removed_when_expired before delete on challenge
  for each row execute function refuse_early_removal();
create trigger removed_when_expired before delete on login_ticket
  for each row execute function refuse_early_removal();

-- ---------------------------------------------------------------- life of an operation

create function operation_may_move(kind text, was text, becomes text) returns boolean
language sql immutable as $$
  select case was
    when 'raised' then becomes in ('approved', 'cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'approved' then becomes in ('cosigned', 'rejected', 'cancelled', 'expired', 'failed', 'held')
    when 'cosigned' then becomes in ('signing', 'rejected', 'cancelled', 'expired', 'failed', 'held')
      or (becomes = 'done' and kind <> 'withdrawal')
    when 'signing' then becomes in ('expired', 'failed', 'held')
      or (becomes = 'signed' and kind = 'withdrawal') or (becomes = 'done' and kind <> 'withdrawal')
    when 'signed' then becomes in ('broadcast', 'failed', 'held')
    when 'broadcast' then becomes in ('confirmed', 'failed', 'held')
    -- Confirmed: the chain may turn out to have taken what had been held for a doubt.
    when 'held' then becomes in ('raised', 'rejected', 'cancelled', 'expired', 'failed')
      or (becomes = 'confirmed' and kind = 'withdrawal')
    else false
  end
$$;

create function guard_operation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  is_new_attempt boolean := old.state = 'held' and new.state = 'raised';
begin
  if (new.id, new.number, new.kind, new.intent, new.digest, new.raised_by, new.raised_at,
      new.client_id, new.vault_id, new.destination_id, new.asset, new.amount)
    is distinct from
     (old.id, old.number, old.kind, old.intent, old.digest, old.raised_by, old.raised_at,
      old.client_id, old.vault_id, old.destination_id, old.asset, old.amount) then
    raise exception 'operation %: its content never changes', old.number using errcode = 'CS002';
  end if;
  if new.revision <> old.revision + 1 then
    raise exception 'operation %: revision must go from % to %', old.number, old.revision, old.revision + 1
      using errcode = 'CS002';
  end if;
  if old.state in ('confirmed', 'done', 'rejected', 'cancelled', 'expired', 'failed') then
    raise exception 'operation %: % is an end', old.number, old.state using errcode = 'CS002';
  end if;
  if new.state <> old.state and not operation_may_move(old.kind, old.state, new.state) then
    raise exception 'operation %: no way from % to %', old.number, old.state, new.state using errcode = 'CS002';
  end if;
  if new.attempt <> old.attempt + is_new_attempt::int then
    raise exception 'operation %: the attempt rises when a held operation is raised again, and only then', old.number
      using errcode = 'CS002';
  end if;
  if not is_new_attempt and (
      (new.roster_version, new.policy_version, new.policy_rule, new.needs)
        is distinct from (old.roster_version, old.policy_version, old.policy_rule, old.needs)
      or new.expires_at > old.expires_at) then
    raise exception 'operation %: what is needed is fixed for an attempt, and its time only shrinks', old.number
      using errcode = 'CS002';
  end if;
  if new.state in ('rejected', 'cancelled', 'expired', 'failed')
    and exists (select from chain_transaction t
      where t.operation_id = old.id and t.phase in ('releasing', 'signed', 'broadcast')) then
    raise exception 'operation %: its transaction may still confirm', old.number using errcode = 'CS002';
  end if;
  if current_user = 'countersign_web' and (
      old.state not in ('raised', 'approved', 'cosigned', 'held')
      or new.state not in ('raised', 'approved', 'cosigned', 'rejected', 'cancelled')) then
    raise exception 'operation %: the web server cannot make it %', old.number, new.state using errcode = '42501';
  end if;
  if current_user = 'countersign_worker'
    and new.state <> old.state and new.state in ('raised', 'approved', 'cosigned', 'rejected', 'cancelled') then
    raise exception 'operation %: only people can make it %', old.number, new.state using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guarded before update on operation for each row execute function guard_operation();

create function guard_new_operation() returns trigger language plpgsql as $$
begin
  if new.state <> 'raised' or new.attempt <> 1 or new.revision <> 1 then
    raise exception 'operation %: starts raised, at attempt 1 and revision 1', new.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger starts_raised before insert on operation for each row execute function guard_new_operation();

-- At commit a withdrawal and its hold agree: open while it is open, posted when confirmed,
-- released at every other end. So no end leaves a balance held, and none frees it too early.
create function check_operation_hold() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  now_state text;
  has_hold boolean;
  ended_as text;
begin
  select o.state, h.id is not null, r.outcome into now_state, has_hold, ended_as
    from operation o
    left join hold h on h.operation_id = o.id
    left join hold_resolution r on r.hold_id = h.id
    where o.id = new.id;
  if not has_hold then
    raise exception 'operation %: a withdrawal needs a hold', new.number using errcode = 'CS004';
  end if;
  if (case
      when now_state = 'confirmed' then ended_as is distinct from 'posted'
      when now_state in ('rejected', 'cancelled', 'expired', 'failed') then
        ended_as is null or ended_as = 'posted'
      else ended_as is not null
    end) then
    raise exception 'operation %: % but its hold is %', new.number, now_state, coalesce(ended_as, 'open')
      using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger agrees_with_hold after insert or update on operation
  deferrable initially deferred for each row
  when (new.kind = 'withdrawal') execute function check_operation_hold();

-- The other side of it: the hold may be placed before its operation is written, in one transaction.
alter table hold alter constraint hold_operation_id_fkey deferrable initially deferred;

create function check_hold_operation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
      select from operation o left join hold_resolution r on r.hold_id = new.id
      where o.id = new.operation_id and o.kind = 'withdrawal'
        and o.amount = new.amount and new.account_id = 'client/' || o.client_id || '/' || o.asset
        and (r.hold_id is not null
          or o.state not in ('confirmed', 'rejected', 'cancelled', 'expired', 'failed'))) then
    raise exception 'hold %: its operation does not ask for it', new.id using errcode = 'CS004';
  end if;
  return null;
end $$;
create constraint trigger agrees_with_operation after insert on hold
  deferrable initially deferred for each row execute function check_hold_operation();

-- ---------------------------------------------------------------- other lives

create function guard_chain_transaction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.phase <> 'built' then
      raise exception 'a transaction starts built' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.operation_id, new.attempt, new.chain, new.message, new.conflict_key, new.created_at)
    is distinct from
     (old.id, old.operation_id, old.attempt, old.chain, old.message, old.conflict_key, old.created_at)
    or (old.txid is not null and new.txid is distinct from old.txid)
    or (old.raw is not null and new.raw is distinct from old.raw) then
    raise exception 'transaction %: its content never changes', old.id using errcode = 'CS002';
  end if;
  if new.phase <> old.phase and not (case old.phase
      when 'built' then new.phase in ('releasing', 'signed', 'failed')
      when 'releasing' then new.phase in ('signed', 'failed')
      when 'signed' then new.phase in ('broadcast', 'confirmed', 'failed')
      when 'broadcast' then new.phase in ('confirmed', 'failed')
      else false
    end) then
    raise exception 'transaction %: no way from % to %', old.id, old.phase, new.phase using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on chain_transaction
  for each row execute function guard_chain_transaction();

create function guard_destination() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'proposed' then
      raise exception 'a destination starts proposed' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.client_id, new.chain, new.asset, new.address)
    is distinct from (old.id, old.client_id, old.chain, old.asset, old.address) then
    raise exception 'destination %: it never points elsewhere', old.id using errcode = 'CS002';
  end if;
  if new.state <> old.state
    and (old.state, new.state) not in (('proposed', 'listed'), ('proposed', 'removed'), ('listed', 'removed')) then
    raise exception 'destination %: no way from % to %', old.id, old.state, new.state using errcode = 'CS002';
  end if;
  if old.state <> 'proposed' and new.operation_id is distinct from old.operation_id then
    raise exception 'destination %: it was listed by another operation', old.id using errcode = 'CS002';
  end if;
  if current_user = 'countersign_web' and new.state = 'listed' and old.state <> 'listed' then
    raise exception 'destination %: the web server cannot list it', old.id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on destination
  for each row execute function guard_destination();

create function fill_audit_entry() returns trigger language plpgsql as $$
declare
  said jsonb := convert_from(new.leaf, 'UTF8')::jsonb;
begin
  if (said ->> 'type', said ->> 'kind', said ->> 'subject', said ->> 'actor', (said ->> 'at')::timestamptz)
    is distinct from ('countersign/audit/v1', new.kind, new.subject, new.actor, new.at) then
    raise exception 'an audit entry''s columns must say what its leaf says' using errcode = 'CS002';
  end if;
  new.xid := pg_current_xact_id()::text;
  return new;
end $$;
create trigger filled before insert on audit_entry for each row execute function fill_audit_entry();

-- ---------------------------------------------------------------- numbers for people

create sequence operation_number_wd;
create sequence operation_number_kc;
create sequence operation_number_rc;
create sequence operation_number_ds;

-- Such as WD-2026-000001. Gaps are normal: an operation that wasn't raised after all keeps its number.
create function next_operation_number(p_kind text) returns text language plpgsql volatile as $$
declare
  prefix text := case p_kind
    when 'withdrawal' then 'WD'
    when 'key-ceremony' then 'KC'
    when 'roster-change' then 'RC'
    when 'destination-listing' then 'DS'
  end;
  digits text;
begin
  if prefix is null then
    raise exception 'no numbers for operations of kind %', p_kind using errcode = 'CS002';
  end if;
  digits := nextval(('public.operation_number_' || lower(prefix))::regclass)::text;
  return prefix || '-' || to_char(now() at time zone 'UTC', 'YYYY') || '-'
    || lpad(digits, greatest(6, length(digits)), '0');
end $$;
