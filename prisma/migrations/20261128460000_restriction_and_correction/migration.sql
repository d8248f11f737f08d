-- Rights that change how people's data are used: processing is restricted (Art 18 GDPR) until the person was told and two
-- people lift it; a value is corrected (Art 16) by two people; and what somebody objected to, or took a consent back
-- for, stops (Art 21, 7(3)).

-- CreateTable
CREATE TABLE "person_restriction" (
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "fields" TEXT[],
    "ground" TEXT NOT NULL,
    "allows" TEXT[],
    "since" TIMESTAMPTZ(3) NOT NULL,
    "set_by" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'standing',
    "told_at" TIMESTAMPTZ(3),
    "proposed_by" TEXT,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_restriction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_restriction_event" (
    "restriction_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "request_seq" INTEGER,
    "document" TEXT,
    "assertion" JSONB,
    "credential_id" TEXT,

    CONSTRAINT "person_restriction_event_pkey" PRIMARY KEY ("restriction_id","seq")
);

-- CreateTable
CREATE TABLE "person_correction" (
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "request_id" UUID,
    "fields" TEXT[],
    "sealed" BYTEA,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_stop" (
    "person_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT NOT NULL,
    "stopped_by" TEXT NOT NULL,
    "request_id" UUID,

    CONSTRAINT "person_stop_pkey" PRIMARY KEY ("person_id","what","at")
);

-- AlterTable
ALTER TABLE "person_hash" ADD COLUMN "retired_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "person_restriction_person_idx" ON "person_restriction"("person_id", "since" DESC);
-- CreateIndex
CREATE INDEX "person_restriction_request_idx" ON "person_restriction"("request_id");
-- CreateIndex
CREATE INDEX "person_correction_person_idx" ON "person_correction"("person_id", "proposed_at" DESC);
-- CreateIndex
CREATE INDEX "person_correction_request_idx" ON "person_correction"("request_id");
-- CreateIndex
CREATE INDEX "person_stop_request_idx" ON "person_stop"("request_id");

-- AddForeignKey
ALTER TABLE "person_restriction" ADD CONSTRAINT "person_restriction_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_restriction" ADD CONSTRAINT "person_restriction_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_restriction_event" ADD CONSTRAINT "person_restriction_event_restriction_id_fkey" FOREIGN KEY ("restriction_id") REFERENCES "person_restriction"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_correction" ADD CONSTRAINT "person_correction_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_correction" ADD CONSTRAINT "person_correction_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_stop" ADD CONSTRAINT "person_stop_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_stop" ADD CONSTRAINT "person_stop_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- what a row may say

-- No field named means all that is held and comes to be held.
alter table person_restriction alter column fields set not null, alter column allows set not null;
alter table person_correction alter column fields set not null;
alter table person_restriction
  add constraint person_restriction_known check (ground in ('accuracy', 'unlawful', 'claims', 'objection')
    and state in ('standing', 'told', 'lift-proposed', 'lifted')
    and 'consent' = any (allows)
    and allows <@ array['consent', 'legal-claims', 'protection-of-others', 'public-interest']),
  add constraint person_restriction_bounded check (cardinality(fields) <= 60
    and length(array_to_string(fields, '')) <= 2000 and length(set_by) between 1 and 60),
  add constraint person_restriction_whole check ((state = 'lifted') = (lifted_at is not null)
    and (state = 'standing') = (told_at is null) and (state in ('lift-proposed', 'lifted')) = (proposed_by is not null));
alter table person_restriction_event
  add constraint person_restriction_event_bounded check (seq between 1 and 200 and length(actor) between 1 and 60
    and kind in ('told', 'lift-proposed', 'lift-returned', 'lifted')),
  add constraint person_restriction_event_told check ((kind = 'told') = (told_at is not null)
    and (kind = 'told') = (request_seq is not null)),
  add constraint person_restriction_event_signed check ((kind in ('lift-proposed', 'lifted')) = (document is not null)
    and (document is null) = (assertion is null) and (document is null) = (credential_id is null)
    and length(document) between 2 and 16384 and octet_length(assertion::text) <= 16384
    and length(credential_id) <= 1400);
alter table person_correction
  add constraint person_correction_bounded check (cardinality(fields) between 1 and 60
    and length(array_to_string(fields, '')) <= 2000 and length(proposed_by) between 1 and 60
    and octet_length(sealed) between 45 and 65536),
  add constraint person_correction_known check (outcome in ('made', 'rejected', 'withdrawn')),
  add constraint person_correction_whole check ((outcome is null) = (decided_by is null)
    and (outcome is null) = (decided_at is null)
    -- What is proposed outside a request waits sealed; once decided it stands in the vault or nowhere.
    and (sealed is not null) = (request_id is null and outcome is null)),
  add constraint person_correction_by_two check (outcome <> 'made' or decided_by <> proposed_by);
