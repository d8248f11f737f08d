-- Packages for people: ordered by the desk, built by the worker out of live data, kept in sealed parts under a key of
-- their own until they go.

-- CreateTable
CREATE TABLE "privacy_package" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "key_id" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "reasons" BYTEA,
    "ordered_by" TEXT NOT NULL,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "privacy_package_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_package_progress" (
    "package_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "done" INTEGER NOT NULL,
    "fault" TEXT,

    CONSTRAINT "privacy_package_progress_pkey" PRIMARY KEY ("package_id")
);

-- CreateTable
CREATE TABLE "privacy_package_built" (
    "package_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "contents" JSONB NOT NULL,
    "undecided" INTEGER NOT NULL,
    "built_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_package_built_pkey" PRIMARY KEY ("package_id")
);

-- CreateTable
CREATE TABLE "privacy_package_part" (
    "package_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "sealed" BYTEA,

    CONSTRAINT "privacy_package_part_pkey" PRIMARY KEY ("package_id","attempt","what","part")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_package_key_id_key" ON "privacy_package"("key_id");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_package_request_id_version_key" ON "privacy_package"("request_id", "version");
-- CreateIndex
CREATE INDEX "privacy_package_person_idx" ON "privacy_package"("person_id");

-- AddForeignKey
ALTER TABLE "privacy_package" ADD CONSTRAINT "privacy_package_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_package" ADD CONSTRAINT "privacy_package_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_package_progress" ADD CONSTRAINT "privacy_package_progress_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "privacy_package"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_package_built" ADD CONSTRAINT "privacy_package_built_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "privacy_package"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_package_part" ADD CONSTRAINT "privacy_package_part_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "privacy_package"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_package_part alter column sealed set storage external;

-- What the worker has still to do, however many there have been.
create index privacy_package_kept_idx on privacy_package_built (built_at) where erased_at is null;
create index privacy_package_part_kept_idx on privacy_package_part (package_id) where sealed is not null;

-- ---------------------------------------------------------------- shapes and bounds

alter table privacy_package
  add constraint privacy_package_bounded check (version between 1 and 500 and key_id ~ '^[0-9a-f]{32}$'
    and "right" in ('access', 'portability') and jsonb_typeof(choices) = 'array' and octet_length(choices::text) <= 131072
    and octet_length(reasons) between 45 and 1048700 and length(ordered_by) between 1 and 60);
alter table privacy_package_progress
  add constraint privacy_package_progress_bounded check (attempt between 1 and 1000 and done >= 0 and fault ~ '^[a-z-]{1,40}$');
alter table privacy_package_built
  add constraint privacy_package_built_bounded check (attempt between 1 and 1000 and digest ~ '^[0-9a-f]{64}$' and bytes > 0
    and jsonb_typeof(contents) = 'array' and octet_length(contents::text) <= 16384 and undecided >= 0);
alter table privacy_package_part
  add constraint privacy_package_part_bounded check (attempt between 1 and 1000 and what in ('zip', 'preview')
    and part between 1 and 2000 and octet_length(sealed) between 45 and 1048700);

-- ---------------------------------------------------------------- how they come and go

-- Ordered for the person whom the request is about, before anything is proposed, and one after the other.
create function guard_privacy_package() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request privacy_request%rowtype;
  about privacy_request_standing%rowtype;
begin
  select * into request from privacy_request r where r.id = new.request_id for update;
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if about.state not in ('collecting', 'review', 'opinion') or about."right" is distinct from new."right" then
    raise exception 'request %: no package is ordered at this stage', request.number using errcode = 'CS002';
  end if;
  if about.person_id is distinct from new.person_id
    or not exists (select from person p where p.id = new.person_id and p.erased_at is null for share) then
    raise exception 'request %: a package is for the person whom it is about', request.number using errcode = 'CS002';
  end if;
  if new.version <> 1 + (select count(*) from privacy_package p where p.request_id = new.request_id)
    or not is_about_now(new.ordered_at) then
    raise exception 'request %: packages follow one another, and are ordered now', request.number using errcode = 'CS002';
  end if;
  if not exists (select from operator o where o.id = new.ordered_by)
    or not is_in_trail(request.number, 'privacy-package-ordered') then
    raise exception 'request %: a person orders it, and that stands in the trail', request.number using errcode = 'CS002';
  end if;
  if new.reasons is not null and encode(substring(new.reasons from 2 for 16), 'hex') <> new.key_id then
    raise exception 'it is sealed under the key of its package' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_privacy_package_part() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    -- What a build left behind that came to no end.
    if exists (select from privacy_package_built b where b.package_id = old.package_id and b.attempt = old.attempt) then
      raise exception 'a part of a package that was built stays' using errcode = 'CS002';
    end if;
    return old;
  end if;
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - 'sealed' is distinct from to_jsonb(old) - 'sealed' or new.sealed is not null
      or not exists (select from privacy_package_built b where b.package_id = old.package_id and b.erased_at is not null) then
      raise exception 'a part is only emptied, once its package was erased' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if exists (select from privacy_package_built b where b.package_id = new.package_id)
    or not exists (select from privacy_package p where p.id = new.package_id
      and p.key_id = encode(substring(new.sealed from 2 for 16), 'hex')) then
    raise exception 'a part comes before its package is whole, sealed under its key' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_privacy_package_built() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request text;
begin
  select r.number into request from privacy_package p join privacy_request r on r.id = p.request_id
    where p.id = new.package_id;
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not is_about_now(new.built_at) or not is_in_trail(request, 'privacy-package-built')
      or not exists (select from privacy_package_part p where p.package_id = new.package_id and p.attempt = new.attempt
        and p.what = 'zip') then
      raise exception 'a package is built now, of its parts, and that stands in the trail' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if to_jsonb(new) - 'erased_at' is distinct from to_jsonb(old) - 'erased_at' or old.erased_at is not null
    or new.erased_at is null or not is_about_now(new.erased_at) or not is_in_trail(request, 'privacy-package-erased') then
    raise exception 'a package is only erased, now, and that stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What is decided about is the newest package, whole, with nothing in it left open.
create function guard_privacy_package_proposed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
      where p.request_id = new.request_id and b.digest = new.facts ->> 'package' and b.erased_at is null and b.undecided = 0
        and not exists (select from privacy_package l where l.request_id = p.request_id and l.version > p.version)) then
    raise exception 'what is proposed names no package that can be handed out' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on privacy_package for each row execute function guard_privacy_package();
