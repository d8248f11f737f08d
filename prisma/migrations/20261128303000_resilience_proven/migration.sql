-- A text comes in the transaction of its version. What members of the board sign is compared whole, the key press
-- answers for this very statement, and each act has an audit entry of its own: by its person, at its time. What is
-- erased is erased now, and the audit trail says so.

-- ---------------------------------------------------------------- records

create function resilience_version_is_new(p_record uuid, p_version integer) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from resilience_version v where v.record_id = p_record and v.version = p_version
    and v.xmin::text = pg_current_xact_id()::xid::text) $$;
revoke all on function resilience_version_is_new(uuid, integer) from public;
grant execute on function resilience_version_is_new(uuid, integer) to countersign_web, countersign_worker;

create or replace function guard_resilience_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform lock_resilience_records();
    if new.erased_at is not null
      or new.version is distinct from (select c.version from resilience_current c where c.record_id = new.record_id) then
      raise exception 'a text starts whole, with the newest version' using errcode = 'CS002';
    end if;
    if not resilience_version_is_new(new.record_id, new.version) then
      raise exception 'a text comes with its version' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.record_id, new.field, new.version, new.commitment)
      is distinct from (old.record_id, old.field, old.version, old.commitment)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- One entry for each version, by who wrote it, so that nothing is written past the trail.
create function check_resilience_audited() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about text := (select r.number from resilience_record r where r.id = new.record_id);
begin
  if not exists (select from audit_entry a where a.subject = about and a.kind = 'resilience-recorded'
      and a.actor = new.written_by and a.at = new.written_at and a.xid = pg_current_xact_id()::text
      and convert_from(a.leaf, 'UTF8')::jsonb -> 'facts' -> 'version' = to_jsonb(new.version)) then
    raise exception 'version % of % without its audit entry', new.version, about using errcode = 'CS003';
  end if;
  return null;
end $$;
revoke all on function check_resilience_audited() from public;
create constraint trigger audited after insert on resilience_version deferrable initially deferred
  for each row execute function check_resilience_audited();
alter table resilience_version enable always trigger audited;

-- ---------------------------------------------------------------- the board

