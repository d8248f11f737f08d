-- Texts of breaches and reasons of legal holds name people like other texts do: whom they name stands in person_mention,
-- and an erasure blacks them out. They are sealed under the key of their file, so the file gets another key then.

-- AlterTable
ALTER TABLE "privacy_breach_text" ADD COLUMN     "redacted" TEXT;
ALTER TABLE "privacy_hold_text" ADD COLUMN     "redacted" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "privacy_breach_text_commitment_key" ON "privacy_breach_text"("commitment");
CREATE UNIQUE INDEX "privacy_hold_text_commitment_key" ON "privacy_hold_text"("commitment");

alter table privacy_breach_text add constraint privacy_breach_text_redacted check (redacted ~ '^[0-9a-f]{64}$');
alter table privacy_hold_text add constraint privacy_hold_text_redacted check (redacted ~ '^[0-9a-f]{64}$');

-- ---------------------------------------------------------------- how they may change

-- A file gets another key behind an entry in the trail, for texts out of which something goes.
create function guard_file_rekeyed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'key_id' is distinct from to_jsonb(old) - 'key_id' or new.key_id = old.key_id
    or session_user = 'countersign_web' or not is_in_trail(old.number, 'text-redacted') then
    raise exception 'a file only gets another key, when something goes from its texts' using errcode = 'CS001';
  end if;
  return new;
end $$;

-- What is sealed anew says the same, or has gone through the black-out of an erasure.
create function is_sealed_anew(before jsonb, after jsonb, p_number text) returns boolean
language sql volatile set search_path = public, pg_temp as $$
  select session_user <> 'countersign_web' and after - 'sealed' - 'redacted' = before - 'sealed' - 'redacted'
    and before ->> 'sealed' is not null and after ->> 'sealed' is not null
    and is_in_trail(p_number, 'text-redacted')
    and (after ->> 'redacted' is not distinct from before ->> 'redacted'
      or after ->> 'redacted' is not null and is_in_trail(after ->> 'commitment', 'text-redacted')) $$;

create or replace function guard_privacy_breach_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about text := (select b.number from privacy_breach b where b.id = new.breach_id);
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or new.redacted is not null
      or not privacy_breach_event_is_new(new.breach_id, new.seq) then
      raise exception 'a text comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_breach_sealed_so(new.breach_id, new.sealed) then
      raise exception 'it is sealed under the key of its breach' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if is_sealed_anew(to_jsonb(old), to_jsonb(new), about) and privacy_breach_sealed_so(new.breach_id, new.sealed) then
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_in_trail(about, 'privacy-breach-erased') then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_privacy_hold_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about text := (select h.number from privacy_hold h where h.id = new.hold_id);
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or new.redacted is not null
      or not privacy_hold_event_is_new(new.hold_id, new.seq) then
      raise exception 'a text comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_hold_sealed_so(new.hold_id, new.sealed) then
      raise exception 'it is sealed under the key of its hold' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if is_sealed_anew(to_jsonb(old), to_jsonb(new), about) and privacy_hold_sealed_so(new.hold_id, new.sealed) then
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_in_trail(about, 'privacy-hold-erased') then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

drop trigger append_only on privacy_breach;
drop trigger append_only on privacy_hold;
create trigger never_removed before delete or truncate on privacy_breach for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on privacy_hold for each statement execute function refuse_change();
create trigger rekeyed before update on privacy_breach for each row execute function guard_file_rekeyed();
create trigger rekeyed before update on privacy_hold for each row execute function guard_file_rekeyed();
alter table privacy_breach enable always trigger never_removed;
alter table privacy_breach enable always trigger rekeyed;
alter table privacy_hold enable always trigger never_removed;
alter table privacy_hold enable always trigger rekeyed;

-- ---------------------------------------------------------------- who may

-- The worker reads these texts only while somebody is erased who may stand in them. What was signed for an authority, and
-- reasons of a hold that stands, stay as they are.
create function file_texts_while_erasing(p_after text, p_most integer)
returns table (home text, file uuid, number text, key_id text, seq integer, field text, commitment text, redacted text,
  sealed bytea, stays boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    select 'privacy-breach', b.id, b.number, b.key_id, t.seq, t.field, t.commitment, t.redacted, t.sealed,
        e.kind = 'notification-signed'
      from privacy_breach_text t join privacy_breach b on b.id = t.breach_id
        join privacy_breach_event e on e.breach_id = t.breach_id and e.seq = t.seq
      where t.sealed is not null
    union all
    select 'privacy-hold', h.id, h.number, h.key_id, t.seq, t.field, t.commitment, t.redacted, t.sealed,
        s.state <> 'lifted'
      from privacy_hold_text t join privacy_hold h on h.id = t.hold_id
        join privacy_hold_standing s on s.hold_id = t.hold_id
      where t.sealed is not null) found (home, file, number, key_id, seq, field, commitment, redacted, sealed, stays)
  where commitment > p_after and exists (select from person_erasure p where p.state in ('due', 'swept'))
  order by commitment limit p_most $$;

revoke all on function guard_file_rekeyed(), is_sealed_anew(jsonb, jsonb, text), file_texts_while_erasing(text, integer)
  from public;
grant execute on function is_sealed_anew(jsonb, jsonb, text) to countersign_web, countersign_worker;
grant execute on function file_texts_while_erasing(text, integer) to countersign_worker;
grant update (key_id) on privacy_breach, privacy_hold to countersign_worker;
grant update (sealed, redacted) on privacy_breach_text, privacy_hold_text to countersign_worker;