create trigger guarded before insert or update or delete on privacy_package_part
  for each row execute function guard_privacy_package_part();
create trigger guarded before insert or update on privacy_package_built
  for each row execute function guard_privacy_package_built();
create trigger names_a_package before insert on privacy_request_event
  for each row when (new.kind = 'proposed' and new.facts ->> 'package' is not null)
  execute function guard_privacy_package_proposed();
create trigger append_only before update or delete or truncate on privacy_package
  for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on privacy_package_built
  for each statement execute function refuse_change();
create trigger never_removed before truncate on privacy_package_part
  for each statement execute function refuse_change();

do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and (tgrelid in ('privacy_package'::regclass, 'privacy_package_built'::regclass, 'privacy_package_part'::regclass)
      or tgname = 'names_a_package')
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_package, privacy_package_progress, privacy_package_built, privacy_package_part
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_privacy_package(), guard_privacy_package_part(), guard_privacy_package_built(),
  guard_privacy_package_proposed() from public;
grant select on privacy_package, privacy_package_progress, privacy_package_built, privacy_package_part
  to countersign_web, countersign_worker;
grant insert on privacy_package to countersign_web;
grant insert, update on privacy_package_progress to countersign_worker;
grant insert on privacy_package_built, privacy_package_part to countersign_worker;
grant update (erased_at) on privacy_package_built to countersign_worker;
grant update (sealed) on privacy_package_part to countersign_worker;
grant delete on privacy_package_part to countersign_worker;
-- What a person wrote to us themselves goes into their package, and reviews of an operator's access into an operator's.
grant select on privacy_request_text, access_review to countersign_worker;
