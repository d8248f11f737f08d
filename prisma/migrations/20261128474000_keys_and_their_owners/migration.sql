-- Each data key belongs to one row for ever, and is destroyed for that row alone. Otherwise whoever writes a row with the
-- key of somebody else has that key destroyed when the row ends.

-- CreateTable
CREATE TABLE "data_key_owner" (
    "key_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner" TEXT NOT NULL,

    CONSTRAINT "data_key_owner_pkey" PRIMARY KEY ("key_id")
);

alter table data_key_owner
  add constraint data_key_owner_bounded check (key_id ~ '^[0-9a-f]{32}$'
    and kind in ('person', 'text', 'request', 'breach', 'hold', 'package', 'backup') and length(owner) between 1 and 150);

-- ---------------------------------------------------------------- how keys get their owner

-- The first row that holds a key owns it; any other one is refused.
create function own_data_key(p_key text, p_kind text, p_owner text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into data_key_owner (key_id, kind, owner) values (p_key, p_kind, p_owner) on conflict (key_id) do nothing;
  if not exists (select from data_key_owner o where o.key_id = p_key and o.kind = p_kind and o.owner = p_owner) then
    raise exception 'this key belongs to another row' using errcode = 'CS002';
  end if;
end $$;

-- Of rows that name their key: what they are is the argument.
create function own_key_of_row() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.key_id is not null then
    perform own_data_key(new.key_id, tg_argv[0], new.id::text);
  end if;
  return null;
end $$;

-- Of texts, each under a key of its own, which stands in the clear within what was sealed.
create function own_key_of_text() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.sealed is not null then
    perform own_data_key(encode(substring(new.sealed from 2 for 16), 'hex'), 'text', tg_table_name || '/' || new.commitment);
  end if;
  return null;
end $$;

-- Whether the row that a key belongs to still holds it. What is sealed under one that ended opens no more.
create function data_key_stands(p_key text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found data_key_owner%rowtype;
  stands boolean;
begin
  select * into found from data_key_owner o where o.key_id = p_key;
  if found.kind = 'text' then
    execute format('select exists (select from %I where commitment = $1 and sealed is not null
      and encode(substring(sealed from 2 for 16), ''hex'') = $2)', split_part(found.owner, '/', 1))
      into stands using split_part(found.owner, '/', 2), p_key;
    return stands;
  end if;
  return exists (select from person where key_id = p_key) or exists (select from privacy_breach where key_id = p_key)
    or exists (select from privacy_hold where key_id = p_key) or exists (select from privacy_request where key_id = p_key)
    or exists (select from privacy_package where key_id = p_key);
end $$;

-- Only keys of texts and of files that texts stand in are ever due by themselves.
create function guard_text_key_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from data_key_owner o where o.key_id = new.key_id and o.kind in ('text', 'breach', 'hold')) then
    raise exception 'only the key of a text is due by itself' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- rows of before

-- In this order: who is there keeps their key, and a package that names the same one owns nothing.
do $$
declare
  name text;
begin
  insert into data_key_owner select key_id, 'person', id from person where key_id is not null;
  insert into data_key_owner select old_key, 'person', person_id from person_erasure
    where old_key is not null on conflict do nothing;
  insert into data_key_owner select key_id, 'request', id::text from privacy_request on conflict do nothing;
  insert into data_key_owner select key_id, 'breach', id::text from privacy_breach on conflict do nothing;
  insert into data_key_owner select key_id, 'hold', id::text from privacy_hold on conflict do nothing;
  foreach name in array array['operation_note', 'break_note', 'ledger_correction_note', 'register_text', 'incident_text',
    'threat_draft', 'incident_report_draft', 'incident_submission', 'entity_contact', 'resilience_text', 'board_signature',
    'board_evidence', 'bank_entry_text', 'incident_evidence'] loop
    execute format('insert into data_key_owner
      select encode(substring(sealed from 2 for 16), ''hex''), ''text'', %L || ''/'' || commitment from %I
      where sealed is not null on conflict do nothing', name, name);
    execute format('create trigger owns_its_key after insert or update of sealed on %I
      for each row execute function own_key_of_text()', name);
    execute format('alter table %I enable always trigger owns_its_key', name);
  end loop;
  insert into data_key_owner select key_id, 'package', id::text from privacy_package on conflict do nothing;
end $$;

create trigger owns_its_key after insert or update of key_id on person
  for each row execute function own_key_of_row('person');
create trigger owns_its_key after insert or update of key_id on privacy_request
  for each row execute function own_key_of_row('request');
create trigger owns_its_key after insert or update of key_id on privacy_breach
  for each row execute function own_key_of_row('breach');
create trigger owns_its_key after insert or update of key_id on privacy_hold
  for each row execute function own_key_of_row('hold');
create trigger owns_its_key after insert or update of key_id on privacy_package
  for each row execute function own_key_of_row('package');
alter table person enable always trigger owns_its_key;
alter table privacy_request enable always trigger owns_its_key;
alter table privacy_breach enable always trigger owns_its_key;
alter table privacy_hold enable always trigger owns_its_key;
alter table privacy_package enable always trigger owns_its_key;

create trigger guarded before insert or update on text_key_due for each row execute function guard_text_key_due();
alter table text_key_due enable always trigger guarded;
create trigger append_only before update or delete or truncate on data_key_owner
  for each statement execute function refuse_change();
alter table data_key_owner enable always trigger append_only;

-- ---------------------------------------------------------------- who may

revoke all on data_key_owner from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function own_data_key(text, text, text), own_key_of_row(), own_key_of_text(), data_key_stands(text),
  guard_text_key_due() from public;
grant select on data_key_owner to countersign_worker;
grant execute on function data_key_stands(text) to countersign_worker;
