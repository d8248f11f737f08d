-- Retention: runs that look for what is kept no longer, with a report of each rule; what people decided about them; and
-- what is due, until it is gone. A rule does nothing before somebody approved a report of it as it is now.

create sequence retention_run_number;

-- CreateTable
CREATE TABLE "retention_end" (
    "person_id" TEXT NOT NULL,
    "ended_on" DATE NOT NULL,

    CONSTRAINT "retention_end_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_report" (
    "run_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "due" INTEGER NOT NULL DEFAULT 0,
    "skipped" JSONB NOT NULL DEFAULT '{}',
    "oldest" DATE,
    "newest" DATE,
    "sample" TEXT[],
    "acted" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "after_on" DATE,
    "after_subject" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_report_pkey" PRIMARY KEY ("run_id","rule")
);

-- CreateTable
CREATE TABLE "retention_decision" (
    "run_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "up_to" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "retention_decision_pkey" PRIMARY KEY ("run_id","rule","decision")
);

-- CreateTable
CREATE TABLE "retention_item" (
    "run_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "trigger_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_item_pkey" PRIMARY KEY ("run_id","rule","subject")
);

-- CreateIndex
CREATE INDEX "privacy_request_standing_right_idx" ON "privacy_request_standing"("right", "person_id");
-- CreateIndex
CREATE INDEX "retention_end_ended_idx" ON "retention_end"("ended_on", "person_id");
-- CreateIndex
CREATE UNIQUE INDEX "retention_run_number_key" ON "retention_run"("number");
-- CreateIndex
CREATE INDEX "retention_run_asked_idx" ON "retention_run"("asked_at" DESC, "id" DESC);
-- CreateIndex
CREATE INDEX "retention_report_rule_idx" ON "retention_report"("rule", "ended_at" DESC);
-- CreateIndex
CREATE INDEX "retention_decision_rule_idx" ON "retention_decision"("rule", "version", "at" DESC);
-- CreateIndex
CREATE INDEX "retention_item_state_idx" ON "retention_item"("state", "queued_at", "run_id", "rule", "subject");

-- AddForeignKey
ALTER TABLE "retention_report" ADD CONSTRAINT "retention_report_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "retention_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "retention_decision" ADD CONSTRAINT "retention_decision_run_id_rule_fkey" FOREIGN KEY ("run_id", "rule") REFERENCES "retention_report"("run_id", "rule") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "retention_item" ADD CONSTRAINT "retention_item_run_id_rule_fkey" FOREIGN KEY ("run_id", "rule") REFERENCES "retention_report"("run_id", "rule") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table retention_report alter column sample set not null;
alter table retention_report alter column sample set default '{}';

-- ---------------------------------------------------------------- shapes and bounds

-- One nightly run a day, however many workers there are.
create unique index retention_run_nightly_once on retention_run (day) where kind = 'nightly';
-- One thing waits to go once.
create unique index retention_item_once on retention_item (rule, subject) where state in ('due', 'begun');

alter table retention_run
  add constraint retention_run_known check (kind in ('nightly', 'rehearsal') and number ~ '^RR-\d{4}-\d{6,10}$'
    and length(asked_by) between 1 and 60 and (kind = 'nightly') = (asked_by = 'system')
    and day between date '2020-01-01' and date '2120-01-01');
alter table retention_report
  add constraint retention_report_known check (rule ~ '^[a-z][a-z-]{1,39}$' and version ~ '^[0-9a-f]{64}$'
    and phase in ('counting', 'acting', 'ended') and (phase = 'ended') = (outcome is not null)
    and (phase = 'ended') = (ended_at is not null)
    and outcome in ('nothing', 'rehearsed', 'waits', 'asks', 'acted')),
  add constraint retention_report_counts check (due >= 0 and acted between 0 and due
    and cardinality(sample) <= 20 and length(array_to_string(sample, ' ')) <= 1200
    and jsonb_typeof(skipped) = 'object' and octet_length(skipped::text) <= 1000);
alter table retention_decision
  add constraint retention_decision_known check (decision in ('approved', 'stopped') and version ~ '^[0-9a-f]{64}$'
    and up_to >= 0 and length(actor) between 1 and 60 and length(document) between 2 and 16384
    and octet_length(assertion::text) <= 16384 and length(credential_id) <= 1400);
alter table retention_item
  add constraint retention_item_known check (state in ('due', 'begun', 'done', 'left') and length(subject) between 1 and 60
    and length(reason) <= 200 and (state in ('done', 'left')) = (ended_at is not null)
    and (state = 'left') = (reason is not null));

-- ---------------------------------------------------------------- when a relationship ended

-- The day on which the last tie to a client ended, of people who have none any more. Days are of UTC.
create function draw_retention_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Two ties of one person that end at the same moment are drawn one after the other.
  perform pg_advisory_xact_lock(hashtextextended('relationship of ' || new.person_id, 0));
  delete from retention_end e where e.person_id = new.person_id;
  insert into retention_end (person_id, ended_on)
    select new.person_id, max((t.until at time zone 'UTC')::date) from person_tie t
      where t.person_id = new.person_id having bool_and(t.until is not null);
  return null;
end $$;

create function forget_retention_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from retention_end e where e.person_id = new.id;
  return null;
end $$;

create trigger drawn_end after insert or update on person_tie for each row execute function draw_retention_end();
create trigger forgotten_end after update on person for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_retention_end();

insert into retention_end (person_id, ended_on)
  select t.person_id, max((t.until at time zone 'UTC')::date) from person_tie t
    join person p on p.id = t.person_id and p.erased_at is null
    group by t.person_id having bool_and(t.until is not null);

-- ---------------------------------------------------------------- guards

create function number_retention_run() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.asked_at) or new.ended_at is not null then
    raise exception 'a run is asked for now' using errcode = 'CS002';
  end if;
  if new.kind = 'nightly' and new.day <> (new.asked_at at time zone 'UTC')::date then
    raise exception 'a nightly run is of its own day' using errcode = 'CS002';
  end if;
  if new.kind = 'rehearsal' and not exists (select from operator o where o.id = new.asked_by) then
    raise exception 'somebody asks for a rehearsal' using errcode = 'CS002';
  end if;
  if new.kind = 'rehearsal' and (select count(*) from retention_run r where r.kind = 'rehearsal'
      and r.ended_at is null) >= 5 then
    raise exception 'five rehearsals wait already' using errcode = 'CS002';
  end if;
  new.number := numbered('RR', 'retention_run_number');
  return new;
