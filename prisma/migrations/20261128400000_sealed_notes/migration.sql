-- Texts that people write are kept sealed, each under a key of its own outside the database, beside their commitment.
-- Whoever is named in one stands in person_mention, so that an erasure finds it.

-- Only the key service can seal what stands here in clear.
do $$
begin
  if exists (select from operation_note) or exists (select from break_note) or exists (select from ledger_correction_note) then
    raise exception 'This installation was begun before notes were kept sealed. Start a new one: npm run reset.';
  end if;
end $$;

-- AlterTable
ALTER TABLE "operation_note" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "commitment" TEXT NOT NULL,
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA NOT NULL;

-- AlterTable
ALTER TABLE "break_note" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "commitment" TEXT NOT NULL,
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA NOT NULL;

-- AlterTable
ALTER TABLE "ledger_correction_note" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "commitment" TEXT NOT NULL,
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA NOT NULL;

-- CreateTable
CREATE TABLE "person_mention" (
    "person_id" TEXT NOT NULL,
    "of_table" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,

    CONSTRAINT "person_mention_pkey" PRIMARY KEY ("person_id","of_table","commitment")
);

-- CreateTable
CREATE TABLE "text_key_due" (
    "key_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "text_key_due_pkey" PRIMARY KEY ("key_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "operation_note_commitment_key" ON "operation_note"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "break_note_commitment_key" ON "break_note"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "ledger_correction_note_commitment_key" ON "ledger_correction_note"("commitment");

-- AddForeignKey
ALTER TABLE "person_mention" ADD CONSTRAINT "person_mention_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- A text of n characters has at most 4n bytes; beside it stand its salt and what sealing adds.
alter table operation_note alter column sealed set storage external,
  add constraint operation_note_sealed check (octet_length(sealed) between 77 and 16200
    and commitment ~ '^[0-9a-f]{64}$' and redacted ~ '^[0-9a-f]{64}$');
alter table break_note alter column sealed set storage external,
  add constraint break_note_sealed check (octet_length(sealed) between 77 and 16200
    and commitment ~ '^[0-9a-f]{64}$' and redacted ~ '^[0-9a-f]{64}$');
alter table ledger_correction_note alter column sealed set storage external,
  add constraint ledger_correction_note_sealed check (octet_length(sealed) between 77 and 16200
    and commitment ~ '^[0-9a-f]{64}$' and redacted ~ '^[0-9a-f]{64}$');
alter table text_key_due add constraint text_key_due_form check (key_id ~ '^[0-9a-f]{32}$');
alter table person_mention
  add constraint person_mention_form check (of_table ~ '^[a-z_]{1,60}$' and commitment ~ '^[0-9a-f]{64}$');

-- ---------------------------------------------------------------- how they may change

-- Somebody's data were blacked out: the text is another, sealed anew, and everything else is as it was. That stands in
-- the trail first. Columns say who may: the worker alone.
create function is_text_redaction(before jsonb, after jsonb) returns boolean
language sql volatile set search_path = public, pg_temp as $$
  select after - 'sealed' - 'redacted' = before - 'sealed' - 'redacted'
    and before ->> 'sealed' is not null and after ->> 'sealed' is not null
    and after ->> 'sealed' is distinct from before ->> 'sealed'
    and after ->> 'redacted' is not null and after ->> 'redacted' is distinct from before ->> 'redacted'
    and is_in_trail(after ->> 'commitment', 'text-redacted') $$;

create function guard_sealed_note() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.redacted is not null then
      raise exception 'a text comes as it was written' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if not is_text_redaction(to_jsonb(old), to_jsonb(new)) then
    raise exception 'of a text only somebody''s data go, and that stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_person_mention() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- Whoever erases the person waits, or has been and gone.
  if not exists (select from person p where p.id = new.person_id and p.erased_at is null for share) then
    raise exception 'nothing is written about who was erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['operation_note', 'break_note', 'ledger_correction_note'] loop
    execute format('create trigger guarded before insert or update on %I
      for each row execute function guard_sealed_note()', name);
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger guarded', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
  create trigger guarded before insert on person_mention for each row execute function guard_person_mention();
  create trigger never_changed before update or truncate on person_mention
    for each statement execute function refuse_change();
  alter table person_mention enable always trigger guarded;
  alter table person_mention enable always trigger never_changed;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function is_text_redaction(jsonb, jsonb), guard_sealed_note(), guard_person_mention() from public;
revoke all on person_mention, text_key_due from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
grant execute on function is_text_redaction(jsonb, jsonb) to countersign_web, countersign_worker;
grant select, insert on person_mention to countersign_web, countersign_worker;
grant delete on person_mention to countersign_worker;
-- Whoever may name a key here has it destroyed.
grant select, insert, delete on text_key_due to countersign_worker;
grant update (sealed, redacted) on operation_note, break_note, ledger_correction_note to countersign_worker;
