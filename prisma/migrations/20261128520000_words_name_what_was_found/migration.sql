-- A word about a chain names what was known of its losses when it was said: when the newest was found, or that none was.
-- Until now clocks decided whether a word came after a loss: words that a web server had signed ahead of time spoke of what
-- nobody knew yet, and where its clock was behind the worker's, no word was ever one about the newest loss.

ALTER TABLE "chain_decision" ADD COLUMN "found_at" TIMESTAMPTZ(3);

create or replace function says_chain_decision(document text, about chain_decision, p_step text, p_person text) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
declare
  said jsonb := document::jsonb;
begin
  return said ? 'foundAt' and (said ->> 'type', said ->> 'decision', said ->> 'hold', said ->> 'kind', said ->> 'step',
      said ->> 'person', said #>> '{places,count}', (said ->> 'foundAt')::timestamptz)
    is not distinct from ('countersign/chain-decision/v1', about.id::text, about.hold_id::text, about.kind, p_step,
      p_person, cardinality(about.places)::text, about.found_at);
exception
  -- What is no JSON, or no time, says nothing.
  when data_exception then return false;
end $$;

create or replace function guard_chain_decision() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.second_by, new.proved_at, new.used_at) > 0 then
      raise exception 'a decision about a chain starts with one person' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.first_at) or not says_chain_decision(new.first_document, new, 'ask', new.first_by) then
      raise exception 'a word about a chain comes with what was signed' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.hold_id, new.kind, new.found_at, new.first_by, new.first_at, new.places, new.first_document,
      new.first_assertion, new.first_credential)
    is distinct from (old.id, old.hold_id, old.kind, old.found_at, old.first_by, old.first_at, old.places,
      old.first_document, old.first_assertion, old.first_credential)
    or (old.second_by is not null and (new.second_by, new.second_at, new.second_document, new.second_assertion,
      new.second_credential)
      is distinct from (old.second_by, old.second_at, old.second_document, old.second_assertion, old.second_credential))
    or (old.proved_at is not null and new.proved_at is distinct from old.proved_at)
    or old.used_at is not null then
    raise exception 'what was decided about a chain stays' using errcode = 'CS002';
  end if;
  if old.second_by is null and new.second_by is not null and (not is_not_ahead(new.second_at)
      or not says_chain_decision(new.second_document, new, 'agree', new.second_by)) then
    raise exception 'a word about a chain comes with what was signed' using errcode = 'CS002';
  end if;
  return new;
end $$;
