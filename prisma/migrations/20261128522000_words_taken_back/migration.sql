-- Whoever asked for something of a chain and saw their mistake could only wait for the hour to pass. A first word is taken back
-- without a key: that only takes something away.

ALTER TABLE "chain_decision" ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3);

alter table chain_decision add constraint chain_decision_withdrawn check (withdrawn_at is null or second_by is null);
grant update (withdrawn_at) on chain_decision to countersign_web;

create or replace function guard_chain_decision() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.second_by, new.proved_at, new.used_at, new.withdrawn_at) > 0 then
      raise exception 'a decision about a chain starts with one person' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.first_at) or not says_chain_decision(new.first_document, new, 'ask', new.first_by) then
      raise exception 'a word about a chain comes with what was signed' using errcode = 'CS002';
    end if;
    -- By the database's clock, whatever the row says.
    new.noted_at := clock_timestamp();
    if (select count(*) from chain_decision d where d.hold_id = new.hold_id and d.first_by = new.first_by
        and d.noted_at > new.noted_at - interval '1 minute') >= 60 then
      raise exception 'nobody says so much about a chain in a minute' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.hold_id, new.kind, new.noted_at, new.found_at, new.first_by, new.first_at, new.places, new.first_document,
      new.first_assertion, new.first_credential)
    is distinct from (old.id, old.hold_id, old.kind, old.noted_at, old.found_at, old.first_by, old.first_at, old.places,
      old.first_document, old.first_assertion, old.first_credential)
    or (old.second_by is not null and (new.second_by, new.second_at, new.second_document, new.second_assertion,
      new.second_credential)
      is distinct from (old.second_by, old.second_at, old.second_document, old.second_assertion, old.second_credential))
    or (old.proved_at is not null and new.proved_at is distinct from old.proved_at)
    or old.used_at is not null or old.withdrawn_at is not null then
    raise exception 'what was decided about a chain stays' using errcode = 'CS002';
  end if;
  if old.second_by is null and new.second_by is not null and (not is_not_ahead(new.second_at)
      or not says_chain_decision(new.second_document, new, 'agree', new.second_by)) then
    raise exception 'a word about a chain comes with what was signed' using errcode = 'CS002';
  end if;
  return new;
end $$;
