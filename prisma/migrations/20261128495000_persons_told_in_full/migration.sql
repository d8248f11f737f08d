-- Persons are told in full (Art 34(2) with 33(3)(b) to (d)): what happened, what may come of it, what was done and where to
-- ask, each a text of its own with the decision to tell them. And no breach is closed before facts, effects and remedies
-- are documented (Art 33(5)).

create function privacy_breach_is_told_in_full(p_breach uuid, p_seq integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) = 4 from privacy_breach_text t where t.breach_id = p_breach and t.seq = p_seq
    and t.field in ('letter', 'consequences', 'measures', 'contact') $$;

-- The texts come after their event, so this is looked at when the transaction ends.
create function check_privacy_breach_told_in_full() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ((new.facts ->> 'isTold')::boolean or new.facts ->> 'exception' = 'disproportionate')
    and not privacy_breach_is_told_in_full(new.breach_id, new.seq) then
    raise exception 'what persons are told holds each part of Art 34(2)' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function guard_privacy_breach_documented() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- What was decided before each part had to be there is decided anew before anybody is told.
  if new.kind = 'persons-told' and not coalesce((select privacy_breach_is_told_in_full(e.breach_id, e.seq)
      from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'persons-decided'
      order by e.seq desc limit 1), false) then
    raise exception 'what persons are told holds each part of Art 34(2)' using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and (not exists (select from privacy_breach_event e where e.breach_id = new.breach_id
        and e.kind = 'described')
      or (select count(distinct t.field) from privacy_breach_text t join privacy_breach_event e
          on e.breach_id = t.breach_id and e.seq = t.seq
        where t.breach_id = new.breach_id and t.field in ('consequences', 'measures')
          and e.kind in ('described', 'contained')) <> 2) then
    raise exception 'facts, effects and remedies of a breach are documented first (Art 33(5))' using errcode = 'CS002';
  end if;
  return new;
end $$;

create constraint trigger told_in_full after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind = 'persons-decided') execute function check_privacy_breach_told_in_full();
create trigger guarded_documented before insert on privacy_breach_event
  for each row when (new.kind in ('persons-told', 'closed')) execute function guard_privacy_breach_documented();
alter table privacy_breach_event enable always trigger told_in_full;
alter table privacy_breach_event enable always trigger guarded_documented;

revoke all on function privacy_breach_is_told_in_full(uuid, integer), check_privacy_breach_told_in_full(),
  guard_privacy_breach_documented() from public;
