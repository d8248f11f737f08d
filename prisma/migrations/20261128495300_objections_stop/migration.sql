-- An objection that is granted stops what was objected to (Art 21(1) GDPR): which purpose of which activity, as the record of
-- processing has it, and since when. Only what rests on our legitimate interest can be objected to; what rests on a contract
-- or a legal duty is refused, as the right does not apply to it.

-- CreateTable
CREATE TABLE "person_objection" (
    "request_id" UUID NOT NULL,
    "activity_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "stopped_by" TEXT NOT NULL,

    CONSTRAINT "person_objection_pkey" PRIMARY KEY ("request_id","activity_id","place")
);

-- CreateIndex
CREATE INDEX "person_objection_person_idx" ON "person_objection"("person_id", "since" DESC);

-- AddForeignKey
ALTER TABLE "person_objection" ADD CONSTRAINT "person_objection_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_objection" ADD CONSTRAINT "person_objection_activity_id_version_fkey" FOREIGN KEY ("activity_id", "version") REFERENCES "resilience_version"("record_id", "version") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_objection" ADD CONSTRAINT "person_objection_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table person_objection
  add constraint person_objection_bounded check (place between 0 and 99 and version >= 1
    and length(stopped_by) between 1 and 60);

create function guard_person_objection() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.since) or not exists (select from operator o where o.id = new.stopped_by
      and o.roles && array['officer', 'manager'] and not 'dpo' = any (o.roles)) then
    raise exception 'who decides on an objection stops what it is to, now' using errcode = 'CS002';
  end if;
  if not exists (select from privacy_request_standing s where s.request_id = new.request_id
      and s.person_id = new.person_id and s."right" = 'objection') or not exists (select from person_restriction r
      where r.request_id = new.request_id and r.person_id = new.person_id and r.ground = 'objection') then
    raise exception 'what stops was objected to by its person, and was restricted while it was tested'
      using errcode = 'CS002';
  end if;
  if not exists (select from resilience_version v join resilience_record r on r.id = v.record_id
      where v.record_id = new.activity_id and v.version = new.version and r.kind = 'activity'
        and v.facts #>> array['purposes', new.place::text, 'basis'] = 'legitimate-interests') then
    raise exception 'only what rests on a legitimate interest is objected to (Art 21(1))' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What this person could object to: marketing stopped at once, the records of somebody who works here rest on our interest,
-- and so may an activity of the record of processing. Which kinds of people it is about the program knows.
create function guard_objection_granted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if about."right" = 'objection' and about.person_id is not null
    and not exists (select from person_stop s where s.request_id = new.request_id and s.person_id = about.person_id
      and s.what = 'marketing')
    and not (exists (select from operator o where o.id = about.person_id)
      and not exists (select from person_tie t where t.person_id = about.person_id))
    and not exists (select from resilience_current c where c.kind = 'activity' and not c.retired
      and c.facts ->> 'state' <> 'ended'
      and c.facts -> 'purposes' @> '[{"basis": "legitimate-interests"}]'::jsonb) then
    raise exception 'request %: the right to object does not apply where nothing rests on a legitimate interest',
      about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on person_objection for each row execute function guard_person_objection();
create trigger append_only before update or delete or truncate on person_objection
  for each statement execute function refuse_change();
create trigger objectable before insert on privacy_request_event for each row
  when (new.kind = 'proposed' and new.facts ->> 'decision' in ('grant', 'grant-in-part'))
  execute function guard_objection_granted();
alter table person_objection enable always trigger guarded;
alter table person_objection enable always trigger append_only;
alter table privacy_request_event enable always trigger objectable;

revoke all on person_objection from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_person_objection(), guard_objection_granted() from public;
grant select on person_objection to countersign_web, countersign_worker;
grant insert on person_objection to countersign_web;