end $$;

create function guard_retention_run() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'ended_at' is distinct from to_jsonb(old) - 'ended_at' or old.ended_at is not null
    or new.ended_at is null then
    raise exception 'a run only ends' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- A report counts up and ends; then it stays. A rehearsal never acts.
create function guard_retention_report() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  run retention_run%rowtype;
begin
  select * into run from retention_run r where r.id = new.run_id;
  if run.ended_at is not null then
    raise exception 'run % is over', run.number using errcode = 'CS002';
  end if;
  if tg_op = 'UPDATE' and ((new.run_id, new.rule, new.version) is distinct from (old.run_id, old.rule, old.version)
      or old.phase = 'ended' or new.due < old.due or new.acted < old.acted
      or old.phase = 'acting' and new.due <> old.due) then
    raise exception 'a report of % counts up, ends and stays', run.number using errcode = 'CS002';
  end if;
  if run.kind = 'rehearsal' and (new.phase = 'acting' or new.acted > 0
      or new.outcome not in ('nothing', 'rehearsed')) then
    raise exception 'a rehearsal changes nothing' using errcode = 'CS002';
  end if;
  if (new.phase = 'acting' or new.acted > 0) and not retention_is_approved(new.rule, new.version) then
    raise exception 'nobody approved this rule as it is now' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- The newest decision about a rule as it is now.
create function retention_is_approved(p_rule text, p_version text) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select coalesce((select d.decision = 'approved' from retention_decision d
    where d.rule = p_rule and d.version = p_version order by d.at desc, d.decision desc limit 1), false) $$;

create function guard_retention_decision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  report retention_report%rowtype;
  run_kind text;
  person_roles text[];
  said jsonb := new.document::jsonb;
begin
  select * into report from retention_report r where r.run_id = new.run_id and r.rule = new.rule;
  select r.kind into run_kind from retention_run r where r.id = new.run_id;
  select o.roles into person_roles from operator o where o.id = new.actor;
  -- Whoever advises on data protection does not decide what goes.
  if person_roles is null or 'dpo' = any (person_roles) or not person_roles && array['officer', 'manager'] then
    raise exception 'who decides approves what goes' using errcode = 'CS002';
  end if;
  if not is_about_now(new.at) or report.phase is distinct from 'ended' or run_kind <> 'nightly'
    or (new.version, new.up_to) is distinct from (report.version, report.due)
    or new.decision = 'approved' and report.outcome not in ('waits', 'asks') then
    raise exception 'what is approved is a report that waits' using errcode = 'CS002';
  end if;
  if (said ->> 'run', said ->> 'rule', said ->> 'version', said ->> 'decision', said ->> 'person', said ->> 'due')
    is distinct from (new.run_id::text, new.rule, new.version, new.decision, new.actor, new.up_to::text) then
    raise exception 'a decision without what was signed' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What is due is put down by a run that acts; it ends once.
