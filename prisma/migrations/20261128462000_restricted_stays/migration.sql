-- What is restricted is stored (Art 18(2) GDPR): an end of a period takes none of it. Who asked for the restriction may
-- ask for the erasure as well, and what a restored database brings back goes whatever was restricted since.
create function guard_person_restricted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from person_restriction r join person_erasure e on e.person_id = r.person_id
      where r.person_id = old.person_id and r.lifted_at is null
        and (cardinality(r.fields) = 0 or old.field = any (r.fields))
        and e.state = 'swept' and e.cause = 'retention' and r.since <= e.queued_at) then
    raise exception 'what is restricted stays until the restriction is lifted' using errcode = 'CS002';
  end if;
  return old;
end $$;

create trigger restricted before delete on person_value for each row execute function guard_person_restricted();
alter table person_value enable always trigger restricted;
revoke all on function guard_person_restricted() from public;
