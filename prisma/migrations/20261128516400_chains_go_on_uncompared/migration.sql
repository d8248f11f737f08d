-- A place that can be compared no more, such as an address with more coins than a node gives out, kept its chain standing
-- for ever: the run that lets it go on was refused, and what would mend the place is a payment. Two people can name such
-- places now; which ones is part of what they decide.

ALTER TABLE "chain_decision" ADD COLUMN "places" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

alter table chain_decision drop constraint chain_decision_bounded;
alter table chain_decision add constraint chain_decision_bounded check (
  kind in ('go-on', 'go-on-uncompared', 'read-anew')
  and (kind = 'go-on-uncompared') = (cardinality(places) > 0) and cardinality(places) <= 2000
  and array_position(places, null) is null
  and (second_by is null) = (second_at is null) and second_by <> first_by
  and second_at >= first_at and second_at <= first_at + interval '1 hour'
  and (used_at is null or (kind = 'read-anew' and second_at is not null and used_at >= second_at)));

create or replace function guard_chain_decision() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.second_by is not null or new.used_at is not null then
      raise exception 'a decision about a chain starts with one person' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.hold_id, new.kind, new.first_by, new.first_at, new.places)
    is distinct from (old.id, old.hold_id, old.kind, old.first_by, old.first_at, old.places)
    or (old.second_by is not null and (new.second_by, new.second_at) is distinct from (old.second_by, old.second_at))
    or old.used_at is not null then
    raise exception 'what was decided about a chain stays' using errcode = 'CS002';
  end if;
  return new;
end $$;
