-- What was sent is a letter on the decision, so it comes on record after the decision was proposed: files and notes from
-- before are the person's own message, a proof of who they are, or what was said meanwhile.

create or replace function guard_privacy_request_sent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  copy text;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  select e.facts ->> 'package' into copy from privacy_request_event e
    where e.request_id = new.request_id and e.seq = about.proposal;
  if copy is not null and new.facts ->> 'digest' is distinct from copy
    or copy is null and not exists (select from privacy_request_text t where t.request_id = new.request_id
        and t.commitment = new.facts ->> 'digest'
        and (t.field = 'note' and t.seq > about.proposal or t.field = 'reasons' and t.seq = about.proposal))
      and not exists (select from privacy_request_event e where e.request_id = new.request_id and e.kind = 'file-added'
        and e.seq > about.proposal and e.facts ->> 'commitment' = new.facts ->> 'digest') then
    raise exception 'request %: what was sent is not on record', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;