-- One at a time, so that two proposals don't overwrite each other.
create unique index person_correction_open_once on person_correction (person_id) where outcome is null;
create unique index person_correction_of_request_once on person_correction (request_id) where request_id is not null;
alter table person_stop
  add constraint person_stop_known check ((what = 'marketing' and why in ('withdrawn', 'objected'))
    or (what = 'interest' and why = 'objected')),
  add constraint person_stop_bounded check (length(stopped_by) between 1 and 60);

-- ---------------------------------------------------------------- restriction

create function guard_person_restriction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  roles text[];
begin
  select o.roles into roles from operator o where o.id = new.set_by;
  if roles is null or not 'dpo' = any (roles) then
    raise exception 'the data protection officer restricts' using errcode = 'CS002';
  end if;
  if (new.seq, new.state) is distinct from (0, 'standing') or new.lifted_at is not null
    or not is_about_now(new.since) then
    raise exception 'a restriction begins now' using errcode = 'CS002';
  end if;
  if not exists (select from privacy_request_standing s where s.request_id = new.request_id
      and s.person_id = new.person_id) then
    raise exception 'a restriction rests on a request of its person' using errcode = 'CS002';
  end if;
  if not exists (select from person p where p.id = new.person_id and p.erased_at is null) then
    raise exception 'nothing is written about who was erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- Told, then proposed, then lifted by another (Art 18(3)).
create function guard_person_restriction_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about person_restriction%rowtype;
  roles text[];
begin
  select * into about from person_restriction r where r.id = new.restriction_id for update;
  select o.roles into roles from operator o where o.id = new.actor;
  if new.seq <> about.seq + 1 or not is_about_now(new.at) or new.at < about.since
    or new.at < (select max(e.at) from person_restriction_event e where e.restriction_id = new.restriction_id) then
    raise exception 'events of a restriction follow one another, and now' using errcode = 'CS002';
  end if;
  if not coalesce(case new.kind when 'told' then about.state = 'standing'
      when 'lift-proposed' then about.state = 'told' else about.state = 'lift-proposed' end, false) then
    raise exception 'a restriction is lifted after the person was told, step by step' using errcode = 'CS002';
  end if;
  if new.kind = 'told' then
    if roles is null or not 'dpo' = any (roles) then
      raise exception 'the data protection officer tells the person' using errcode = 'CS002';
    end if;
    if new.told_at < date_trunc('minute', about.since) or new.told_at > new.at then
      raise exception 'the person was told between the restriction and now' using errcode = 'CS002';
    end if;
    -- How it is proved stands with the request, written in the same transaction.
    if not exists (select from privacy_request_event e where e.request_id = about.request_id and e.seq = new.request_seq
        and e.kind = 'noted' and e.actor = new.actor and e.xmin::text = pg_current_xact_id()::xid::text) then
      raise exception 'that the person was told is proved in the request' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if roles is null or 'dpo' = any (roles) or not (case new.kind when 'lift-proposed' then 'manager' = any (roles)
      else roles && array['officer', 'manager'] end) then
    raise exception 'who advises does not lift a restriction' using errcode = 'CS002';
  end if;
  if new.kind = 'lifted' and (new.actor = about.proposed_by or new.at <= about.told_at) then
    raise exception 'another person lifts it, after the person was told' using errcode = 'CS002';
  end if;
  if new.kind <> 'lift-returned' and (new.document::jsonb ->> 'restriction', new.document::jsonb ->> 'step',
      new.document::jsonb ->> 'person') is distinct from (new.restriction_id::text, new.kind, new.actor) then
    raise exception 'a restriction is lifted with what was signed' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function draw_person_restriction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_restriction r set
    seq = new.seq,
    state = case new.kind when 'lift-returned' then 'told' else new.kind end,
    told_at = coalesce(new.told_at, r.told_at),
    proposed_by = case new.kind when 'lift-proposed' then new.actor when 'lift-returned' then null else r.proposed_by end,
    lifted_at = case new.kind when 'lifted' then new.at else null end
    where r.id = new.restriction_id;
  return null;
end $$;

-- ---------------------------------------------------------------- correction

-- That two people corrected this field in the transaction that is under way.
create function is_corrected_now(p_person text, p_field text, p_by text) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from person_correction c where c.person_id = p_person and c.outcome = 'made'
    and (p_field is null or p_field = any (c.fields)) and (p_by is null or c.decided_by = p_by)
    and c.xmin::text = pg_current_xact_id()::xid::text) $$;

