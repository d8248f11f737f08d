-- Values that were corrected, and that no law keeps, go by themselves: an erasure may be of the earlier versions of fields
-- alone. The newest one stays, under the new key of the person.

alter table person_erasure drop constraint person_erasure_known, drop constraint person_erasure_whole;
alter table person_erasure
  add constraint person_erasure_known check (cause in ('request', 'retention', 'restore')
    and scope in ('whole', 'part', 'earlier') and (scope <> 'earlier' or cause = 'retention' and cardinality(fields) > 0)
    and state in ('due', 'swept', 'removed', 'looked', 'shredded', 'proved', 'left')),
  add constraint person_erasure_whole check ((cause = 'request') = (request_id is not null)
    and (request_id is null) = (proposal is null) and (state = 'left') = (reason is not null)
    and (state in ('proved', 'left')) = (ended_at is not null)
    and (state in ('due', 'left') or swept_at is not null)
    and (state in ('due', 'swept', 'left') or removed_at is not null and old_key is not null)
    and (state in ('due', 'swept', 'removed', 'left') or looked_at is not null)
    and (state not in ('shredded', 'proved') or shredded_at is not null and receipt is not null)
    and (state <> 'proved' or proof is not null)
    and (scope <> 'whole' or new_key is null) and (scope = 'whole' or cardinality(fields) > 0));

-- Corrections are few; the night goes along them.
create index person_value_corrected_idx on person_value (((recorded_at at time zone 'UTC')::date), person_id)
  where version > 1;

create function has_newer_version(p_person text, p_field text, p_version integer) returns boolean
language sql volatile set search_path = public, pg_temp as $$
  select exists (select from person_value v where v.person_id = p_person and v.field = p_field
    and v.version > p_version) $$;

-- What is deleted is in the trail first, and goes by an erasure that names it.
create or replace function guard_person_deletion() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  what text := case tg_table_name when 'person_value' then to_jsonb(old) ->> 'field' end;
  which integer := case tg_table_name when 'person_value' then (to_jsonb(old) ->> 'version')::int end;
begin
  if not (is_in_trail(old.person_id, 'person-erased') or is_in_trail(old.person_id, 'person-values-erased')) then
    raise exception 'what is known of a person goes only by an erasure in the trail' using errcode = 'CS002';
  end if;
  if not exists (select from erasing_now(old.person_id) e where e.scope = 'whole' or what is null
      or what = any (e.fields) and (e.scope = 'part' or has_newer_version(old.person_id, what, which))) then
    raise exception 'what is known of a person goes only by an erasure that names it' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- What stays when the rest goes is sealed anew, under the key that the person has from then on.
create or replace function guard_person_value_sealed_anew() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'sealed' is distinct from to_jsonb(old) - 'sealed'
    or not exists (select from erasing_now(new.person_id) e join person p on p.id = e.person_id
      where e.scope in ('part', 'earlier') and p.key_id = e.new_key
        and (not new.field = any (e.fields)
          or e.scope = 'earlier' and not has_newer_version(new.person_id, new.field, new.version))
        and encode(substring(old.sealed from 2 for 16), 'hex') = e.old_key
        and encode(substring(new.sealed from 2 for 16), 'hex') = e.new_key) then
    raise exception 'a value is sealed anew only when others of its person go' using errcode = 'CS002';
  end if;
  return new;
end $$;

revoke all on function has_newer_version(text, text, integer) from public;
grant execute on function has_newer_version(text, text, integer) to countersign_web, countersign_worker;
