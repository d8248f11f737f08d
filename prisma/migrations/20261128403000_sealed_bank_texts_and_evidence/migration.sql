-- What payers wrote, and files of evidence, are kept sealed. By what its payer called a payment an earlier one is found
-- through a keyed hash, whose key isn't here.

-- Only the key service can seal what stands here in clear.
do $$
begin
  if exists (select from bank_entry_text) or exists (select from incident_evidence) then
    raise exception 'This installation was begun before texts were kept sealed. Start a new one: npm run reset.';
  end if;
end $$;

-- DropIndex
DROP INDEX "bank_entry_text_end_to_end_idx";

-- AlterTable
ALTER TABLE "bank_entry_text" DROP COLUMN "counterparty",
DROP COLUMN "end_to_end",
DROP COLUMN "remittance",
DROP COLUMN "salt",
ADD COLUMN     "commitment" TEXT NOT NULL,
ADD COLUMN     "end_to_end_hash" BYTEA,
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA NOT NULL;

-- AlterTable
ALTER TABLE "incident_evidence" DROP COLUMN "bytes",
ADD COLUMN     "commitment" TEXT NOT NULL,
ADD COLUMN     "sealed" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "bank_entry_text_commitment_key" ON "bank_entry_text"("commitment");
-- CreateIndex
CREATE INDEX "bank_entry_text_end_to_end_idx" ON "bank_entry_text"("end_to_end_hash");
-- CreateIndex
CREATE UNIQUE INDEX "incident_evidence_commitment_key" ON "incident_evidence"("commitment");

-- ---------------------------------------------------------------- what a row may say

-- A text of payers has at most 4,000 characters beside two short ones, escaped as JSON.
alter table bank_entry_text alter column sealed set storage external,
  add constraint bank_entry_text_sealed check (octet_length(sealed) between 77 and 32768
    and octet_length(end_to_end_hash) = 16 and commitment ~ '^[0-9a-f]{64}$' and redacted ~ '^[0-9a-f]{64}$');
-- What sealing adds to a file, for each megabyte of it, is known to the byte.
alter table incident_evidence alter column sealed set storage external,
  add constraint incident_evidence_erased_whole check ((sealed is null) = (erased_at is not null)),
  add constraint incident_evidence_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint incident_evidence_sealed check (
    octet_length(sealed) = size + 32 + 45 * ((size + 32 + 999999) / 1000000));

-- ---------------------------------------------------------------- how they may change

create or replace function guard_bank_entry_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.redacted is not null or new.commitment is distinct from (select e.commitment from bank_entry e
        where e.statement_id = new.statement_id and e.position = new.position) then
      raise exception 'the text of an entry comes as the entry commits to it' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if not is_text_redaction(to_jsonb(old), to_jsonb(new)) then
    raise exception 'of a text only somebody''s data go, and that stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;
drop trigger guarded on bank_entry_text;
create trigger guarded before insert or update on bank_entry_text for each row execute function guard_bank_entry_text();
alter table bank_entry_text enable always trigger guarded;

create or replace function guard_incident_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not exists (select from incident_event e where e.incident_id = new.incident_id
        and e.seq = new.seq and e.kind = 'evidence-added' and e.facts ->> 'sha256' = new.sha256)
      or not incident_event_is_new(new.incident_id, new.seq) then
      raise exception 'evidence comes with the event that names it' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.incident_id, new.seq, new.media_type, new.size, new.sha256, new.commitment)
      is distinct from (old.id, old.incident_id, old.seq, old.media_type, old.size, old.sha256, old.commitment)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'evidence is only erased, and now' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- who may

grant update (sealed, redacted) on bank_entry_text to countersign_worker;
grant update (sealed) on incident_evidence to countersign_web;