create function guard_person_correction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  roles text[];
begin
  if tg_op = 'INSERT' and new.request_id is not null then
    -- Of a request: the decision that it carries out was signed by both.
    if new.outcome is distinct from 'made' or not exists (
        select from privacy_request_standing s
          join privacy_request_event p on p.request_id = s.request_id and p.seq = s.proposal
          join privacy_request_event a on a.request_id = s.request_id and a.kind = 'approved'
            and (a.facts ->> 'of')::int = p.seq
        where s.request_id = new.request_id and s.person_id = new.person_id and s."right" = 'rectification'
          and s.state = 'approved' and p.actor = new.proposed_by and a.actor = new.decided_by
          and p.facts ->> 'decision' <> 'refuse') then
      raise exception 'a correction follows the decision of its request' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if tg_op = 'INSERT' then
    select o.roles into roles from operator o where o.id = new.proposed_by;
    if new.outcome is not null or roles is null or not roles && array['officer', 'dpo']
      or not is_about_now(new.proposed_at) then
      raise exception 'a correction is proposed first, and now' using errcode = 'CS002';
    end if;
    if encode(substring(new.sealed from 2 for 16), 'hex') is distinct from
      (select p.key_id from person p where p.id = new.person_id and p.erased_at is null) then
      raise exception 'a correction waits sealed under the key of its person' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.person_id, new.request_id, new.fields, new.proposed_by, new.proposed_at) is distinct from
      (old.id, old.person_id, old.request_id, old.fields, old.proposed_by, old.proposed_at)
    or old.outcome is not null or new.outcome is null or not is_about_now(new.decided_at) then
    raise exception 'a correction is decided once, and now' using errcode = 'CS002';
  end if;
  select o.roles into roles from operator o where o.id = new.decided_by;
  if new.outcome <> 'withdrawn' and (roles is null or 'dpo' = any (roles) or not roles && array['officer', 'manager']
      or new.decided_by = new.proposed_by) or new.outcome = 'withdrawn' and new.decided_by <> new.proposed_by then
    raise exception 'another person decides on a correction' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_person_value() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- Whoever erases the person waits, or has been and gone.
  if not exists (select from person p where p.id = new.person_id and p.erased_at is null for share) then
    raise exception 'nothing is written about who was erased' using errcode = 'CS002';
  end if;
  if new.version <> (select coalesce(max(v.version), 0) + 1 from person_value v
    where v.person_id = new.person_id and v.field = new.field) then
    raise exception 'versions of a value follow one another' using errcode = 'CS002';
  end if;
  if encode(substring(new.sealed from 2 for 16), 'hex') is distinct from
    (select p.key_id from person p where p.id = new.person_id) then
    raise exception 'a value is sealed under the key of its person' using errcode = 'CS002';
  end if;
  -- Consent is taken back at once and by one; it says nothing of who somebody is.
  if new.version > 1 and new.field <> 'marketing-consent'
    and not is_corrected_now(new.person_id, new.field, new.recorded_by) then
    raise exception 'two people change what is known of a person' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- A hash of what was corrected finds nobody any more; it goes with the earlier value.
create function guard_person_hash_change() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'retired_at' is distinct from to_jsonb(old) - 'retired_at'
    or not is_corrected_now(new.person_id, null, null) then
    raise exception 'by what somebody is found changes with a correction only' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- what stops

create function guard_person_stop() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  roles text[];
begin
  select o.roles into roles from operator o where o.id = new.stopped_by;
  if roles is null or not roles && array['dpo', 'officer', 'manager'] or not is_about_now(new.at) then
    raise exception 'somebody who works with people’s data records what stops, now' using errcode = 'CS002';
  end if;
  if new.request_id is not null and not exists (select from privacy_request_standing s
      where s.request_id = new.request_id and s.person_id = new.person_id) then
    raise exception 'what stops rests on a request of its person' using errcode = 'CS002';
  end if;
  if new.what = 'interest' and new.request_id is null then
    raise exception 'an objection comes with a request' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on person_restriction for each row execute function guard_person_restriction();
create trigger guarded before insert on person_restriction_event
  for each row execute function guard_person_restriction_event();
create trigger drawn after insert on person_restriction_event for each row execute function draw_person_restriction();
create trigger guarded before insert or update on person_correction
  for each row execute function guard_person_correction();
create trigger guarded before insert on person_stop for each row execute function guard_person_stop();
drop trigger never_changed on person_hash;
create trigger never_changed before truncate on person_hash for each statement execute function refuse_change();
create trigger guarded_change before update on person_hash for each row execute function guard_person_hash_change();
create trigger append_only before update or delete or truncate on person_restriction_event
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on person_stop
  for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on person_restriction
  for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on person_correction
  for each statement execute function refuse_change();

do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and tgrelid in ('person_restriction'::regclass, 'person_restriction_event'::regclass, 'person_correction'::regclass,
      'person_stop'::regclass, 'person_hash'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on person_restriction, person_restriction_event, person_correction, person_stop
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_person_restriction(), guard_person_restriction_event(), draw_person_restriction(),
  is_corrected_now(text, text, text), guard_person_correction(), guard_person_hash_change(), guard_person_stop()
  from public;
grant select on person_restriction, person_restriction_event, person_correction, person_stop
  to countersign_web, countersign_worker;
grant insert on person_restriction, person_restriction_event, person_correction, person_stop to countersign_web;
grant update (sealed, outcome, decided_by, decided_at) on person_correction to countersign_web;
grant update (retired_at) on person_hash to countersign_web;
grant execute on function is_corrected_now(text, text, text) to countersign_web, countersign_worker;
