-- An objection that is granted in part, with purposes that are kept on compelling grounds, stops those that its decision names
-- and no others (Art 21(1) GDPR). And for a person of a client a stop without a purpose stops nothing: what rests on our
-- interest is an activity of the record of processing. Of somebody who works here, the records rest on it themselves.

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
        and p.kind = 'proposed' and p.facts ->> 'decision' in ('grant', 'grant-in-part')
        and (not p.facts ? 'stops' or p.facts -> 'stops' ?
          (new.activity_id || '.' || new.version || '.' || new.place))) then
    raise exception 'what was objected to stops with the approval of what grants it (Art 21(1))' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function check_objection_stops() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  decided jsonb;
  is_part boolean;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  decided := (select e.facts from privacy_request_event e where e.request_id = new.request_id
    and e.seq = (new.facts ->> 'of')::int);
  if about."right" <> 'objection' or about.person_id is null
    or not exists (select from person_restriction r where r.request_id = new.request_id
      and r.person_id = about.person_id and r.ground = 'objection') then
    return null;
  end if;
  if exists (select from jsonb_array_elements_text(decided -> 'stops') named (purpose) where not exists (select
      from person_objection o where o.request_id = new.request_id and o.person_id = about.person_id
        and o.activity_id || '.' || o.version || '.' || o.place = named.purpose)) then
    raise exception 'request %: an objection that is granted stops what it is to', about.number using errcode = 'CS003';
  end if;
  is_part := decided ->> 'decision' = 'grant-in-part' and exists (select from person_stop s
    where s.request_id = new.request_id and s.person_id = about.person_id and s.what = 'marketing');
  if decided ->> 'decision' in ('grant', 'grant-in-part') and not is_part
    and not (exists (select from person_stop s where s.request_id = new.request_id and s.person_id = about.person_id
        and s.what = 'interest' and s.at = new.at)
      and (exists (select from person_objection o where o.request_id = new.request_id and o.person_id = about.person_id)
        or exists (select from operator o where o.id = about.person_id)
          and not exists (select from person_tie t where t.person_id = about.person_id))) then
    raise exception 'request %: an objection that is granted stops what it is to', about.number using errcode = 'CS003';
  end if;
  return null;
end $$;

create function guard_objection_in_part() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if about."right" = 'objection' and not new.facts ? 'stops' and exists (select from person_restriction r
      where r.request_id = new.request_id and r.person_id = about.person_id and r.ground = 'objection') then
    raise exception 'request %: granted in part, an objection says which purposes stop', about.number
      using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger names_stops before insert on privacy_request_event for each row
  when (new.kind = 'proposed' and new.facts ->> 'decision' = 'grant-in-part'
    and new.facts -> 'grounds' ?| array['compelling', 'objection-claims', 'restricted-by-law'])
  execute function guard_objection_in_part();
alter table privacy_request_event enable always trigger names_stops;

revoke all on function guard_objection_in_part() from public;
