-- Told is each recipient to whom data of the person were disclosed (Art 19 GDPR). The register names processors that never had
-- any of this person: that it received none is a result of its own, with its reason, and no impossibility.

create or replace function guard_privacy_request_notified() returns trigger
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
      or not coalesce(new.facts ->> 'result' in ('told', 'holds-none', 'impossible', 'disproportionate'), false) then
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

