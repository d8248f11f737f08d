-- The records of resilience (DORA Art 5 to 16 and 24 to 30): providers, contracts, functions, assets, risks, findings,
-- tests and plans. A record is opened once; each change is a version that holds all of it and is never changed. What
-- stands now, and what is tied to what, the database draws from the newest version itself.

-- ---------------------------------------------------------------- tables

create table resilience_record (
  id uuid primary key,
  kind text not null,
  number text not null unique,
  created_by text not null,
  created_at timestamptz(3) not null
);

create table resilience_version (
  record_id uuid not null references resilience_record (id) on delete restrict on update restrict,
  version integer not null,
  ref text not null,
  facts jsonb not null,
  links jsonb not null,
  state text,
  grade text,
  due_on date,
  retired boolean not null,
  written_by text not null,
  written_at timestamptz(3) not null,
  primary key (record_id, version)
);

create table resilience_text (
  record_id uuid not null,
  field text not null,
  version integer not null,
  text text,
  salt bytea,
  commitment text not null,
  erased_at timestamptz(3),
  primary key (record_id, field, version),
  foreign key (record_id, version) references resilience_version (record_id, version)
    on delete restrict on update restrict
);

-- Drawn from the newest version by a trigger; nobody writes it.
create table resilience_current (
  record_id uuid primary key references resilience_record (id) on delete restrict on update restrict,
  kind text not null,
  number text not null,
  ref text not null,
  version integer not null,
  facts jsonb not null,
  retired boolean not null,
  state text,
  grade text,
  due_on date,
  created_at timestamptz(3) not null,
  written_by text not null,
  written_at timestamptz(3) not null
);

-- What the newest version of a record names, by the field that names it; drawn likewise.
create table resilience_link (
  from_id uuid not null references resilience_current (record_id) on delete restrict on update restrict,
  field text not null,
  to_id uuid not null references resilience_record (id) on delete restrict on update restrict,
  primary key (from_id, field, to_id)
);

create unique index resilience_current_kind_ref_key on resilience_current (kind, ref);
create index resilience_current_kind_number_record_id_idx on resilience_current (kind, number, record_id);
-- Everything the figures of a kind are made of, so that they are counted without reading the rows.
create index resilience_current_figures_idx on resilience_current (kind, retired, state, grade, due_on);
create index resilience_current_due_idx on resilience_current (kind, due_on, record_id) where due_on is not null and not retired;
create index resilience_link_to_idx on resilience_link (to_id, field);

create sequence resilience_number_en;
create sequence resilience_number_pv;
create sequence resilience_number_fn;
create sequence resilience_number_ct;
create sequence resilience_number_as;
create sequence resilience_number_rk;
create sequence resilience_number_fd;
create sequence resilience_number_ts;
create sequence resilience_number_pl;
create sequence resilience_number_pt;

-- ---------------------------------------------------------------- shapes and bounds

-- The same table as lib/resilience/records/kinds.ts.
create function resilience_prefix(kind text) returns text language sql immutable as $$
  select case kind
    when 'entity' then 'EN'
    when 'provider' then 'PV'
    when 'function' then 'FN'
    when 'contract' then 'CT'
    when 'asset' then 'AS'
    when 'risk' then 'RK'
    when 'finding' then 'FD'
    when 'test' then 'TS'
    when 'plan' then 'PL'
    when 'plan-test' then 'PT'
  end $$;

alter table resilience_record
  add constraint resilience_record_number_shape check (
    coalesce(number ~ ('^' || resilience_prefix(kind) || '-\d{4}-\d{6,}$'), false)),
  add constraint resilience_record_bounded check (length(created_by) between 1 and 60);
alter table resilience_version
  add constraint resilience_version_bounded check (
    version between 1 and 10000 and length(ref) between 1 and 255 and length(written_by) between 1 and 60
    and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 81920
    and jsonb_typeof(links) = 'array' and jsonb_array_length(links) <= 2000
    and state ~ '^[a-z-]{1,40}$' and grade ~ '^[a-z-]{1,40}$');
alter table resilience_text
  add constraint resilience_text_bounded check (field ~ '^[A-Za-z0-9.()/_-]{1,80}$' and length(text) <= 8000),
  add constraint resilience_text_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint resilience_text_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint resilience_text_commitment_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));
alter table resilience_link
  add constraint resilience_link_bounded check (field ~ '^[A-Za-z0-9.]{1,60}$');

-- ---------------------------------------------------------------- one after the other

-- Records name one another, so one lock is for all of them: what a version names can't be retired under it, and two
-- records never take the same name. The lock of lib/resilience/records/lock-records.ts. A guard has to see what was
-- committed while it waited, which it does at read committed and at no other level.
create function lock_resilience_records() returns void
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the records of resilience are written at read committed' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('resilience records', 0));
end $$;

create function is_who_writes(who text) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select who = 'system' or exists (select from operator o where o.id = who) $$;

