-- What somebody here wrote in a request of one person may name another. Whom it names stands on record, as for other texts,
-- and an erasure of theirs blacks it out: the request gets another key then, and files that were sent with it come along.

-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_text_commitment_key" ON "privacy_request_text"("commitment");

-- CreateIndex
CREATE INDEX "person_mention_commitment_idx" ON "person_mention"("commitment");

create or replace function guard_privacy_request_sealed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about text := (select r.number from privacy_request r where r.id = new.request_id);
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or to_jsonb(new) ->> 'redacted' is not null
      or not privacy_request_event_is_new(new.request_id, new.seq) then
      raise exception 'a text or a file comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_request_sealed_so(new.request_id, new.sealed) then
      raise exception 'it is sealed under the key of its request' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if tg_table_name = 'privacy_request_text' and is_sealed_anew(to_jsonb(old), to_jsonb(new), about)
    and privacy_request_sealed_so(new.request_id, new.sealed) then
    return new;
  end if;
  -- A file says the same; only the key of its request became another one.
  if tg_table_name = 'privacy_request_file' and new.sealed is not null and old.sealed is not null
    and octet_length(new.sealed) = octet_length(old.sealed)
    and (new.request_id, new.seq) = (old.request_id, old.seq) and new.erased_at is null
    and to_jsonb(new) ->> 'part' = to_jsonb(old) ->> 'part'
    and session_user <> 'countersign_web' and is_in_trail(about, 'text-redacted')
    and privacy_request_sealed_so(new.request_id, new.sealed) then
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or new.sealed is not null or old.erased_at is not null or new.erased_at is null
    or not is_about_now(new.erased_at) then
    raise exception 'a text or a file is only erased, and now' using errcode = 'CS002';
  end if;
  -- What was sent goes with what is blacked out in the texts beside it.
  if not (is_in_trail(about, 'privacy-request-erased')
      or session_user <> 'countersign_web' and is_in_trail(about, 'text-redacted')) then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;
