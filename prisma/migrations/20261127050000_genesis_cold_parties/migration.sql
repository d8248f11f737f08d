-- Cold parties for the first roster: founders ask each by a document who it is, and bring its answer.
-- Nothing here is secret or believed: founders compare each party's words before they sign.

-- CreateTable
CREATE TABLE "genesis_cold_party" (
    "leg" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "group" TEXT,
    "identity_key" TEXT,
    "exchange_key" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "removed_by" TEXT,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "genesis_cold_party_pkey" PRIMARY KEY ("leg")
);

-- ---------------------------------------------------------------- shapes and bounds

alter table genesis_cold_party
  add constraint genesis_cold_party_bounded check (
    length(name) between 1 and 64 and octet_length(document) <= 8192 and length(file_name) <= 100
    and asked_at < expires_at),
  add constraint genesis_cold_party_digests check (
    leg ~ '^[0-9a-f]{64}$' and digest ~ '^[0-9a-f]{64}$' and identity_key ~ '^[0-9a-f]{64}$'
    and exchange_key ~ '^[0-9a-f]{64}$'),
  add constraint genesis_cold_party_group_known check ("group" in ('control', 'custody', 'recovery')),
  add constraint genesis_cold_party_answer_whole check (
    num_nulls("group", identity_key, exchange_key, answered_by, answered_at) in (0, 5)),
  add constraint genesis_cold_party_removal_whole check ((removed_by is null) = (removed_at is null)),
  add constraint genesis_cold_party_asked_by_fkey foreign key (asked_by) references operator (id)
    on delete restrict on update restrict,
  add constraint genesis_cold_party_answered_by_fkey foreign key (answered_by) references operator (id)
    on delete restrict on update restrict,
  add constraint genesis_cold_party_removed_by_fkey foreign key (removed_by) references operator (id)
    on delete restrict on update restrict;
create unique index genesis_cold_party_one_of_a_name on genesis_cold_party (name) where removed_at is null;

-- ---------------------------------------------------------------- what may change

create function guard_genesis_cold_party() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.answered_at is not null or new.removed_at is not null then
      raise exception 'a cold party is asked before it answers' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.leg, new.name, new.document, new.digest, new.file_name, new.asked_by, new.asked_at, new.expires_at)
    is distinct from
     (old.leg, old.name, old.document, old.digest, old.file_name, old.asked_by, old.asked_at, old.expires_at) then
    raise exception 'cold party %: what it was asked never changes', old.name using errcode = 'CS002';
  end if;
  if old.removed_at is not null then
    raise exception 'cold party %: it was taken out', old.name using errcode = 'CS002';
  end if;
  if old.answered_at is not null
    and (new."group", new.identity_key, new.exchange_key, new.answered_by, new.answered_at)
      is distinct from
        (old."group", old.identity_key, old.exchange_key, old.answered_by, old.answered_at) then
    raise exception 'cold party %: its answer was taken', old.name using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on genesis_cold_party
  for each row execute function guard_genesis_cold_party();
create trigger never_removed before delete or truncate on genesis_cold_party
  for each statement execute function refuse_change();
alter table genesis_cold_party enable always trigger never_removed;

-- ---------------------------------------------------------------- who may do what

revoke execute on function guard_genesis_cold_party() from public;
grant select, insert on genesis_cold_party to countersign_web;
grant update ("group", identity_key, exchange_key, answered_by, answered_at, removed_by, removed_at)
  on genesis_cold_party to countersign_web;
