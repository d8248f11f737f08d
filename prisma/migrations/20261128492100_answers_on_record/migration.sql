-- An answer names what was really sent: the package of the decision, or a file or a text of ours that is on record of this
-- request, by its commitment. Any digest was taken, of which nobody could ever show what it was of.

create function guard_privacy_request_sent() returns trigger
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
        and t.commitment = new.facts ->> 'digest' and (t.field = 'note' or t.field = 'reasons' and t.seq = about.proposal))
      and not exists (select from privacy_request_event e where e.request_id = new.request_id and e.kind = 'file-added'
        and e.facts ->> 'commitment' = new.facts ->> 'digest') then
    raise exception 'request %: what was sent is not on record', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_sent before insert on privacy_request_event
  for each row when (new.kind = 'fulfilled') execute function guard_privacy_request_sent();
alter table privacy_request_event enable always trigger guarded_sent;

revoke all on function guard_privacy_request_sent() from public;
