-- What somebody wrote in their own requests goes with what is known of them: their values are blacked out, files that they
-- sent go, and nobody is found by the request. Events and commitments stay as proof. By which address the last answer goes
-- out stays until that is on record.

-- AlterTable
ALTER TABLE "privacy_request_text" ADD COLUMN     "redacted" TEXT;

-- CreateTable
CREATE TABLE "erasure_reply" (
    "erasure_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "fields" TEXT[],
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_reply_pkey" PRIMARY KEY ("erasure_id","request_id")
);

-- AddForeignKey
ALTER TABLE "erasure_reply" ADD CONSTRAINT "erasure_reply_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "person_erasure"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "erasure_reply" ADD CONSTRAINT "erasure_reply_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_request_text add constraint privacy_request_text_redacted check (redacted ~ '^[0-9a-f]{64}$');
alter table erasure_reply alter column fields set not null;
alter table erasure_reply add constraint erasure_reply_known check (reason in ('reply', 'hold')
  and fields <@ array['name', 'email'] and cardinality(fields) between 1 and 2);
create index erasure_reply_open_idx on erasure_reply (since) where ended_at is null;

-- ---------------------------------------------------------------- how it may change

-- The request gets another key behind an entry in the trail, as files of breaches and holds do.
drop trigger append_only on privacy_request;
create trigger never_removed before delete or truncate on privacy_request
  for each statement execute function refuse_change();
create trigger rekeyed before update on privacy_request for each row execute function guard_file_rekeyed();
alter table privacy_request enable always trigger never_removed;
alter table privacy_request enable always trigger rekeyed;

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

create or replace function guard_request_search_deletion() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
begin
  select * into about from privacy_request_standing s where s.request_id = old.request_id;
  if is_in_trail(about.number, 'text-redacted') then
    return old;
  end if;
  if not is_in_trail(about.number, 'privacy-request-erased') or exists (select from privacy_request_text t
      where t.request_id = old.request_id and t.sealed is not null) then
    raise exception 'what a request is found by goes after its texts' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- Keys of requests are due by themselves now, too.
create or replace function guard_text_key_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from data_key_owner o where o.key_id = new.key_id
      and o.kind in ('text', 'breach', 'hold', 'request')) then
    raise exception 'only the key of a text is due by itself' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_erasure_reply() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'ended_at' is distinct from to_jsonb(old) - 'ended_at' or old.ended_at is not null
    or new.ended_at is null or not is_about_now(new.ended_at) then
    raise exception 'an address that stayed for an answer only ends' using errcode = 'CS002';
  end if;
  if exists (select from privacy_request_text t where t.request_id = new.request_id and t.field = any (new.fields)
      and t.sealed is not null and t.redacted is null) then
    raise exception 'an address that stayed for an answer is taken out first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before update on erasure_reply for each row execute function guard_erasure_reply();
create trigger never_removed before delete or truncate on erasure_reply
  for each statement execute function refuse_change();
alter table erasure_reply enable always trigger guarded;
alter table erasure_reply enable always trigger never_removed;

-- Whose requests these are: identified, or the same as one that is.
create function requests_of_person(p_person text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select s.request_id from privacy_request_standing s where s.person_id = p_person
  union
  select d.request_id from privacy_request_standing d
      join privacy_request_event e on e.request_id = d.request_id and e.kind = 'marked-duplicate'
      join privacy_request_standing s on s.number = e.facts ->> 'of' and s.person_id = p_person
    where d.state = 'duplicate' and d.person_id is null $$;

-- ---------------------------------------------------------------- who may

revoke all on erasure_reply from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_erasure_reply(), requests_of_person(text) from public;
grant select on erasure_reply to countersign_web, countersign_worker;
grant insert (erasure_id, request_id, fields, reason, since), update (ended_at) on erasure_reply to countersign_worker;
grant update (key_id) on privacy_request to countersign_worker;
grant update (redacted) on privacy_request_text to countersign_worker;
grant execute on function requests_of_person(text) to countersign_worker;
