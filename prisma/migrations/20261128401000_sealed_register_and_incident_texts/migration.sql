-- Texts of the registers of clients and of the incident desk are kept sealed, as notes are. What the database compared
-- with the commitment is compared when a text is opened.

-- Only the key service can seal what stands here in clear.
do $$
begin
  if exists (select from register_text) or exists (select from incident_text) or exists (select from threat_draft)
    or exists (select from incident_report_draft) or exists (select from incident_submission) or exists (select from entity_contact) then
    raise exception 'This installation was begun before texts were kept sealed. Start a new one: npm run reset.';
  end if;
end $$;

-- AlterTable
ALTER TABLE "register_text" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "incident_text" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "threat_draft" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "incident_report_draft" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "incident_submission" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- AlterTable
ALTER TABLE "entity_contact" DROP COLUMN "salt",
DROP COLUMN "text",
ADD COLUMN     "redacted" TEXT,
ADD COLUMN     "sealed" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "register_text_commitment_key" ON "register_text"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "incident_text_commitment_key" ON "incident_text"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "threat_draft_commitment_key" ON "threat_draft"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "incident_report_draft_commitment_key" ON "incident_report_draft"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "incident_submission_commitment_key" ON "incident_submission"("commitment");
-- CreateIndex
CREATE UNIQUE INDEX "entity_contact_commitment_key" ON "entity_contact"("commitment");

-- ---------------------------------------------------------------- what a row may say

-- What named a dropped column went with it. A text of n characters has at most 4n bytes; beside it stand its salt and
-- what sealing adds, for each megabyte.
alter table register_text
  add constraint register_text_bounded check (
    seq between 0 and 200 and version between 1 and 200 and kind ~ '^[a-z-]{1,40}$' and octet_length(sealed) between 77 and 32200);
alter table incident_text
  add constraint incident_text_bounded check (field ~ '^[a-z-]{1,40}$' and octet_length(sealed) between 77 and 32200);
alter table threat_draft
  add constraint threat_draft_bounded check (version between 1 and 500 and octet_length(sealed) between 77 and 1048800);
alter table incident_report_draft
  add constraint incident_report_draft_bounded check (version between 1 and 500 and octet_length(sealed) between 77 and 1048800);
alter table incident_submission
  add constraint incident_submission_bounded check (octet_length(sealed) between 77 and 2097400);
alter table entity_contact
  add constraint entity_contact_bounded check (field ~ '^[a-z-]{1,40}$' and octet_length(sealed) between 77 and 1700);

-- ---------------------------------------------------------------- how they may change

create function guard_text_redaction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    raise exception 'a text comes as it was written' using errcode = 'CS002';
  end if;
  if not is_text_redaction(to_jsonb(old), to_jsonb(new)) then
    raise exception 'of a text only somebody''s data go, and that stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

do $$
declare
  one record;
begin
  for one in select * from (values ('register_text', 'guard_register_text'), ('incident_text', 'guard_incident_text'),
    ('threat_draft', 'guard_threat_draft'), ('incident_report_draft', 'guard_report_draft'),
    ('incident_submission', 'guard_submission'), ('entity_contact', 'guard_entity_contact')) as t (name, guard)
  loop
    execute format('alter table %I alter column sealed set storage external,
      add constraint %I check (redacted ~ ''^[0-9a-f]{64}$''),
      add constraint %I check ((sealed is null) = (erased_at is not null))',
      one.name, one.name || '_redacted_form', one.name || '_erased_whole');
    -- What is blacked out has rules of its own; every other change has those it had.
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

-- As before, with what is sealed in the place of the text.
create or replace function guard_report_draft() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
    if new.erased_at is not null or new.version <> (select coalesce(max(d.version), 0) + 1 from incident_report_draft d
        where d.report_id = new.report_id) then
      raise exception 'versions of a draft follow one another' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.written_at) then
      raise exception 'a draft is not dated ahead' using errcode = 'CS002';
    end if;
    if coalesce((select s.step from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1),
        'draft') not in ('draft', 'declined', 'withdrawn') then
      raise exception 'a report that was raised is not written on' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.report_id, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.report_id, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'a draft is only erased, and now' using errcode = 'CS002';
  end if;
  -- Whoever releases it waits, or was first.
  perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
  if exists (select from incident_submission s where s.report_id = new.report_id and s.sealed is not null) then
    raise exception 'what a report was released from stays while what was released does' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function guard_text_redaction() from public;
grant update (sealed) on register_text, incident_text, incident_report_draft, entity_contact to countersign_web;
-- The worker finds whom a text names, and blacks out what is an erased person's.
grant select on register_text, incident_text, threat_draft, incident_report_draft, incident_submission, entity_contact
  to countersign_worker;
grant update (sealed, redacted) on register_text, incident_text, threat_draft, incident_report_draft, entity_contact
  to countersign_worker;
