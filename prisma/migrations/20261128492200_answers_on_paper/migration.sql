-- What was asked electronically is answered electronically, or the answer says why it went on paper (Art 12(3), 15(3) GDPR).

create function guard_privacy_request_on_paper() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (coalesce(new.facts ->> 'onPaper' in ('asked', 'not-safe', 'failed'), false)) is distinct from
      (new.facts ->> 'channel' in ('post', 'in-person') and exists (select from privacy_request_event o
        where o.request_id = new.request_id and o.kind = 'opened'
          and (o.facts ->> 'isElectronic' = 'true' or o.facts ->> 'channel' in ('email', 'form')))) then
    raise exception 'request: an electronic one is answered so, or it is said why not' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_on_paper before insert on privacy_request_event
  for each row when (new.kind = 'fulfilled') execute function guard_privacy_request_on_paper();
alter table privacy_request_event enable always trigger guarded_on_paper;

revoke all on function guard_privacy_request_on_paper() from public;
