-- Files of breaches end five years after the breach was closed: texts and notifications by their key, and the list of
-- persons. The register's line stays and names nobody: events, statements and commitments, so that what was signed goes on
-- to verify. What is begun goes on to its end, since what its key sealed can't be read any more.

-- CreateTable
CREATE TABLE "privacy_breach_erasure" (
    "breach_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),
    "texts" INTEGER,
    "persons" INTEGER,

    CONSTRAINT "privacy_breach_erasure_pkey" PRIMARY KEY ("breach_id")
);

-- AddForeignKey
ALTER TABLE "privacy_breach_erasure" ADD CONSTRAINT "privacy_breach_erasure_breach_id_fkey" FOREIGN KEY ("breach_id") REFERENCES "privacy_breach"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_breach_erasure
  add constraint privacy_breach_erasure_whole check ((erased_at is null) = (texts is null)
    and (erased_at is null) = (persons is null) and texts between 0 and 10000 and persons >= 0);

-- ---------------------------------------------------------------- what keeps it

-- Whom a breach concerns by its list, or who is named in a text of it.
create function people_of_breach(p_breach uuid) returns setof text
language sql volatile security definer set search_path = public, pg_temp as $$
  select p.person_id from privacy_breach_person p where p.breach_id = p_breach
  union
  select m.person_id from privacy_breach_text t join person_mention m
      on m.of_table = 'privacy_breach_text' and m.commitment = t.commitment
    where t.breach_id = p_breach $$;

create function holds_on_breach(p_breach uuid) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where still_keeps('hold', s.hold_id, s.state) and (
      c.kind = 'category' and c.subject = 'breach-files'
      or c.kind = 'record' and c.subject = (select b.number from privacy_breach b where b.id = p_breach)
      or c.kind = 'person' and c.subject in (select people_of_breach(p_breach))
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t
        where t.person_id in (select people_of_breach(p_breach)))) $$;

-- An incident of the same event is worked on, or a report about it is not made yet.
create function is_breach_incident_open(p_number text) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from incident_link l join incident_standing s on s.incident_id = l.incident_id
    where l.kind = 'breach' and l.ref = p_number and (s.state in ('new', 'working') or exists (select
      from incident_clock c where c.incident_id = l.incident_id and c.state = 'running'))) $$;

-- ---------------------------------------------------------------- guards

create function guard_privacy_breach_erasure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_breach_standing%rowtype;
begin
  if session_user <> 'countersign_worker' then
    raise exception 'the worker alone erases the file of a breach' using errcode = 'CS002';
  end if;
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - 'erased_at' - 'texts' - 'persons' is distinct from
        to_jsonb(old) - 'erased_at' - 'texts' - 'persons'
      or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
      raise exception 'the erasure of a file ends once, and now' using errcode = 'CS002';
    end if;
    if exists (select from privacy_breach_text t where t.breach_id = new.breach_id and t.sealed is not null)
      or exists (select from people_of_breach(new.breach_id)) then
      raise exception 'the file of a breach goes whole' using errcode = 'CS002';
    end if;
    return new;
  end if;
  -- Whoever opens a hold has been, or waits; and whoever writes about the breach, too.
  perform pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0));
  perform from privacy_breach b where b.id = new.breach_id for update;
  select * into about from privacy_breach_standing s where s.breach_id = new.breach_id;
  if not is_about_now(new.begun_at) or new.erased_at is not null then
    raise exception 'breach %: its erasure begins now', about.number using errcode = 'CS002';
  end if;
  if not coalesce(about.state in ('closed', 'not-a-breach')
      and ((about.closed_at at time zone 'UTC')::date + interval '5 years')::date
        < (new.begun_at at time zone 'UTC')::date, false) then
    raise exception 'breach %: its file is kept for five years after it was closed', about.number using errcode = 'CS002';
  end if;
  if exists (select from holds_on_breach(new.breach_id)) then
    raise exception 'what a legal hold covers stays' using errcode = 'CS002';
  end if;
  if is_breach_incident_open(about.number) then
    raise exception 'breach %: an incident of it is open', about.number using errcode = 'CS002';
  end if;
  if not exists (select from retention_item i where i.run_id = new.run_id and i.rule = 'breach-files'
      and i.subject = about.number and i.state in ('due', 'begun')) then
    raise exception 'breach %: no run that was approved put it down', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create function is_breach_erasing(p_breach uuid) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_breach_erasure e join privacy_breach b on b.id = e.breach_id
    where e.breach_id = p_breach and e.erased_at is null and is_in_trail(b.number, 'privacy-breach-erased')) $$;