-- What a browser shows of a press names the challenge, which is the hash of what is signed (lib/protocol/statement.ts).
-- The signature itself the database can't verify: `npm run verify:signed` does.
create or replace function is_board_press(statement text, assertion jsonb, credential text, person text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  tag bytea := convert_to(statement::jsonb ->> 'type', 'UTF8');
  said bytea := convert_to(statement, 'UTF8');
  challenge text := translate(rtrim(encode(
    sha256(int4send(octet_length(tag)) || tag || int4send(octet_length(said)) || said), 'base64'), '='), '+/', '-_');
  shown text := translate(assertion #>> '{response,clientDataJSON}', '-_', '+/');
  client jsonb;
begin
  client := convert_from(decode(shown || repeat('=', (4 - length(shown) % 4) % 4), 'base64'), 'UTF8')::jsonb;
  return coalesce(statement::jsonb ->> 'person' = person and assertion ->> 'id' = credential
      and (client ->> 'type', client ->> 'challenge') = ('webauthn.get', challenge), false)
    and exists (select from credential c where c.id = credential and c.operator_id = person and c.status = 'active');
exception
  -- What is no base64, no text or no JSON is no press.
  when data_exception then return false;
end $$;

create or replace function guard_board_signature() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  pack board_pack%rowtype;
begin
  if tg_op = 'UPDATE' then
    if (new.pack_id, new.person, new.decision, new.commitment, new.statement, new.assertion, new.credential_id, new.signed_at)
        is distinct from
        (old.pack_id, old.person, old.decision, old.commitment, old.statement, old.assertion, old.credential_id, old.signed_at)
      or old.erased_at is not null or not is_about_now(new.erased_at) then
      raise exception 'of a signature only its conditions are erased, and now' using errcode = 'CS002';
    end if;
    return new;
  end if;
  select * into pack from board_pack p where p.id = new.pack_id;
  if new.erased_at is not null or not is_board_person(new.person) or not is_about_now(new.signed_at)
    or new.signed_at < pack.made_at then
    raise exception 'a pack is signed now, by somebody, after it was made' using errcode = 'CS002';
  end if;
  if not coalesce(
      (new.statement::jsonb ->> 'type', new.statement::jsonb ->> 'pack', new.statement::jsonb ->> 'number',
        new.statement::jsonb ->> 'quarter', new.statement::jsonb ->> 'digest', new.statement::jsonb ->> 'decision')
        = ('countersign/board-pack-statement/v1', new.pack_id::text, pack.number, pack.quarter, pack.digest, new.decision)
      and new.statement::jsonb ->> 'conditions' is not distinct from new.commitment, false)
    or not is_board_press(new.statement, new.assertion, new.credential_id, new.person) then
    raise exception 'what is signed is the pack as it stands' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_board_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - '{conditions,salt,erased_at}'::text[] is distinct from to_jsonb(old) - '{conditions,salt,erased_at}'::text[]
      or old.erased_at is not null or not is_about_now(new.erased_at) then
      raise exception 'of evidence only its conditions are erased, and now' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if new.erased_at is not null or not is_about_now(new.signed_at)
    or new.decided_on > (new.signed_at at time zone 'UTC')::date then
    raise exception 'evidence is of a decision that was taken, and signed now' using errcode = 'CS002';
  end if;
  if not is_board_person(new.signed_by)
    or exists (select from unnest(new.members) m where not is_who_writes(m) or m = 'system')
    or (select count(distinct m) from unnest(new.members) m) <> cardinality(new.members)
    or (new.author is not null and (not is_who_writes(new.author) or new.author = 'system')) then
    raise exception 'evidence names people who work here, each once' using errcode = 'CS002';
  end if;
  if not coalesce(
      (new.statement::jsonb ->> 'type', new.statement::jsonb ->> 'evidence', new.statement::jsonb ->> 'duty',
        new.statement::jsonb ->> 'title', new.statement::jsonb ->> 'version', new.statement::jsonb ->> 'sha256',
        new.statement::jsonb ->> 'decision', new.statement::jsonb ->> 'decidedOn')
        = ('countersign/board-evidence-statement/v1', new.id::text, new.duty, new.title, new.version, new.sha256,
          new.decision, to_char(new.decided_on, 'YYYY-MM-DD'))
      and new.statement::jsonb -> 'members' = to_jsonb(new.members)
      and new.statement::jsonb ->> 'author' is not distinct from new.author
      and new.statement::jsonb ->> 'conditions' is not distinct from new.commitment, false)
    or not is_board_press(new.statement, new.assertion, new.credential_id, new.signed_by) then
    raise exception 'what is signed is the evidence as it stands' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- Each act has an entry of its own: by who did it, at the moment that the row says.
create or replace function check_board_audited() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  act jsonb := to_jsonb(new);
  about text := case tg_table_name when 'board_signature' then act ->> 'pack_id' else act ->> 'id' end;
  who text := case tg_table_name when 'board_pack' then act ->> 'made_by' when 'board_signature' then act ->> 'person'
    when 'board_evidence' then act ->> 'signed_by' else act ->> 'recorded_by' end;
  moment timestamptz := (case tg_table_name when 'board_pack' then act ->> 'made_at'
    when 'board_training' then act ->> 'recorded_at' else act ->> 'signed_at' end)::timestamptz;
begin
  if not exists (select from audit_entry a where a.subject = about and a.kind = tg_argv[0] and a.actor = who
      and a.at = moment and a.xid = pg_current_xact_id()::text) then
    raise exception 'an act of the board without its audit entry' using errcode = 'CS003';
  end if;
  return null;
end $$;

-- ---------------------------------------------------------------- erasing

-- A person erased it, and of what: an entry for each, so that nobody empties the records without a word.
create function check_resilience_erased() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased jsonb := to_jsonb(new);
  about text := case tg_table_name
    when 'resilience_text' then (select r.number from resilience_record r where r.id = (erased ->> 'record_id')::uuid)
    when 'board_signature' then erased ->> 'pack_id'
    else erased ->> 'id'
  end;
begin
  if not exists (select from audit_entry a join operator o on o.id = a.actor
      where a.subject = about and a.kind = tg_argv[0] and is_about_now(a.at) and a.xid = pg_current_xact_id()::text) then
    raise exception 'what is erased of % stands in the audit trail', about using errcode = 'CS003';
  end if;
  return null;
end $$;
revoke all on function check_resilience_erased() from public;

do $$
declare
  name text;
  kind text;
begin
  for name, kind in values
    ('resilience_text', 'resilience-text-erased'), ('board_signature', 'board-conditions-erased'),
    ('board_evidence', 'board-conditions-erased')
  loop
    execute format('create constraint trigger erased after update on %I deferrable initially deferred
      for each row when (old.erased_at is null and new.erased_at is not null)
      execute function check_resilience_erased(%L)', name, kind);
    execute format('alter table %I enable always trigger erased', name);
  end loop;
end $$;
