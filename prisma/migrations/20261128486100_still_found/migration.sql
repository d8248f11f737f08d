-- While values of somebody are found still after their erasure, nobody is told that it is done: the answer says what became
-- of each place.

create function guard_still_found() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  found integer;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  select (e.facts ->> 'found')::int into found from privacy_request_event e
    where e.request_id = new.request_id and e.kind = 'erased' and e.seq > about.proposal order by e.seq desc limit 1;
  if coalesce(found, 0) = 0 then
    return new;
  end if;
  if not coalesce((new.facts #>> '{rest,places}')::int = found
      and new.facts #>> '{rest,as}' in ('cleared', 'not-theirs', 'legal-duty', 'legal-claims'), false) then
    raise exception 'request %: values of the person were found still', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_still_found before insert on privacy_request_event
  for each row when (new.kind = 'fulfilled') execute function guard_still_found();
alter table privacy_request_event enable always trigger guarded_still_found;
revoke all on function guard_still_found() from public;