create function guard_retention_item() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  report retention_report%rowtype;
begin
  if tg_op = 'INSERT' then
    select * into report from retention_report r where r.run_id = new.run_id and r.rule = new.rule;
    if report.phase is distinct from 'acting' or new.state <> 'due'
      or not retention_is_approved(report.rule, report.version) then
      raise exception 'nothing is due to go that nobody approved' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if to_jsonb(new) - 'state' - 'reason' - 'ended_at' is distinct from to_jsonb(old) - 'state' - 'reason' - 'ended_at'
    or old.state in ('done', 'left') or old.state = 'begun' and new.state = 'due' then
    raise exception 'what is due goes or is left, once' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- Texts and files of a request, and reasons of a hold, stay while a hold covers them; one that was in the trail before
-- the hold began goes on to its end.
create function guard_request_held() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  begun timestamptz;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0));
  select * into about from privacy_request_standing s where s.request_id = old.request_id;
  select max(a.at) into begun from audit_entry a where a.subject = about.number and a.kind = 'privacy-request-erased';
  if exists (select from holds_on_request(about.number, about.person_id) held join privacy_hold h on h.id = held
      where h.opened_at <= coalesce(begun, 'infinity')) then
    raise exception 'what a legal hold covers stays' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function holds_on_request(p_number text, p_person text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where s.state <> 'lifted' and (
      c.kind = 'record' and c.subject = p_number
      or c.kind = 'category' and c.subject = 'request-files'
      or c.kind = 'person' and c.subject = p_person
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t where t.person_id = p_person)) $$;

create function guard_hold_text_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_hold_standing%rowtype;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0));
  select * into about from privacy_hold_standing s where s.hold_id = old.hold_id;
  if about.state <> 'lifted' or exists (select from privacy_hold_cover c
      join privacy_hold_standing s on s.hold_id = c.hold_id where s.state <> 'lifted'
        and (c.kind = 'category' and c.subject = 'hold-files' or c.kind = 'record' and c.subject = about.number)) then
    raise exception 'reasons of a hold stay while it stands, or another covers it' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What a request was found by goes with its texts.
create function guard_request_search_deletion() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
begin
  select * into about from privacy_request_standing s where s.request_id = old.request_id;
  if not is_in_trail(about.number, 'privacy-request-erased') or exists (select from privacy_request_text t
      where t.request_id = old.request_id and t.sealed is not null) then
    raise exception 'what a request is found by goes after its texts' using errcode = 'CS002';
  end if;
  return old;
end $$;

drop trigger if exists append_only on privacy_request_search;
create trigger never_changed before update or truncate on privacy_request_search
  for each statement execute function refuse_change();
create trigger guarded_deletion before delete on privacy_request_search
  for each row execute function guard_request_search_deletion();

create trigger numbered before insert on retention_run for each row execute function number_retention_run();
create trigger guarded before update on retention_run for each row execute function guard_retention_run();
create trigger guarded before insert or update on retention_report
  for each row execute function guard_retention_report();
create trigger guarded before insert on retention_decision
  for each row execute function guard_retention_decision();
create trigger guarded before insert or update on retention_item
  for each row execute function guard_retention_item();
create trigger held before update on privacy_request_text for each row execute function guard_request_held();
create trigger held before update on privacy_hold_text for each row execute function guard_hold_text_over();
create trigger held before update on privacy_request_file for each row execute function guard_request_held();
create trigger append_only before update or delete or truncate on retention_decision
  for each statement execute function refuse_change();

do $$
declare
  name text;
  one record;
begin
  foreach name in array array['retention_run', 'retention_report', 'retention_item']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and (tgrelid in ('retention_run'::regclass, 'retention_report'::regclass, 'retention_decision'::regclass,
      'retention_item'::regclass, 'privacy_request_search'::regclass) or tgname in ('held', 'drawn_end', 'forgotten_end'))
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on retention_end, retention_run, retention_report, retention_decision, retention_item
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on sequence retention_run_number from public;
revoke all on function draw_retention_end(), forget_retention_end(), number_retention_run(), guard_retention_run(),
  guard_retention_report(), retention_is_approved(text, text), guard_retention_decision(), guard_retention_item(),
  guard_request_held(), holds_on_request(text, text), guard_hold_text_over(), guard_request_search_deletion() from public;
grant select on retention_end, retention_run, retention_report, retention_decision, retention_item
  to countersign_web, countersign_worker;
grant insert (id, kind, day, asked_by, asked_at) on retention_run to countersign_web, countersign_worker;
grant update (ended_at) on retention_run to countersign_worker;
grant insert on retention_decision to countersign_web;
grant insert, update on retention_report, retention_item to countersign_worker;
grant execute on function retention_is_approved(text, text), holds_on_request(text, text)
  to countersign_web, countersign_worker;
-- The worker erases files of requests and of holds whose time is over.
grant select, update (sealed, erased_at) on privacy_request_text, privacy_request_file, privacy_hold_text
  to countersign_worker;
grant select, delete on privacy_request_search to countersign_worker;
