-- That no recipient is left to tell (Art 19) is true of each whom the database knows: processors on record, and whom the
-- desk put on record for the person. Whom the field map names beside them the program knows, and counts. What went by a
-- later erasure was told to nobody yet, so what was said before it counts no more. And who is not told is not told for a
-- reason: it proves impossible, or involves a disproportionate effort.

-- As `recipientCode` of lib/privacy/requests/load-recipients.ts writes a number.
create function privacy_recipient_code(p_name text) returns text language sql immutable as $$
  select rtrim(left(trim(both '-' from regexp_replace(lower(p_name), '[^a-z0-9]+', '-', 'g')), 60), '-') $$;

-- The same of the same number as the program looks at: the first 200 of the register, and of those on record.
create function privacy_recipients_known(p_person text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  (select privacy_recipient_code(c.number) from resilience_current c where c.kind = 'processor' and not c.retired
    order by c.number limit 200)
  union
  (select privacy_recipient_code(s.number || '-' || e.seq) from privacy_request_standing s
      join privacy_request_event e on e.request_id = s.request_id
    where s.person_id = p_person and e.kind = 'recipient-added' and not exists (select from privacy_request_event x
      where x.request_id = e.request_id and x.kind = 'recipient-struck' and x.facts ->> 'of' = e.seq::text)
    order by s.number, e.seq limit 200) $$;

create function guard_privacy_request_notified() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  freed integer;
  told text[];
begin
  -- Who comes second waits, and sees what the first wrote.
  perform from privacy_request r where r.id = new.request_id for update;
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  select coalesce(max(e.seq), 0) into freed from privacy_request_event e
    where e.request_id = new.request_id and e.kind = 'freed';
  select coalesce(array_agg(e.facts ->> 'recipient'), '{}') into told from privacy_request_event e
    where e.request_id = new.request_id and e.kind = 'recipient-told' and e.seq > freed;
  if new.kind = 'recipient-told' then
    if coalesce(new.facts ->> 'recipient' !~ '^[a-z0-9][a-z0-9-]{0,59}$', true) or new.facts ->> 'recipient' = any (told)
      or not coalesce(new.facts ->> 'result' in ('told', 'impossible', 'disproportionate'), false) then
      raise exception 'each recipient has one result' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.facts ->> 'recipients')::int is distinct from cardinality(told) then
    raise exception 'as many recipients are gone through as have a result' using errcode = 'CS002';
  end if;
  if about.person_id is not null and (about."right" in ('rectification', 'erasure', 'restriction')
      or exists (select from privacy_request_event e where e.request_id = new.request_id and e.kind = 'erased'
        and e.seq > (select coalesce(max(u.seq), 0) from privacy_request_event u where u.request_id = new.request_id
          and u.kind in ('freed', 'put-back', 'reopened'))))
    and exists (select from privacy_recipients_known(about.person_id) known (code) where known.code <> all (told)) then
    raise exception 'recipients are gone through once each has a result (Art 19)' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function check_privacy_request_untold() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from privacy_request_text t where t.request_id = new.request_id and t.seq = new.seq
      and t.field = 'reasons') then
    raise exception 'who was not told comes with the reason (Art 19)' using errcode = 'CS003';
  end if;
  return null;
end $$;

create trigger guarded_notified before insert on privacy_request_event
  for each row when (new.kind in ('recipient-told', 'notified')) execute function guard_privacy_request_notified();
create constraint trigger reasoned_untold after insert on privacy_request_event deferrable initially deferred
  for each row when (new.kind = 'recipient-told' and new.facts ->> 'result' <> 'told' or new.kind = 'notified')
  execute function check_privacy_request_untold();
alter table privacy_request_event enable always trigger guarded_notified;
alter table privacy_request_event enable always trigger reasoned_untold;

revoke all on function privacy_recipient_code(text), privacy_recipients_known(text), guard_privacy_request_notified(),
  check_privacy_request_untold() from public;
