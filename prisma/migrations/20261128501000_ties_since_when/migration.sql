-- A tie says since when somebody is what they are to a client, which whoever records it gives; until now it was the instant
-- of the record. A client is there before its person is recorded, so a copy left out all that moved before, and said nothing
-- of it (Art 15(1) and (3), Art 12(4) GDPR).

-- False on every tie that is on record now: since when it is so was asked of nobody.
alter table person_tie add column since_said boolean not null default false;
alter table person_tie alter column since_said set default true;

create or replace function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
    -- However far back it reaches, it is as young as its record.
    new.recorded_at := clock_timestamp();
    new.since_said := true;
    return new;
  end if;
  if (new.person_id, new.role, new.client_id, new.since, new.recorded_at, new.recorded_by, new.since_said) is distinct from
      (old.person_id, old.role, old.client_id, old.since, old.recorded_at, old.recorded_by, old.since_said) then
    raise exception 'a tie to a client only ends' using errcode = 'CS002';
  end if;
  if old.until is null then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
    return new;
  end if;
  if new.until is not null or old.ends_recorded is null
    or old.ends_recorded <= clock_timestamp() - interval '30 days' then
    raise exception 'an end is only taken back, within thirty days after it was recorded' using errcode = 'CS002';
  end if;
  if exists (select from person p where p.id = new.person_id and p.erased_at is not null) then
    raise exception 'who was erased is nothing to a client any more' using errcode = 'CS002';
  end if;
  new.ends_recorded := null;
  return new;
end $$;

-- From when records of its client are the person's; null from the beginning on, where nobody was asked since when it is so
-- and nobody else was ever the client, so that nothing of it is anybody else's.
create function person_tie_from(t person_tie) returns timestamptz
language sql stable set search_path = public, pg_temp as $$
  select case when t.since_said or exists (select from person_tie o
      where o.client_id = t.client_id and o.role = 'client' and o.person_id <> t.person_id)
    then t.since end $$;

-- It tells more of each tie than it did.
drop function privacy_request_ties(uuid, text, text, timestamptz);
create function privacy_request_ties(p_request uuid, p_person text, p_acting text, p_at timestamptz)
returns table (client text, since timestamptz, starts timestamptz, until timestamptz, recorded_at timestamptz,
  recorded_by text, grounds text[], confirmed_by text)
language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select t.*, person_tie_from(t) as starts from person_tie t where t.person_id = p_person and t.role = 'client'
  ), known as (
    select o.client_id from own o order by o.recorded_at, o.since, o.client_id limit 1
  ), review as (
    select e.actor, e.facts from privacy_request_event e
    where e.request_id = p_request and e.kind = 'reviewed' and e.seq > coalesce((select max(i.seq)
      from privacy_request_event i where i.request_id = p_request and i.kind = 'identified'), 0)
    order by e.seq desc limit 1
  ), working as (
    select e.actor as id from privacy_request_event e where e.request_id = p_request
    union select p.ordered_by from privacy_package p where p.request_id = p_request
    union select p_acting
  )
  select o.client_id, o.since, o.starts, o.until, o.recorded_at, o.recorded_by,
    array_remove(array[
      case when o.recorded_at > p_at - make_interval(secs => 30 * 86400) then 'young' end,
      case when o.client_id is distinct from (select k.client_id from known k) then 'further' end,
      case when o.recorded_at > (select r.received_at from privacy_request r where r.id = p_request) then 'after-request' end,
      case when o.recorded_by in (select w.id from working w) then 'same-person' end,
      case when o.recorded_by is null then 'recorder-unknown' end], null),
    (select v.actor from review v where v.actor is distinct from o.recorded_by
      and exists (select from jsonb_array_elements(v.facts -> 'ties') c
        where c ->> 'client' = o.client_id and (c ->> 'since')::timestamptz = o.since))
  from own o order by o.recorded_at, o.client_id, o.since $$;

-- A package tells from when its ties said; where it began to count later since then, it is older than the tie.
create or replace function guard_privacy_package_ties() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text := coalesce(new.facts ->> 'package', (select s.facts ->> 'package' from privacy_request_event s
    where s.request_id = new.request_id and s.seq = (new.facts ->> 'of')::int and s.kind = 'proposed'));
begin
  if exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
        cross join lateral jsonb_array_elements(b.ties) c
      where p.request_id = new.request_id and b.digest = named and c ->> 'take' = 'in'
        and not exists (select from privacy_request_ties(new.request_id, p.person_id, new.actor, new.at) t
          where t.client = c ->> 'client' and t.since = (c ->> 'since')::timestamptz
            and c ? 'from' and t.starts is not distinct from (c ->> 'from')::timestamptz
            and t.until is not distinct from (c ->> 'until')::timestamptz
            and (cardinality(t.grounds) = 0 or t.confirmed_by is not null))) then
    raise exception 'a copy tells of a client by a tie that nobody confirmed' using errcode = 'CS002';
  end if;
  return new;
end $$;

revoke all on function person_tie_from(person_tie), privacy_request_ties(uuid, text, text, timestamptz) from public;
grant execute on function person_tie_from(person_tie), privacy_request_ties(uuid, text, text, timestamptz)
  to countersign_web, countersign_worker;
