-- The management body's share (DORA Art 5): quarterly packs with who signed them, evidence for each of its duties, and
-- the training of its members. Nothing of it is ever changed but by erasing what somebody wrote in free words.

-- ---------------------------------------------------------------- tables

create table board_pack (
  id uuid primary key,
  number text not null unique,
  quarter text not null,
  text text not null,
  digest text not null,
  made_by text not null,
  made_at timestamptz(3) not null
);

create table board_signature (
  pack_id uuid not null references board_pack (id) on delete restrict on update restrict,
  person text not null,
  decision text not null,
  conditions text,
  salt bytea,
  commitment text,
  erased_at timestamptz(3),
  statement text not null,
  assertion jsonb not null,
  credential_id text not null,
  signed_at timestamptz(3) not null,
  primary key (pack_id, person)
);

-- Drawn by a trigger when somebody other than the maker approves; nobody writes it.
create table board_approval (
  pack_id uuid primary key references board_pack (id) on delete restrict on update restrict,
  person text not null,
  approved_at timestamptz(3) not null
);

create table board_evidence (
  id uuid primary key,
  duty text not null,
  title text not null,
  version text not null,
  sha256 text not null,
  decided_on date not null,
  decision text not null,
  conditions text,
  salt bytea,
  commitment text,
  erased_at timestamptz(3),
  members text[] not null,
  author text,
  signed_by text not null,
  statement text not null,
  assertion jsonb not null,
  credential_id text not null,
  signed_at timestamptz(3) not null
);

create table board_training (
  id uuid primary key,
  person text not null,
  topic text not null,
  held_on date not null,
  recorded_by text not null,
  recorded_at timestamptz(3) not null
);

create index board_pack_made_idx on board_pack (made_at desc, id);
create index board_evidence_duty_idx on board_evidence (duty, decided_on desc, id);
create index board_training_person_idx on board_training (person, held_on desc, id);

create sequence board_pack_number;

-- ---------------------------------------------------------------- shapes and bounds

alter table board_pack
  add constraint board_pack_number_shape check (number ~ '^BP-\d{4}-\d{6,}$'),
  add constraint board_pack_bounded check (quarter ~ '^2\d{3}-Q[1-4]$' and octet_length(text) <= 1048576),
  add constraint board_pack_digest_true check (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
  add constraint board_pack_text_agrees check (
    coalesce((text::jsonb ->> 'type', text::jsonb ->> 'quarter') = ('countersign/board-pack/v1', quarter), false));
alter table board_signature
  add constraint board_signature_known check (decision in ('approved', 'conditions', 'noted')),
  add constraint board_signature_bounded check (
    length(conditions) between 1 and 8000 and octet_length(statement) <= 65536
    and octet_length(assertion::text) <= 65536 and length(credential_id) between 1 and 1400),
  add constraint board_signature_conditions check (
    (decision = 'conditions') = (commitment is not null) and commitment ~ '^[0-9a-f]{64}$'),
  add constraint board_signature_erased_whole check (
    (conditions is null) = (salt is null) and (conditions is null) = (commitment is null or erased_at is not null)),
  add constraint board_signature_commitment_true check (
    conditions is null or commitment = encode(sha256(salt || convert_to(conditions, 'UTF8')), 'hex'));
alter table board_evidence
  -- The duties of lib/resilience/board/board-duties.ts are data; here only their shape.
  add constraint board_evidence_bounded check (
    duty ~ '^[a-z0-9-]{1,40}$' and length(title) between 1 and 200 and length(version) between 1 and 60
    and sha256 ~ '^[0-9a-f]{64}$' and cardinality(members) between 1 and 30
    and length(conditions) between 1 and 8000 and octet_length(statement) <= 65536
    and octet_length(assertion::text) <= 65536 and length(credential_id) between 1 and 1400),
  add constraint board_evidence_known check (decision in ('approved', 'conditions', 'noted')),
  add constraint board_evidence_conditions check (
    (decision = 'conditions') = (commitment is not null) and commitment ~ '^[0-9a-f]{64}$'),
  add constraint board_evidence_erased_whole check (
    (conditions is null) = (salt is null) and (conditions is null) = (commitment is null or erased_at is not null)),
  add constraint board_evidence_commitment_true check (
    conditions is null or commitment = encode(sha256(salt || convert_to(conditions, 'UTF8')), 'hex')),
  -- What somebody wrote is signed off by another.
  add constraint board_evidence_not_the_author check (author is distinct from signed_by),
  add constraint board_evidence_signer_present check (signed_by = any (members));
alter table board_training
  add constraint board_training_bounded check (length(topic) between 3 and 200);

-- ---------------------------------------------------------------- guards

-- Somebody who works here; what nobody in particular did is no business of the board's.
create function is_board_person(who text) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from operator o where o.id = who and o.status = 'active') $$;

create function guard_board_pack() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_board_person(new.made_by) or not is_about_now(new.made_at) then
    raise exception 'a pack is made now, by somebody' using errcode = 'CS002';
  end if;
  new.number := numbered('BP', 'board_pack_number');
  return new;
end $$;
create trigger guarded before insert on board_pack for each row execute function guard_board_pack();
alter table board_pack enable always trigger guarded;

