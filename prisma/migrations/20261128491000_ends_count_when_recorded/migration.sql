-- A tie that is over when it comes on record ends when it is recorded, like any other: nothing counts from its end before
-- thirty days. Without that, somebody made up with an end of years ago was erased in the next night, and what a text has in
-- common with them went from it.

create or replace function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
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
