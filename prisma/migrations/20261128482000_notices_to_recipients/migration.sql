-- Whom a correction or a restriction is told to (Article 19 GDPR), where no request of that right asks for it by itself: what
-- is corrected without a request, and what is restricted within one that asks for something else, such as an objection
-- under test (Article 18(1)(d)).

-- CreateTable
CREATE TABLE "recipient_notice_duty" (
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "correction_id" UUID,
    "restriction_id" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "recipient_notice_duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipient_notice" (
    "duty_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recipient_notice_pkey" PRIMARY KEY ("duty_id","recipient")
);

-- CreateIndex
CREATE INDEX "recipient_notice_duty_person_idx" ON "recipient_notice_duty"("person_id", "since" DESC);
-- CreateIndex
CREATE UNIQUE INDEX "recipient_notice_duty_correction_key" ON "recipient_notice_duty"("correction_id");
-- CreateIndex
CREATE UNIQUE INDEX "recipient_notice_duty_restriction_key" ON "recipient_notice_duty"("restriction_id");

-- AddForeignKey
ALTER TABLE "recipient_notice_duty" ADD CONSTRAINT "recipient_notice_duty_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "recipient_notice_duty" ADD CONSTRAINT "recipient_notice_duty_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "person_correction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "recipient_notice_duty" ADD CONSTRAINT "recipient_notice_duty_restriction_id_fkey" FOREIGN KEY ("restriction_id") REFERENCES "person_restriction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "recipient_notice" ADD CONSTRAINT "recipient_notice_duty_id_fkey" FOREIGN KEY ("duty_id") REFERENCES "recipient_notice_duty"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- what a row may say

alter table recipient_notice_duty
  add constraint recipient_notice_duty_one_cause check ((correction_id is null) <> (restriction_id is null)),
  add constraint recipient_notice_duty_whole check ((ended_at is null) = (ended_by is null)
    and length(ended_by) between 1 and 60);
-- The same results as lib/privacy/notices/notice-results.ts.
alter table recipient_notice
  add constraint recipient_notice_known check (recipient ~ '^[a-z0-9][a-z0-9-]{0,59}$'
    and result in ('told', 'holds-none', 'gone', 'unreachable', 'data-gone') and length(recorded_by) between 1 and 60);
create index recipient_notice_duty_open on recipient_notice_duty (since, id) where ended_at is null;

-- ---------------------------------------------------------------- where a duty comes from

create function recipient_notice_owed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'person_correction' then
    insert into recipient_notice_duty (id, person_id, correction_id, since)
      values (gen_random_uuid(), new.person_id, new.id, new.decided_at);
  elsif not exists (select from privacy_request r where r.id = new.request_id and r."right" = 'restriction') then
    insert into recipient_notice_duty (id, person_id, restriction_id, since)
      values (gen_random_uuid(), new.person_id, new.id, new.since);
  end if;
  return null;
end $$;

create function guard_recipient_notice() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from recipient_notice_duty d where d.id = new.duty_id and d.ended_at is null for update;
  if not found then
    raise exception 'recipients are told of what is not ended' using errcode = 'CS002';
  end if;
  if not is_about_now(new.at) or not exists (select from operator o where o.id = new.recorded_by
      and 'dpo' = any (o.roles)) then
    raise exception 'the data protection officer records who was told, now' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_recipient_notice_duty() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'ended_at' - 'ended_by' is distinct from to_jsonb(old) - 'ended_at' - 'ended_by'
    or old.ended_at is not null or new.ended_at is null or not is_about_now(new.ended_at)
    or not exists (select from operator o where o.id = new.ended_by and 'dpo' = any (o.roles)) then
    raise exception 'that nobody is left to tell is said once, by the data protection officer' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- A request within which something was restricted is closed once that was told.
create function guard_request_notices() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from recipient_notice_duty d join person_restriction r on r.id = d.restriction_id
      where r.request_id = new.request_id and d.ended_at is null) then
    raise exception 'recipients are told of a restriction first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger tells_recipients after update on person_correction for each row
  when (new.outcome = 'made' and old.outcome is null and new.request_id is null)
  execute function recipient_notice_owed();
create trigger tells_recipients after insert on person_restriction for each row execute function recipient_notice_owed();
create trigger guarded before insert on recipient_notice for each row execute function guard_recipient_notice();
create trigger append_only before update or delete or truncate on recipient_notice
  for each statement execute function refuse_change();
create trigger guarded before update on recipient_notice_duty
  for each row execute function guard_recipient_notice_duty();
create trigger never_removed before delete or truncate on recipient_notice_duty
  for each statement execute function refuse_change();
create trigger tells_recipients before insert on privacy_request_event for each row
  when (new.kind = 'closed') execute function guard_request_notices();

do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and (tgrelid in ('recipient_notice'::regclass, 'recipient_notice_duty'::regclass) or tgname = 'tells_recipients')
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- What was corrected or restricted so before was told to nobody on record.
insert into recipient_notice_duty (id, person_id, correction_id, since)
  select gen_random_uuid(), c.person_id, c.id, c.decided_at from person_correction c
    where c.outcome = 'made' and c.request_id is null;
insert into recipient_notice_duty (id, person_id, restriction_id, since)
  select gen_random_uuid(), p.person_id, p.id, p.since from person_restriction p
    join privacy_request r on r.id = p.request_id where r."right" <> 'restriction';

-- ---------------------------------------------------------------- who may

revoke all on recipient_notice, recipient_notice_duty
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function recipient_notice_owed(), guard_recipient_notice(), guard_recipient_notice_duty(),
  guard_request_notices() from public;
grant select on recipient_notice, recipient_notice_duty to countersign_web, countersign_worker;
grant insert on recipient_notice to countersign_web;
grant update (ended_at, ended_by) on recipient_notice_duty to countersign_web;
