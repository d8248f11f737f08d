-- What is decided about data rests on their collection, and who grants access or portability hands out the copy: the
-- package of this request that was built last, for the person whom it is about, with nothing changed since it was ordered
-- (Art 15(1), (3), 20(1) GDPR).

-- Of whom systems were looked through last.
create function privacy_request_collected_of(p_request uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select i.facts ->> 'person' from privacy_request_event i
    where i.request_id = p_request and i.kind = 'identified' and i.seq < (select max(c.seq) from privacy_request_event c
      where c.request_id = p_request and c.kind = 'collected')
    order by i.seq desc limit 1 $$;

create function guard_privacy_request_rests() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  decided jsonb := new.facts;
  is_granting boolean;
  is_copy boolean;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if new.kind = 'approved' then
    select e.facts into decided from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal;
  end if;
  is_granting := coalesce(decided ->> 'decision' in ('grant', 'grant-in-part'), false);
  is_copy := is_granting and about."right" in ('access', 'portability');
  if (is_granting or decided ->> 'decision' = 'refuse' and not coalesce(decided -> 'grounds' <@
        '["unfounded", "excessive", "not-identified", "identity-not-shown", "authority-not-shown", "not-clarified"]', false))
    and privacy_request_collected_of(new.request_id) is distinct from about.person_id then
    raise exception 'request %: nothing was collected of the person', about.number using errcode = 'CS002';
  end if;
  if not is_copy and decided ->> 'package' is not null then
    raise exception 'request %: it hands out no copy', about.number using errcode = 'CS002';
  end if;
  if is_copy and not exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
      where p.request_id = new.request_id and b.digest = decided ->> 'package' and b.erased_at is null and b.undecided = 0
        and is_package_of_request(p.id)
        and not exists (select from privacy_package l where l.request_id = p.request_id and l.version > p.version)
        and not exists (select from privacy_request_event e where e.request_id = p.request_id and e.at > p.ordered_at
          and e.kind in ('recipient-added', 'recipient-struck', 'collected'))
        and not exists (select from person_value v where v.person_id = p.person_id and v.recorded_at > p.ordered_at)) then
    raise exception 'request %: who grants a copy has it', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger rests_on before insert on privacy_request_event
  for each row when (new.kind in ('proposed', 'approved')) execute function guard_privacy_request_rests();
alter table privacy_request_event enable always trigger rests_on;

revoke all on function privacy_request_collected_of(uuid), guard_privacy_request_rests() from public;
