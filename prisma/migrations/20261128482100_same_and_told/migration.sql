-- Who asked hears that their request is answered with an earlier one, with the reason and the way to complain (Article 12(4)
-- GDPR): one person alone ends a request so, and nothing but that message shows the person that it was not forgotten.
create function guard_privacy_request_same_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request privacy_request%rowtype;
begin
  select * into request from privacy_request r where r.id = new.request_id;
  if not coalesce((new.facts -> 'told' ->> 'sentAt')::timestamptz
        between date_trunc('minute', request.received_at) and new.at, false)
    or (new.facts -> 'told' -> 'namesRemedies') is distinct from 'true'::jsonb then
    raise exception 'who asked is told why a request is the same as an earlier one, and where to complain'
      using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_same_told before insert on privacy_request_event
  for each row when (new.kind = 'marked-duplicate') execute function guard_privacy_request_same_told();
alter table privacy_request_event enable always trigger guarded_same_told;
revoke all on function guard_privacy_request_same_told() from public;
