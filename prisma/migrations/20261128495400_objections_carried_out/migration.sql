-- An objection that was tested and is granted stops what it is to in the transaction of its approval (Art 21(1) GDPR): none is
-- approved that stops nothing. Granted in part beside marketing, the part that is granted may be the marketing.

create function check_objection_stops() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  decision text;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  decision := (select e.facts ->> 'decision' from privacy_request_event e where e.request_id = new.request_id
    and e.seq = (new.facts ->> 'of')::int);
  if about."right" = 'objection' and about.person_id is not null
    and exists (select from person_restriction r where r.request_id = new.request_id and r.person_id = about.person_id
      and r.ground = 'objection')
    and (decision = 'grant' or decision = 'grant-in-part' and not exists (select from person_stop s
      where s.request_id = new.request_id and s.person_id = about.person_id and s.what = 'marketing'))
    and not exists (select from person_stop s where s.request_id = new.request_id and s.person_id = about.person_id
      and s.what = 'interest') then
    raise exception 'request %: an objection that is granted stops what it is to', about.number using errcode = 'CS003';
  end if;
  return null;
end $$;

create constraint trigger objection_stops after insert on privacy_request_event deferrable initially deferred
  for each row when (new.kind = 'approved') execute function check_objection_stops();
alter table privacy_request_event enable always trigger objection_stops;

revoke all on function check_objection_stops() from public;
