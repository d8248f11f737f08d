-- The personal-data vault. What the console knows of a person stands here and nowhere else, each value sealed under a
-- key of that person which the database never holds; everywhere else a person is an id. Finding somebody goes by keyed
-- hashes, whose key isn't here either.

-- Names of operators move into the vault. Only the key service can seal them, so this can't be done here.
do $$
begin
  if exists (select from operator) then
    raise exception 'This installation was begun before names were kept sealed. Start a new one: npm run reset.';
  end if;
end $$;
alter table operator drop constraint operator_name_bounded;
alter table operator drop column display_name;

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_tie" (
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "person_tie_pkey" PRIMARY KEY ("person_id","role","client_id","since")
);

-- CreateTable
CREATE TABLE "person_value" (
    "person_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "origin" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "person_value_pkey" PRIMARY KEY ("person_id","field","version")
);

-- CreateTable
CREATE TABLE "person_hash" (
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "person_id" TEXT NOT NULL,

    CONSTRAINT "person_hash_pkey" PRIMARY KEY ("kind","hash","person_id")
);

-- CreateTable
CREATE TABLE "person_look" (
    "id" BIGSERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "reference" TEXT,
    "fields" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_look_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_tie_client_idx" ON "person_tie"("client_id", "person_id");
-- CreateIndex
CREATE INDEX "person_hash_person_idx" ON "person_hash"("person_id");
-- CreateIndex
CREATE INDEX "person_look_person_idx" ON "person_look"("person_id", "id" DESC);
-- CreateIndex
CREATE INDEX "person_look_by_idx" ON "person_look"("by", "at");

-- AddForeignKey
ALTER TABLE "person_tie" ADD CONSTRAINT "person_tie_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_value" ADD CONSTRAINT "person_value_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_hash" ADD CONSTRAINT "person_hash_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_look" ADD CONSTRAINT "person_look_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table person_value alter column sealed set storage external;
alter table person_look alter column fields set not null;

-- ---------------------------------------------------------------- what a row may say

alter table person
  add constraint person_id_form check (id ~ '^(p-[a-z2-7]{10}|ps-[a-z2-7]{16})$'),
  add constraint person_key_form check (key_id ~ '^[0-9a-f]{32}$'),
  -- A person without a key is a tombstone: that they were erased, and when.
  add constraint person_erased_whole check ((key_id is null) = (erased_at is not null)),
  add constraint person_maker check (length(created_by) between 1 and 64);
create unique index person_key_once on person (key_id);
alter table person_tie
  add constraint person_tie_known check (role in ('client', 'representative', 'beneficial-owner', 'authorised-user')),
  add constraint person_tie_lasts check (until is null or until >= since),
  add constraint person_tie_client_id_fkey foreign key (client_id) references client (id)
    on delete restrict on update restrict;
create unique index person_tie_once on person_tie (person_id, role, client_id) where until is null;
alter table person_value
  add constraint person_value_bounded check (octet_length(sealed) between 45 and 16384 and length(field) <= 40),
  add constraint person_value_origin_known check (origin in ('provided', 'observed', 'derived', 'third-party')),
  add constraint person_value_counts check (version between 1 and 1000);
alter table person_hash
  add constraint person_hash_bounded check (octet_length(hash) = 16 and
    kind in ('name', 'email', 'document', 'phone', 'tax-number'));
alter table person_look
  add constraint person_look_bounded check (
    length(purpose) between 1 and 40 and length(reference) <= 40 and coalesce(array_length(fields, 1), 0) <= 60
    and length(array_to_string(fields, '')) <= 2000);

-- ---------------------------------------------------------------- how it may change

-- What stands in the trail within minutes of a change, in the same transaction or not long before.
create function is_in_trail(about text, what text) returns boolean
language sql volatile set search_path = public, pg_temp as $$
  select exists (select from audit_entry a where a.subject = about and a.kind = what
    and a.at >= clock_timestamp() - interval '1 hour') $$;

create function guard_person() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null then
      raise exception 'nobody begins as erased' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.created_at, new.created_by) is distinct from (old.id, old.created_at, old.created_by) then
    raise exception 'an id stays, and so does who made it' using errcode = 'CS002';
  end if;
  if old.erased_at is not null then
    raise exception 'who was erased does not come back' using errcode = 'CS002';
  end if;
  if new.erased_at is not null and exists (select from person_hash h where h.person_id = new.id) then
    raise exception 'while search hashes stand, nobody is erased' using errcode = 'CS002';
  end if;
  if new.erased_at is not null and exists (select from person_value v where v.person_id = new.id) then
    raise exception 'while values stand, nobody is erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_person_value() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- Whoever erases the person waits, or has been and gone.
  if not exists (select from person p where p.id = new.person_id and p.erased_at is null for share) then
    raise exception 'nothing is written about who was erased' using errcode = 'CS002';
  end if;
  if new.version <> (select coalesce(max(v.version), 0) + 1 from person_value v
    where v.person_id = new.person_id and v.field = new.field) then
    raise exception 'versions of a value follow one another' using errcode = 'CS002';
  end if;
  if encode(substring(new.sealed from 2 for 16), 'hex') is distinct from
    (select p.key_id from person p where p.id = new.person_id) then
    raise exception 'a value is sealed under the key of its person' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_person_hash() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from person p where p.id = new.person_id and p.erased_at is null for share) then
    raise exception 'nothing is written about who was erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_person_tie() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and ((new.person_id, new.role, new.client_id, new.since)
      is distinct from (old.person_id, old.role, old.client_id, old.since) or old.until is not null) then
    raise exception 'a tie to a client only ends' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What is deleted is in the trail first, by the process that does it.
