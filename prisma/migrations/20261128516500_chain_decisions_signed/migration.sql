-- Whoever let a chain go on did so with a session alone, so who had the web server, or two stolen sessions, set payments
-- free. Both words are signed with keys now, and count when the worker has found both presses proved: it alone writes that.

ALTER TABLE "chain_decision" ADD COLUMN "first_document" TEXT,
ADD COLUMN "first_assertion" JSONB,
ADD COLUMN "first_credential" TEXT,
ADD COLUMN "second_document" TEXT,
ADD COLUMN "second_assertion" JSONB,
ADD COLUMN "second_credential" TEXT,
ADD COLUMN "proved_at" TIMESTAMPTZ(3);

-- Words from before have no statement and count no more, so rows of then are not looked at.
alter table chain_decision add constraint chain_decision_signed check (
  num_nulls(first_document, first_assertion, first_credential) = 0
  and num_nulls(second_by, second_document, second_assertion, second_credential) in (0, 4)
  and octet_length(first_document) <= 16384 and octet_length(first_assertion::text) <= 65536
  and octet_length(second_document) <= 16384 and octet_length(second_assertion::text) <= 65536
  and (proved_at is null or (second_at is not null and proved_at >= second_at
    and proved_at <= second_at + interval '1 hour'))
  and (used_at is null or (proved_at is not null and used_at >= proved_at))) not valid;

-- Whether a statement is about this decision, in this step, by this person.
create function says_chain_decision(document text, about chain_decision, p_step text, p_person text) returns boolean
language plpgsql immutable set search_path = public, pg_temp as $$
declare
  said jsonb := document::jsonb;
begin
  return (said ->> 'type', said ->> 'decision', said ->> 'hold', said ->> 'kind', said ->> 'step', said ->> 'person',
      said #>> '{places,count}')
    is not distinct from ('countersign/chain-decision/v1', about.id::text, about.hold_id::text, about.kind, p_step,
      p_person, cardinality(about.places)::text);
exception
  -- What is no JSON says nothing.
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
  if (new.id, new.hold_id, new.kind, new.first_by, new.first_at, new.places, new.first_document, new.first_assertion,
      new.first_credential)
    is distinct from (old.id, old.hold_id, old.kind, old.first_by, old.first_at, old.places, old.first_document,
      old.first_assertion, old.first_credential)
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

revoke all on function says_chain_decision(text, chain_decision, text, text) from public;
grant execute on function says_chain_decision(text, chain_decision, text, text) to countersign_web, countersign_worker;
grant update (second_document, second_assertion, second_credential) on chain_decision to countersign_web;
grant update (proved_at) on chain_decision to countersign_worker;

-- The worker looks at these presses too, as it does at every other.
alter table worker_check drop constraint worker_check_whole;
alter table worker_check add constraint worker_check_whole check (
  subject in ('report', 'pack', 'evidence', 'decision', 'request', 'restriction', 'hold', 'breach', 'retention', 'chain',
    'drop')
  and seen >= 0
  and (faults = '{}') = (incident is null) and coalesce(array_length(faults, 1), 0) <= 1000
  and length(array_to_string(faults, '')) <= 300000
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));