-- What was erased takes nothing more: nobody could read it beside what it is about.
create function guard_breach_not_erased() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from privacy_breach_erasure e where e.breach_id = new.breach_id) then
    raise exception 'the file of this breach was erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_breach_person_deletion() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_breach_erasing(old.breach_id) then
    raise exception 'who is on the list of a breach goes with its file' using errcode = 'CS002';
  end if;
  return old;
end $$;

create or replace function guard_privacy_breach_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about text := (select b.number from privacy_breach b where b.id = new.breach_id);
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or new.redacted is not null
      or not privacy_breach_event_is_new(new.breach_id, new.seq) then
      raise exception 'a text comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_breach_sealed_so(new.breach_id, new.sealed) then
      raise exception 'it is sealed under the key of its breach' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if is_sealed_anew(to_jsonb(old), to_jsonb(new), about) and privacy_breach_sealed_so(new.breach_id, new.sealed) then
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or new.sealed is not null or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_breach_erasing(new.breach_id) then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

drop trigger append_only on privacy_breach_person;
drop trigger append_only on privacy_breach_told;
create trigger never_changed before update or truncate on privacy_breach_person
  for each statement execute function refuse_change();
create trigger never_changed before update or truncate on privacy_breach_told
  for each statement execute function refuse_change();
create trigger guarded_deletion before delete on privacy_breach_person
  for each row execute function guard_breach_person_deletion();
create trigger guarded_deletion before delete on privacy_breach_told
  for each row execute function guard_breach_person_deletion();
create trigger guarded before insert or update on privacy_breach_erasure
  for each row execute function guard_privacy_breach_erasure();
create trigger never_removed before delete or truncate on privacy_breach_erasure
  for each statement execute function refuse_change();
-- After the guard that locks the breach, so that it sees who came first.
create trigger not_erased before insert on privacy_breach_event
  for each row execute function guard_breach_not_erased();
alter table privacy_breach_person enable always trigger never_changed;
alter table privacy_breach_person enable always trigger guarded_deletion;
alter table privacy_breach_told enable always trigger never_changed;
alter table privacy_breach_told enable always trigger guarded_deletion;
alter table privacy_breach_erasure enable always trigger guarded;
alter table privacy_breach_erasure enable always trigger never_removed;
alter table privacy_breach_event enable always trigger not_erased;

-- ---------------------------------------------------------------- who may

revoke all on privacy_breach_erasure
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function people_of_breach(uuid), holds_on_breach(uuid), is_breach_incident_open(text),
  guard_privacy_breach_erasure(), is_breach_erasing(uuid), guard_breach_not_erased(), guard_breach_person_deletion()
  from public;
grant select on privacy_breach_erasure to countersign_web, countersign_worker;
grant insert (breach_id, run_id, begun_at), update (erased_at, texts, persons) on privacy_breach_erasure
  to countersign_worker;
-- The worker opens no text of a breach; it takes them out when their key is gone.
grant select (erased_at), update (erased_at) on privacy_breach_text to countersign_worker;
grant delete on privacy_breach_person, privacy_breach_told to countersign_worker;
grant execute on function holds_on_breach(uuid), is_breach_incident_open(text), is_breach_erasing(uuid)
  to countersign_web, countersign_worker;
