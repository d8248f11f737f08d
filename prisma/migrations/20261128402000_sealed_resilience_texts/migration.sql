-- Texts of records and conditions of the board are kept sealed. That a text was taken away, which is an empty one, and
-- that it is there, stand beside it: figures count texts and read none.

-- Only the key service can seal what stands here in clear.
do $$
begin
  if exists (select from resilience_text) or exists (select from board_signature where commitment is not null)
    or exists (select from board_evidence where commitment is not null) then
    raise exception 'This installation was begun before texts were kept sealed. Start a new one: npm run reset.';
  end if;
end $$;

-- AlterTable
ALTER TABLE "resilience_text" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA,
ADD COLUMN     "taken" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "board_signature" DROP COLUMN "conditions",
DROP COLUMN "salt",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "board_evidence" DROP COLUMN "conditions",
DROP COLUMN "salt",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "resilience_text_commitment_key" ON "resilience_text"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "board_signature_commitment_key" ON "board_signature"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "board_evidence_commitment_key" ON "board_evidence"("commitment");

-- ---------------------------------------------------------------- what a row may say

-- What named a dropped column went with it. A text of n characters has at most 4n bytes; beside it stand its salt and
-- what sealing adds. An empty text is sealed as well, so its bytes say nothing.
alter table resilience_text
  add constraint resilience_text_bounded check (
    field ~ '^[A-Za-z0-9.()/_-]{1,80}$' and octet_length(sealed) between 77 and 32200),
  add constraint resilience_text_erased_whole check ((sealed is null) = (erased_at is not null));
alter table board_signature
  add constraint board_signature_bounded check (
    octet_length(sealed) between 78 and 32200 and octet_length(statement) <= 65536
    and octet_length(assertion::text) <= 65536 and length(credential_id) between 1 and 1400),
  add constraint board_signature_erased_whole check ((sealed is null) = (commitment is null or erased_at is not null));
alter table board_evidence
  add constraint board_evidence_bounded check (
    duty ~ '^[a-z0-9-]{1,40}$' and length(title) between 1 and 200 and length(version) between 1 and 60
    and sha256 ~ '^[0-9a-f]{64}$' and cardinality(members) between 1 and 30
    and octet_length(sealed) between 78 and 32200 and octet_length(statement) <= 65536
    and octet_length(assertion::text) <= 65536 and length(credential_id) between 1 and 1400),
  add constraint board_evidence_erased_whole check ((sealed is null) = (commitment is null or erased_at is not null));

-- ---------------------------------------------------------------- how they may change

-- As before, with what is sealed in the place of the conditions.
create or replace function guard_board_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - '{sealed,erased_at}'::text[] is distinct from to_jsonb(old) - '{sealed,erased_at}'::text[]
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

do $$
declare
  one record;
begin
  for one in select * from (values ('resilience_text', 'guard_resilience_text'), ('board_signature', 'guard_board_signature'),
    ('board_evidence', 'guard_board_evidence')) as t (name, guard)
  loop
    execute format('alter table %I alter column sealed set storage external,
      add constraint %I check (redacted ~ ''^[0-9a-f]{64}$'')', one.name, one.name || '_redacted_form');
    execute format('drop trigger guarded on %I', one.name);
    execute format('create trigger guarded before insert on %I for each row execute function %I()', one.name, one.guard);
    execute format('create trigger guarded_change before update on %I for each row
      when (new.redacted is not distinct from old.redacted) execute function %I()', one.name, one.guard);
    execute format('create trigger guarded_redaction before update on %I for each row
      when (new.redacted is distinct from old.redacted) execute function guard_text_redaction()', one.name);
    execute format('create trigger guarded_whole before insert on %I for each row
      when (new.redacted is not null) execute function guard_text_redaction()', one.name);
    execute format('alter table %I enable always trigger guarded', one.name);
    execute format('alter table %I enable always trigger guarded_change', one.name);
    execute format('alter table %I enable always trigger guarded_redaction', one.name);
    execute format('alter table %I enable always trigger guarded_whole', one.name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

grant update (sealed) on resilience_text, board_signature, board_evidence to countersign_web;
grant select on resilience_text, board_signature, board_evidence to countersign_worker;
grant update (sealed, redacted) on resilience_text, board_signature, board_evidence to countersign_worker;
