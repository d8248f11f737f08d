-- A request that asked for the erasure of somebody whom a restored database brought back, and who was erased again before it
-- was served, is answered by that erasure: nothing is left that another one could take.

create or replace function guard_erasure_decision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  said jsonb;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if new.kind = 'proposed' and about."right" = 'erasure' and new.facts ->> 'decision' <> 'refuse'
    and new.facts ->> 'plan' is null then
    raise exception 'request %: a decision to erase names its plan', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'fulfilled' and about."right" in ('erasure', 'withdraw-consent', 'objection') then
    select e.facts into said from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal;
    -- The plan of a rectification is carried out by its approval.
    if about."right" <> 'rectification' and said ->> 'decision' <> 'refuse' and said ->> 'plan' is not null
      and not exists (select from privacy_request_event e
        where e.request_id = new.request_id and e.kind = 'erased' and e.seq > about.proposal) then
      raise exception 'request %: it is answered when the erasure is proved', about.number using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'erased' and not exists (select from person_erasure e where e.state = 'proved'
      and (e.request_id = new.request_id and e.proposal = about.proposal
        or e.cause = 'restore' and e.scope = 'whole' and e.person_id = about.person_id)) then
    raise exception 'request %: the erasure is not proved', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'put-back' and not exists (select from person_erasure e where e.request_id = new.request_id
      and e.proposal = about.proposal and e.state = 'left') then
    raise exception 'request %: nothing of its erasure was left', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'freed' and not exists (select from erasure_due d where d.request_id = new.request_id
      and d.proposal = about.proposal and d.state = 'freed') then
    raise exception 'request %: something still stands against it', about.number using errcode = 'CS002';
  end if;
  -- An erasure that began is carried to its end.
  if new.kind = 'withdrawn' and exists (select from person_erasure e where e.request_id = new.request_id
      and e.state in ('swept', 'removed', 'looked', 'shredded')) then
    raise exception 'request %: its erasure is under way', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What can't go on, such as what a hold covers after a restore, waits behind the others and is looked at again later.
alter table person_erasure add column waits_until timestamptz(3);
