-- A long text is sealed in parts, and its key is the one that the first part names: that one has an owner and is destroyed
-- when the text ends. So every further part is under the same key. One under another key would open for ever, in whatever
-- backup it stands, or would end with the text of somebody else.

-- Whether each part behind the first names the key; 1,000,045 bytes are a part, but for the last (lib/platform/data-keys).
create function sealed_under_one_key(p_sealed bytea, p_key text) returns boolean
language sql immutable set search_path = public, pg_temp as $$
  select not exists (select from generate_series(1, (octet_length(p_sealed) - 1) / 1000045) part
    where substring(p_sealed from part * 1000045 + 1 for 17) is distinct from decode('01' || p_key, 'hex')) $$;

create or replace function own_key_of_text() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p_key text;
begin
  if new.sealed is not null then
    p_key := encode(substring(new.sealed from 2 for 16), 'hex');
    if not sealed_under_one_key(new.sealed, p_key) then
      raise exception 'every part of a text is sealed under the key of the text' using errcode = 'CS002';
    end if;
    perform own_data_key(p_key, 'text', tg_table_name || '/' || new.commitment);
  end if;
  return null;
end $$;

-- The same of texts that wait with a challenge, whose keys end with it where nobody signs. As many are looked through as can
-- be; more wait with none.
create function guard_waiting_parts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  most constant integer := 100;
  one record;
  p_sealed bytea;
  seen integer := 0;
begin
  for one in select j ->> 'sealed' as sealed
      from jsonb_path_query(new.payload, 'strict $.** ? (@.sealed.type() == "string")') j
  loop
    seen := seen + 1;
    if seen > most then
      raise exception 'more texts wait with a challenge than anybody signs at once' using errcode = 'CS002';
    end if;
    -- What fits into one part has no further one: 4 characters are 3 bytes.
    continue when length(one.sealed) <= 1333392;
    begin
      p_sealed := decode(one.sealed, 'base64');
    exception when invalid_parameter_value then
      raise exception 'what waits with a challenge was never sealed' using errcode = 'CS002';
    end;
    if not sealed_under_one_key(p_sealed, encode(substring(p_sealed from 2 for 16), 'hex')) then
      raise exception 'every part of a text is sealed under the key of the text' using errcode = 'CS002';
    end if;
  end loop;
  return new;
end $$;

create trigger guarded_parts before insert or update of payload on challenge
  for each row when (new.payload <> '{}'::jsonb) execute function guard_waiting_parts();
alter table challenge enable always trigger guarded_parts;

revoke all on function sealed_under_one_key(bytea, text), own_key_of_text(), guard_waiting_parts() from public;
