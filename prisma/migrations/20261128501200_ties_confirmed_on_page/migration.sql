-- A tie can be confirmed on the page of the person too, by whoever may record one and did not record this. Only the legal
-- review confirmed it, which the data protection officer writes: where there is one, and they recorded the tie, the person
-- never got what is theirs. And where nothing says who recorded it, two people confirm it, since one of two did not record it.

alter table person_tie add column confirmed_by text, add column confirmed_at timestamptz(3),
  add constraint person_tie_confirmed check (length(confirmed_by) between 1 and 60
    and (confirmed_by is null) = (confirmed_at is null));

create or replace function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.ends_recorded := case when new.until is null then null else clock_timestamp() end;
    -- However far back it reaches, it is as young as its record.
    new.recorded_at := clock_timestamp();
    new.since_said := true;
    new.confirmed_by := null;
    new.confirmed_at := null;
    return new;
  end if;
  if (new.person_id, new.role, new.client_id, new.since, new.recorded_at, new.recorded_by, new.since_said) is distinct from
      (old.person_id, old.role, old.client_id, old.since, old.recorded_at, old.recorded_by, old.since_said) then
    raise exception 'a tie to a client only ends' using errcode = 'CS002';
  end if;
  if (new.confirmed_by, new.confirmed_at) is distinct from (old.confirmed_by, old.confirmed_at) then
    if new.confirmed_by is null or new.confirmed_by = old.recorded_by or new.role <> 'client'
      or (new.until, new.ends_recorded) is distinct from (old.until, old.ends_recorded)
      or not exists (select from operator o where o.id = new.confirmed_by)
      or not is_in_trail(new.person_id, 'person-tie-confirmed') then
      raise exception 'a tie is confirmed by somebody else than its recorder, and that stands in the trail'
        using errcode = 'CS002';
    end if;
    new.confirmed_at := clock_timestamp();
    return new;
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

create or replace function privacy_request_ties(p_request uuid, p_person text, p_acting text, p_at timestamptz)
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
  ), said as (
    select o.*, (select v.actor from review v where v.actor is distinct from o.recorded_by
      and exists (select from jsonb_array_elements(v.facts -> 'ties') c
        where c ->> 'client' = o.client_id and (c ->> 'since')::timestamptz = o.since)) as reviewer
    from own o
  )
  select o.client_id, o.since, o.starts, o.until, o.recorded_at, o.recorded_by,
    array_remove(array[
      case when o.recorded_at > p_at - make_interval(secs => 30 * 86400) then 'young' end,
      case when o.client_id is distinct from (select k.client_id from known k) then 'further' end,
      case when o.recorded_at > (select r.received_at from privacy_request r where r.id = p_request) then 'after-request' end,
      case when o.recorded_by in (select w.id from working w) then 'same-person' end,
      case when o.recorded_by is null then 'recorder-unknown' end], null),
    case when o.recorded_by is not null then coalesce(o.reviewer, o.confirmed_by)
      when o.confirmed_by <> o.reviewer then o.reviewer end
  from said o order by o.recorded_at, o.client_id, o.since $$;

grant update (confirmed_by) on person_tie to countersign_web;
