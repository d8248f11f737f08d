-- What was objected to stops with the approval and by who gave it (Art 21(1) GDPR): a row that was written before it, or of an
-- objection that is refused, would say that something stopped which goes on. A request that was reopened can be granted further,
-- and by then an activity may have another purpose at the same place, so a row is of a version.

-- AlterTable
ALTER TABLE "person_objection" DROP CONSTRAINT "person_objection_pkey",
ADD CONSTRAINT "person_objection_pkey" PRIMARY KEY ("request_id", "activity_id", "version", "place");

create or replace function guard_person_objection() returns trigger
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
  if not exists (select from privacy_request_event a join privacy_request_event p
        on p.request_id = a.request_id and p.seq = (a.facts ->> 'of')::int
      where a.request_id = new.request_id and a.kind = 'approved' and a.actor = new.stopped_by and a.at = new.since
        and a.xmin::text = pg_current_xact_id()::xid::text
        and p.kind = 'proposed' and p.facts ->> 'decision' in ('grant', 'grant-in-part')) then
    raise exception 'what was objected to stops with the approval of what grants it (Art 21(1))' using errcode = 'CS002';
  end if;
  return new;
end $$;
