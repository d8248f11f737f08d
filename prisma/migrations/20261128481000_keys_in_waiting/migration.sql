-- A text that waits with a challenge for its signature is sealed under a key of its own, which belongs to the challenge until
-- the row that keeps the text takes it over. Where nobody signs, the key ends with the challenge, so that no backup from
-- before opens the text.

alter table data_key_owner drop constraint data_key_owner_bounded;
-- Of a key in waiting, and of one that ended unsigned, the owner is the challenge and the commitment of the text.
alter table data_key_owner
  add constraint data_key_owner_bounded check (key_id ~ '^[0-9a-f]{32}$'
    and kind in ('person', 'text', 'request', 'breach', 'hold', 'package', 'backup', 'challenge', 'unsigned')
    and length(owner) between 1 and 150);
create index data_key_owner_of_challenge on data_key_owner (split_part(owner, '/', 1))
  where kind in ('challenge', 'unsigned');

-- ---------------------------------------------------------------- what may change

-- A key in waiting becomes the one of the row that keeps the same text, or ends. Nothing else about an owner changes.
create function guard_key_owner() returns trigger language plpgsql as $$
begin
  if old.kind = 'challenge' and new.key_id = old.key_id and (
      (new.kind = 'unsigned' and new.owner = old.owner)
      or (new.kind = 'text' and split_part(new.owner, '/', 2) = split_part(old.owner, '/', 2))) then
    return new;
  end if;
  raise exception 'data_key_owner is append-only' using errcode = 'CS001';
end $$;

drop trigger append_only on data_key_owner;
create trigger append_only before delete or truncate on data_key_owner
  for each statement execute function refuse_change();
create trigger taken_over_or_ended before update on data_key_owner
  for each row execute function guard_key_owner();
alter table data_key_owner enable always trigger append_only;
alter table data_key_owner enable always trigger taken_over_or_ended;

-- The first row that holds a key owns it, and takes it over from the challenge with which its text waited; any other one is
-- refused. Who ends a key and who takes it over meet at its row: one of them waits, and finds what the other did.
create or replace function own_data_key(p_key text, p_kind text, p_owner text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into data_key_owner (key_id, kind, owner) values (p_key, p_kind, p_owner) on conflict (key_id) do nothing;
  if p_kind = 'text' then
    update data_key_owner o set kind = p_kind, owner = p_owner
      where o.key_id = p_key and o.kind = 'challenge' and split_part(o.owner, '/', 2) = split_part(p_owner, '/', 2);
  end if;
  if exists (select from data_key_owner o where o.key_id = p_key and o.kind = p_kind and o.owner = p_owner) then
    return;
  end if;
  if exists (select from data_key_owner o where o.key_id = p_key and o.kind = 'unsigned') then
    raise exception 'this key ended: nobody signed in time' using errcode = 'CS002';
  end if;
  raise exception 'this key belongs to another row' using errcode = 'CS002';
end $$;

-- ---------------------------------------------------------------- how keys wait

-- Of each sealed text within what waits. The key of a request, a breach or a hold is the file's, and its text waits under it.
create function own_waiting_keys() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  most constant integer := 4;
  one record;
  p_key text;
  p_owner text;
  seen integer := 0;
begin
  for one in select distinct left(j ->> 'sealed', 24) as head, j ->> 'commitment' as commitment
      from jsonb_path_query(new.payload, 'strict $.** ? (@.sealed.type() == "string")') j limit 100
  loop
    if one.head !~ '^[A-Za-z0-9+/]{24}$' or coalesce(one.commitment, '') !~ '^[0-9a-f]{64}$'
      or new.nonce !~ '^[A-Za-z0-9_-]{43}$' then
      raise exception 'what waits with a challenge was never sealed' using errcode = 'CS002';
    end if;
    p_key := encode(substring(decode(one.head, 'base64') from 2 for 16), 'hex');
    p_owner := new.nonce || '/' || one.commitment;
    if exists (select from data_key_owner o where o.key_id = p_key and o.kind in ('request', 'breach', 'hold')) then
      continue;
    end if;
    seen := seen + 1;
    if seen > most then
      raise exception 'more texts wait with a challenge than anybody signs at once' using errcode = 'CS002';
    end if;
    perform own_data_key(p_key, 'challenge', p_owner);
  end loop;
  return null;
end $$;

create trigger owns_its_keys after insert on challenge
  for each row when (new.payload <> '{}'::jsonb) execute function own_waiting_keys();
alter table challenge enable always trigger owns_its_keys;

-- ---------------------------------------------------------------- how they end

-- Spends challenges that are over and says of their keys that they ended, before anybody destroys them. A challenge that is
-- being signed at this moment is locked, and waits for the next look.
create function end_waiting_keys(p_before timestamptz, p_most integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  over text[];
begin
  select array_agg(d.nonce) into over from (
    select c.nonce from challenge c
    where c.expires_at < least(p_before, now()) and exists (
      select from data_key_owner o where o.kind = 'challenge' and split_part(o.owner, '/', 1) = c.nonce)
    order by c.expires_at, c.nonce limit p_most for update skip locked) d;
  update challenge set consumed_at = now() where nonce = any (over) and consumed_at is null;
  update data_key_owner set kind = 'unsigned'
    where kind = 'challenge' and split_part(owner, '/', 1) = any (over);
end $$;

-- Otherwise nobody would know any more which keys have to go.
create function refuse_removal_before_keys() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from data_key_owner o where o.kind = 'challenge' and split_part(o.owner, '/', 1) = old.nonce) then
    raise exception 'texts wait with this challenge under keys that have not ended' using errcode = 'CS002';
  end if;
  return old;
end $$;
create trigger removed_after_keys before delete on challenge
  for each row execute function refuse_removal_before_keys();
alter table challenge enable always trigger removed_after_keys;

-- ---------------------------------------------------------------- rows of before

do $$
declare
  one record;
begin
  for one in select c.nonce, j ->> 'commitment' as commitment,
      encode(substring(decode(left(j ->> 'sealed', 24), 'base64') from 2 for 16), 'hex') as key
      from challenge c, jsonb_path_query(c.payload, 'strict $.** ? (@.sealed.type() == "string")') j
      where c.nonce ~ '^[A-Za-z0-9_-]{43}$' and j ->> 'sealed' ~ '^[A-Za-z0-9+/]{24}'
        and j ->> 'commitment' ~ '^[0-9a-f]{64}$'
  loop
    insert into data_key_owner (key_id, kind, owner) values (one.key, 'challenge', one.nonce || '/' || one.commitment)
      on conflict (key_id) do nothing;
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function guard_key_owner(), own_waiting_keys(), end_waiting_keys(timestamptz, integer),
  refuse_removal_before_keys() from public;
grant execute on function end_waiting_keys(timestamptz, integer) to countersign_worker;
