-- A package that was built before its ties were kept says by which it tells of no client: it read like one that tells of
-- none, so a client's history by a tie of yesterday passed. What is not said is null now, and such a package is built anew.

alter table privacy_package_built alter column ties drop default, alter column ties drop not null;

-- Of an empty list nobody can tell which it was; what was decided stays decided.
alter table privacy_package_built disable trigger guarded;
update privacy_package_built set ties = null where ties = '[]';
alter table privacy_package_built enable always trigger guarded;

create or replace function guard_privacy_package_ties() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- What is approved is what was proposed, whatever else an approval says.
  named text := case new.kind when 'proposed' then new.facts ->> 'package'
    else (select s.facts ->> 'package' from privacy_request_event s
      where s.request_id = new.request_id and s.seq = (new.facts ->> 'of')::int and s.kind = 'proposed') end;
begin
  if exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
      where p.request_id = new.request_id and b.digest = named and b.ties is null) then
    raise exception 'a copy does not say by which ties it tells of a client' using errcode = 'CS002';
  end if;
  if exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
        cross join lateral jsonb_array_elements(b.ties) c
      where p.request_id = new.request_id and b.digest = named and c ->> 'take' = 'in'
        and not exists (select from privacy_request_ties(new.request_id, p.person_id, new.actor, new.at) t
          where t.client = c ->> 'client' and t.since = (c ->> 'since')::timestamptz
            and c ? 'from' and t.starts is not distinct from (c ->> 'from')::timestamptz
            and t.until is not distinct from (c ->> 'until')::timestamptz
            and (cardinality(t.grounds) = 0 or t.confirmed_by is not null))) then
    raise exception 'a copy tells of a client by a tie that nobody confirmed' using errcode = 'CS002';
  end if;
  return new;
end $$;
