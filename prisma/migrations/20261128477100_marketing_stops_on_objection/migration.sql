-- An objection to direct marketing is never refused (Art 21(3) GDPR): what stopped because of it was marketing, and only
-- where it is to more, which was restricted while it was tested, can that part be refused.

create function guard_marketing_objection() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  is_tested boolean;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if about."right" <> 'objection' or about.person_id is null then
    return new;
  end if;
  is_tested := exists (select from person_restriction r where r.request_id = new.request_id
    and r.person_id = about.person_id and r.ground = 'objection');
  if not (is_tested and new.facts ->> 'decision' = 'grant-in-part') and (not is_tested or exists (select
      from person_stop s where s.request_id = new.request_id and s.person_id = about.person_id
        and s.what = 'marketing')) then
    raise exception 'request %: an objection to direct marketing is never refused', about.number
      using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger never_refuses_marketing before insert on privacy_request_event
  for each row when (new.kind = 'proposed' and new.facts ->> 'decision' is distinct from 'grant')
  execute function guard_marketing_objection();
alter table privacy_request_event enable always trigger never_refuses_marketing;

revoke all on function guard_marketing_objection() from public;
