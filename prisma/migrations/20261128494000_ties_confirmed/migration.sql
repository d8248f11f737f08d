-- A tie to a client says when and by whom it was recorded, and gives nothing of the client to a copy of somebody's data
-- until it is old, the first, older than the request and by nobody who works on it, or a legal review by another person
-- confirmed it. One officer records a tie alone, and the client's whole history went out with it.

alter table person_tie add column recorded_at timestamptz(3), add column recorded_by text;

-- Of what is on record the trail says it; where it does not, nobody is known to have recorded it.
alter table person_tie disable trigger guarded;
update person_tie t set recorded_at = coalesce(a.at, t.since), recorded_by = a.actor
  from person_tie o left join lateral (select e.at, e.actor from audit_entry e
      where e.subject = o.person_id and e.kind = 'person-tied' and e.at = o.since order by e.id limit 1) a on true
  where (o.person_id, o.role, o.client_id, o.since) = (t.person_id, t.role, t.client_id, t.since);
alter table person_tie enable always trigger guarded;
alter table person_tie alter column recorded_at set default clock_timestamp(), alter column recorded_at set not null,
  add constraint person_tie_recorder check (length(recorded_by) between 1 and 60);

create or replace function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
    -- However far back it reaches, it is as young as its record.
    new.recorded_at := clock_timestamp();
    return new;
  end if;
  if (new.person_id, new.role, new.client_id, new.since, new.recorded_at, new.recorded_by) is distinct from
      (old.person_id, old.role, old.client_id, old.since, old.recorded_at, old.recorded_by) then
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

-- ---------------------------------------------------------------- which ties give something of their client

-- Each tie by which somebody is a client, with what stands against telling them of the client, and who confirmed it in the
-- last legal review since they were identified. The one rule: the package, the page and the guard below ask it.
create function privacy_request_ties(p_request uuid, p_person text, p_acting text, p_at timestamptz)
returns table (client text, since timestamptz, until timestamptz, recorded_at timestamptz, recorded_by text,
  grounds text[], confirmed_by text)
language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select t.* from person_tie t where t.person_id = p_person and t.role = 'client'
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
  select o.client_id, o.since, o.until, o.recorded_at, o.recorded_by,
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

-- ---------------------------------------------------------------- what a package was built on

-- Array of the ties: what of each client is in, and why not.
alter table privacy_package_built add column ties jsonb not null default '[]',
  add constraint privacy_package_built_ties check (jsonb_typeof(ties) = 'array' and length(ties::text) <= 100000);

-- What is decided about holds something of a client only by a tie that stands to be told now, whoever decides.
create function guard_privacy_package_ties() returns trigger
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
            and t.until is not distinct from (c ->> 'until')::timestamptz
            and (cardinality(t.grounds) = 0 or t.confirmed_by is not null))) then
    raise exception 'a copy tells of a client by a tie that nobody confirmed' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger tells_of_own_clients before insert on privacy_request_event
  for each row when (new.kind in ('proposed', 'approved')) execute function guard_privacy_package_ties();
alter table privacy_request_event enable always trigger tells_of_own_clients;

revoke all on function guard_privacy_package_ties(), privacy_request_ties(uuid, text, text, timestamptz) from public;
grant execute on function privacy_request_ties(uuid, text, text, timestamptz) to countersign_web, countersign_worker;