-- What is signed is what stands here, by a key of whoever signs.
create function is_board_press(statement text, assertion jsonb, credential text, person text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(statement::jsonb ->> 'person' = person and assertion ->> 'id' = credential, false)
    and exists (select from credential c where c.id = credential and c.operator_id = person and c.status = 'active') $$;

create function guard_board_signature() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  pack board_pack%rowtype;
begin
  if tg_op = 'UPDATE' then
    if (new.pack_id, new.person, new.decision, new.commitment, new.statement, new.assertion, new.credential_id, new.signed_at)
        is distinct from
        (old.pack_id, old.person, old.decision, old.commitment, old.statement, old.assertion, old.credential_id, old.signed_at)
      or old.erased_at is not null or new.erased_at is null then
      raise exception 'of a signature only its conditions are erased' using errcode = 'CS002';
    end if;
    return new;
  end if;
  select * into pack from board_pack p where p.id = new.pack_id;
  if new.erased_at is not null or not is_board_person(new.person) or not is_about_now(new.signed_at)
    or new.signed_at < pack.made_at then
    raise exception 'a pack is signed now, by somebody, after it was made' using errcode = 'CS002';
  end if;
  if not coalesce(
      (new.statement::jsonb ->> 'pack', new.statement::jsonb ->> 'digest', new.statement::jsonb ->> 'decision')
        = (new.pack_id::text, pack.digest, new.decision)
      and new.statement::jsonb ->> 'conditions' is not distinct from new.commitment, false)
    or not is_board_press(new.statement, new.assertion, new.credential_id, new.person) then
    raise exception 'what is signed is the pack as it stands' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on board_signature
  for each row execute function guard_board_signature();
alter table board_signature enable always trigger guarded;

-- Who made a pack may sign it, but it is approved by another only.
create function draw_board_approval() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.decision in ('approved', 'conditions')
    and new.person <> (select p.made_by from board_pack p where p.id = new.pack_id) then
    insert into board_approval (pack_id, person, approved_at) values (new.pack_id, new.person, new.signed_at)
      on conflict do nothing;
  end if;
  return null;
end $$;
create trigger drawn after insert on board_signature for each row execute function draw_board_approval();
alter table board_signature enable always trigger drawn;

create function guard_board_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - '{conditions,salt,erased_at}'::text[] is distinct from to_jsonb(old) - '{conditions,salt,erased_at}'::text[]
      or old.erased_at is not null or new.erased_at is null then
      raise exception 'of evidence only its conditions are erased' using errcode = 'CS002';
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
      (new.statement::jsonb ->> 'evidence', new.statement::jsonb ->> 'duty', new.statement::jsonb ->> 'sha256',
        new.statement::jsonb ->> 'decision', new.statement::jsonb ->> 'decidedOn')
        = (new.id::text, new.duty, new.sha256, new.decision, to_char(new.decided_on, 'YYYY-MM-DD'))
      and new.statement::jsonb -> 'members' = to_jsonb(new.members)
      and new.statement::jsonb ->> 'author' is not distinct from new.author
      and new.statement::jsonb ->> 'conditions' is not distinct from new.commitment, false)
    or not is_board_press(new.statement, new.assertion, new.credential_id, new.signed_by) then
    raise exception 'what is signed is the evidence as it stands' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on board_evidence
  for each row execute function guard_board_evidence();
alter table board_evidence enable always trigger guarded;

create function guard_board_training() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_board_person(new.recorded_by) or not is_who_writes(new.person) or new.person = 'system'
    or not is_about_now(new.recorded_at) or new.held_on > (new.recorded_at at time zone 'UTC')::date then
    raise exception 'training is of somebody who works here, and was held' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on board_training for each row execute function guard_board_training();
alter table board_training enable always trigger guarded;

-- Nothing of it without its entry in the audit trail.
create function check_board_audited() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about text := case tg_table_name when 'board_signature' then to_jsonb(new) ->> 'pack_id' else to_jsonb(new) ->> 'id' end;
begin
  if not exists (select from audit_entry a where a.subject = about and a.kind = tg_argv[0]) then
    raise exception 'an act of the board without its audit entry' using errcode = 'CS003';
  end if;
  return null;
end $$;

do $$
declare
  name text;
  kind text;
begin
  for name, kind in values
    ('board_pack', 'board-pack-made'), ('board_signature', 'board-pack-signed'),
    ('board_evidence', 'board-evidence-recorded'), ('board_training', 'board-training-recorded')
  loop
    execute format('create constraint trigger audited after insert on %I deferrable initially deferred
      for each row execute function check_board_audited(%L)', name, kind);
    execute format('alter table %I enable always trigger audited', name);
  end loop;
  foreach name in array array['board_pack', 'board_approval', 'board_training']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['board_signature', 'board_evidence']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on board_pack, board_signature, board_approval, board_evidence, board_training
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function is_board_person(text), guard_board_pack(), is_board_press(text, jsonb, text, text),
  guard_board_signature(), draw_board_approval(), guard_board_evidence(), guard_board_training(), check_board_audited()
  from public;
revoke all on sequence board_pack_number from public;

grant select on board_pack, board_signature, board_approval, board_evidence, board_training to countersign_web;
grant insert (id, quarter, text, digest, made_by, made_at) on board_pack to countersign_web;
grant insert on board_signature, board_evidence, board_training to countersign_web;
grant update (conditions, salt, erased_at) on board_signature, board_evidence to countersign_web;
-- The guards run as whoever writes.
grant execute on function is_board_person(text), is_board_press(text, jsonb, text, text) to countersign_web;