create function guard_person_deletion() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not (is_in_trail(old.person_id, 'person-erased') or is_in_trail(old.person_id, 'person-values-erased')) then
    raise exception 'what is known of a person goes only by an erasure in the trail' using errcode = 'CS002';
  end if;
  return old;
end $$;

create trigger guarded_deletion before delete on person_value for each row execute function guard_person_deletion();
create trigger guarded_deletion before delete on person_hash for each row execute function guard_person_deletion();
create trigger guarded before insert or update on person for each row execute function guard_person();
create trigger guarded before insert on person_value for each row execute function guard_person_value();
create trigger guarded before insert on person_hash for each row execute function guard_person_hash();
create trigger guarded before insert or update on person_tie for each row execute function guard_person_tie();
create trigger never_removed before delete or truncate on person for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on person_tie for each statement execute function refuse_change();
create trigger never_changed before update or truncate on person_value for each statement execute function refuse_change();
create trigger never_changed before update or truncate on person_hash for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on person_look
  for each statement execute function refuse_change();

do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and tgrelid in ('person'::regclass, 'person_tie'::regclass, 'person_value'::regclass, 'person_hash'::regclass,
      'person_look'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on function is_in_trail(text, text), guard_person(), guard_person_value(), guard_person_hash(),
  guard_person_tie(), guard_person_deletion() from public;
revoke all on person, person_tie, person_value, person_hash, person_look
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on sequence person_look_id_seq from public;
grant select on person, person_tie, person_value, person_hash, person_look to countersign_web, countersign_worker;
grant insert on person, person_tie, person_value, person_hash, person_look to countersign_web, countersign_worker;
grant update (until) on person_tie to countersign_web, countersign_worker;
-- for share, by which writers and who erases take turns, asks for a right to change; no value does change.
grant update (created_at) on person to countersign_web;
-- Only the worker erases, and what it erases was decided by two people.
grant update (key_id, erased_at, created_at) on person to countersign_worker;
grant delete on person_value, person_hash to countersign_worker;
grant usage on sequence person_look_id_seq to countersign_web, countersign_worker;
grant execute on function is_in_trail(text, text) to countersign_web, countersign_worker;
