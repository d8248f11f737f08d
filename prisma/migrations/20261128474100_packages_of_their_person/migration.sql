-- A package is for the person whom its request is about now: when it is built, decided about and sent. A request may be found
-- to be about somebody else after the package was ordered.

create function is_package_of_request(p_package uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_package p join privacy_request_standing s on s.request_id = p.request_id
    where p.id = p_package and s.person_id = p.person_id and s."right" = p."right") $$;

-- Whoever moves the request waits, or has been. One whose key is destroyed or about to be is not built any more.
create function guard_package_built_for() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from privacy_request_standing s join privacy_package p on p.request_id = s.request_id
    where p.id = new.package_id for share of s;
  perform from privacy_package_progress g where g.package_id = new.package_id for share;
  if not is_package_of_request(new.package_id)
    or exists (select from privacy_package_progress g where g.package_id = new.package_id and g.fault in ('ending', 'ended'))
    or not exists (select from person o join privacy_package p on p.person_id = o.id
      where p.id = new.package_id and o.erased_at is null) then
    raise exception 'a package is built for the person whom its request is about' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_package_decided_for() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text;
begin
  if new.kind = 'proposed' then
    named := new.facts ->> 'package';
  else
    select e.facts ->> 'package' into named
      from privacy_request_standing s join privacy_request_event e on e.request_id = s.request_id and e.seq = s.proposal
      where s.request_id = new.request_id;
  end if;
  if named is not null and not exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
      where p.request_id = new.request_id and b.digest = named and is_package_of_request(p.id)) then
    raise exception 'the package is not of the person whom the request is about' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger built_for before insert on privacy_package_built for each row execute function guard_package_built_for();
create trigger decided_for before insert on privacy_request_event
  for each row when (new.kind in ('proposed', 'approved', 'fulfilled')) execute function guard_package_decided_for();
alter table privacy_package_built enable always trigger built_for;
alter table privacy_request_event enable always trigger decided_for;

revoke all on function is_package_of_request(uuid), guard_package_built_for(), guard_package_decided_for() from public;
