-- The end of what somebody is to a client says when it was recorded, and periods count from it at the earliest thirty days
-- after that. One officer ends a tie alone; a wrong end erased contact details in the next night.

alter table person_tie add column ends_recorded timestamptz(3);

-- ---------------------------------------------------------------- what an end is

-- A tie that stood ends, and within thirty days the end can be taken back. When it was recorded is for the database to say.
-- One that was over when it came on record has no such instant: nothing hung on its standing.
create or replace function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.ends_recorded := null;
    return new;
  end if;
  if (new.person_id, new.role, new.client_id, new.since) is distinct from
      (old.person_id, old.role, old.client_id, old.since) then
    raise exception 'a tie to a client only ends' using errcode = 'CS002';
  end if;
  if old.until is null then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
    return new;
  end if;
  if new.until is not null or old.ends_recorded is null
    or old.ends_recorded <= clock_timestamp() - interval '30 days' then
    raise exception 'an end is only taken back, within thirty days after it was recorded' using errcode = 'CS002';
  end if;
  if exists (select from person p where p.id = new.person_id and p.erased_at is not null) then
    raise exception 'who was erased is nothing to a client any more' using errcode = 'CS002';
  end if;
  new.ends_recorded := null;
  return new;
end $$;

-- The day from which periods count. The same as lib/persons/end-of-tie.ts. Days are of UTC.
create function tie_ended_on(p_until timestamptz, p_recorded timestamptz) returns date
language sql immutable as $$
  select (greatest(p_until, p_recorded + make_interval(secs => 30 * 86400)) at time zone 'UTC')::date $$;

-- Of people who are nothing to any client any more, the last of those days.
create or replace function draw_retention_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Two ties of one person that end at the same moment are drawn one after the other.
  perform pg_advisory_xact_lock(hashtextextended('relationship of ' || new.person_id, 0));
  delete from retention_end e where e.person_id = new.person_id;
  insert into retention_end (person_id, ended_on)
    select new.person_id, max(tie_ended_on(t.until, t.ends_recorded)) from person_tie t
      where t.person_id = new.person_id having bool_and(t.until is not null);
  return null;
end $$;

-- ---------------------------------------------------------------- ends that are on record

-- The trail says when they were recorded.
alter table person_tie disable trigger guarded;
update person_tie t set ends_recorded = a.at
  from (select e.subject, max(e.at) as at from audit_entry e where e.kind = 'person-tie-ended' group by e.subject) a
  where a.subject = t.person_id and t.until is not null
    and not exists (select from person p where p.id = t.person_id and p.erased_at is not null);
alter table person_tie enable always trigger guarded;

alter table person_tie add constraint person_tie_end_recorded check (ends_recorded is null or until is not null);
create index person_tie_ended_idx on person_tie (ends_recorded) where ends_recorded is not null;

revoke all on function tie_ended_on(timestamptz, timestamptz) from public;
grant execute on function tie_ended_on(timestamptz, timestamptz) to countersign_web, countersign_worker;