-- The web server writes in the name of people only.
create function guard_resilience_record() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if resilience_prefix(new.kind) is null then
    raise exception 'no such kind of record' using errcode = 'CS002';
  end if;
  new.number := numbered(resilience_prefix(new.kind), 'resilience_number_' || lower(resilience_prefix(new.kind)));
  return new;
end $$;
create trigger numbered before insert on resilience_record for each row execute function guard_resilience_record();
alter table resilience_record enable always trigger numbered;

create function guard_resilience_writer() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  who text := case tg_table_name when 'resilience_record' then to_jsonb(new) ->> 'created_by' else to_jsonb(new) ->> 'written_by' end;
  written timestamptz := case tg_table_name when 'resilience_record' then (to_jsonb(new) ->> 'created_at')::timestamptz
    else (to_jsonb(new) ->> 'written_at')::timestamptz end;
begin
  if not is_who_writes(who) or (current_user = 'countersign_web' and who = 'system')
    or (current_user = 'countersign_worker' and who <> 'system') then
    raise exception 'a record is written in the name of who writes it' using errcode = 'CS002';
  end if;
  if not is_about_now(written) then
    raise exception 'a record is written now' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on resilience_record for each row execute function guard_resilience_writer();
alter table resilience_record enable always trigger guarded;
create trigger guarded before insert on resilience_version for each row execute function guard_resilience_writer();
alter table resilience_version enable always trigger guarded;

create function guard_resilience_version() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  newest integer;
begin
  perform lock_resilience_records();
  select max(v.version) into newest from resilience_version v where v.record_id = new.record_id;
  if new.version <> coalesce(newest, 0) + 1 then
    raise exception 'versions of a record follow one another' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger in_turn before insert on resilience_version for each row execute function guard_resilience_version();
alter table resilience_version enable always trigger in_turn;

create function draw_resilience_current() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into resilience_current
      (record_id, kind, number, ref, version, facts, retired, state, grade, due_on, created_at, written_by, written_at)
    select r.id, r.kind, r.number, new.ref, new.version, new.facts, new.retired, new.state, new.grade, new.due_on,
        r.created_at, new.written_by, new.written_at
      from resilience_record r where r.id = new.record_id
    on conflict (record_id) do update set ref = excluded.ref, version = excluded.version, facts = excluded.facts,
      retired = excluded.retired, state = excluded.state, grade = excluded.grade, due_on = excluded.due_on,
      written_by = excluded.written_by, written_at = excluded.written_at;
  delete from resilience_link l where l.from_id = new.record_id;
  insert into resilience_link (from_id, field, to_id)
    select distinct new.record_id, l ->> 'field', (l ->> 'to')::uuid from jsonb_array_elements(new.links) l;
  return null;
end $$;
create trigger drawn after insert on resilience_version for each row execute function draw_resilience_current();
alter table resilience_version enable always trigger drawn;

-- A record begins with its first version.
create function check_resilience_begun() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from resilience_version v where v.record_id = new.id and v.version = 1) then
    raise exception 'a record without its first version' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger begun after insert on resilience_record deferrable initially deferred
  for each row execute function check_resilience_begun();
alter table resilience_record enable always trigger begun;

-- A text comes with the version that changes it, and is erased once and whole.
create function guard_resilience_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform lock_resilience_records();
    if new.erased_at is not null
      or new.version is distinct from (select c.version from resilience_current c where c.record_id = new.record_id) then
      raise exception 'a text starts whole, with the newest version' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.record_id, new.field, new.version, new.commitment)
      is distinct from (old.record_id, old.field, old.version, old.commitment)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a text is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on resilience_text for each row execute function guard_resilience_text();
alter table resilience_text enable always trigger guarded;

do $$
declare
  name text;
begin
  foreach name in array array['resilience_record', 'resilience_version']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['resilience_text', 'resilience_current']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on resilience_record, resilience_version, resilience_text, resilience_current, resilience_link
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function resilience_prefix(text), lock_resilience_records(), is_who_writes(text), guard_resilience_record(),
  guard_resilience_writer(), guard_resilience_version(), draw_resilience_current(), check_resilience_begun(),
  guard_resilience_text() from public;
revoke all on sequence resilience_number_en, resilience_number_pv, resilience_number_fn, resilience_number_ct,
  resilience_number_as, resilience_number_rk, resilience_number_fd, resilience_number_ts, resilience_number_pl,
  resilience_number_pt from public;

grant select on resilience_record, resilience_version, resilience_text, resilience_current, resilience_link
  to countersign_web, countersign_worker;
grant insert (id, kind, created_by, created_at) on resilience_record to countersign_web, countersign_worker;
grant insert on resilience_version, resilience_text to countersign_web, countersign_worker;
grant update (text, salt, erased_at) on resilience_text to countersign_web;
-- The guards run as whoever writes.
grant execute on function resilience_prefix(text), lock_resilience_records(), is_who_writes(text)
  to countersign_web, countersign_worker;
