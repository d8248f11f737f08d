-- What was lifted protects no more only when the worker found the keys of the lifting on record. Whoever has the web server
-- can write a lifting in people's names; until the worker has proved it, hold and restriction keep what they kept.

-- CreateTable
CREATE TABLE "privacy_lifting_proof" (
    "what" TEXT NOT NULL,
    "subject" UUID NOT NULL,
    "proved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "privacy_lifting_proof_pkey" PRIMARY KEY ("what","subject")
);

alter table privacy_lifting_proof
  add constraint privacy_lifting_proof_known check (what in ('hold', 'restriction'));

create function guard_privacy_lifting_proof() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if session_user <> 'countersign_worker' then
    raise exception 'the worker alone says that keys prove a lifting' using errcode = 'CS002';
  end if;
  if not is_about_now(new.proved_at) or not (case new.what
      when 'hold' then exists (select from privacy_hold_standing s where s.hold_id = new.subject and s.state = 'lifted')
      else exists (select from person_restriction r where r.id = new.subject and r.state = 'lifted') end) then
    raise exception 'what was lifted is proved, now' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on privacy_lifting_proof
  for each row execute function guard_privacy_lifting_proof();
create trigger append_only before update or delete or truncate on privacy_lifting_proof
  for each statement execute function refuse_change();
alter table privacy_lifting_proof enable always trigger guarded;
alter table privacy_lifting_proof enable always trigger append_only;

-- Whether a hold, or a restriction, of this state keeps what it covers.
create function still_keeps(p_what text, p_subject uuid, p_state text) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select p_state <> 'lifted'
    or not exists (select from privacy_lifting_proof p where p.what = p_what and p.subject = p_subject) $$;

-- ---------------------------------------------------------------- what goes by it

create or replace function holds_on(p_person text, p_field text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where still_keeps('hold', s.hold_id, s.state) and (
      c.kind = 'person' and c.subject = p_person
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t where t.person_id = p_person)
      or c.kind = 'category' and p_field is not null and c.subject = retention_category(p_field,
        not exists (select from person_tie t where t.person_id = p_person)
          and exists (select from operator o where o.id = p_person))
      or c.kind = 'record' and c.subject in (select r.number from privacy_request_standing r
        where r.person_id = p_person)) $$;

create or replace function holds_on_request(p_number text, p_person text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where still_keeps('hold', s.hold_id, s.state) and (
      c.kind = 'record' and c.subject = p_number
      or c.kind = 'category' and c.subject = 'request-files'
      or c.kind = 'person' and c.subject = p_person
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t where t.person_id = p_person)) $$;

-- Holds on the reasons of another hold.
create function holds_on_hold(p_number text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where still_keeps('hold', s.hold_id, s.state)
      and (c.kind = 'category' and c.subject = 'hold-files' or c.kind = 'record' and c.subject = p_number) $$;

create or replace function guard_hold_text_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_hold_standing%rowtype;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0));
  select * into about from privacy_hold_standing s where s.hold_id = old.hold_id;
  if still_keeps('hold', about.hold_id, about.state) or exists (select from holds_on_hold(about.number)) then
    raise exception 'reasons of a hold stay while it stands, or another covers it' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_person_restricted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from person_restriction r join person_erasure e on e.person_id = r.person_id
      where r.person_id = old.person_id and still_keeps('restriction', r.id, r.state)
        and (cardinality(r.fields) = 0 or old.field = any (r.fields))
        and e.state = 'swept' and e.cause = 'retention' and r.since <= e.queued_at) then
    raise exception 'what is restricted stays until the restriction is lifted' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_lifting_proof from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_privacy_lifting_proof(), still_keeps(text, uuid, text), holds_on_hold(text) from public;
grant select on privacy_lifting_proof to countersign_web, countersign_worker;
grant insert on privacy_lifting_proof to countersign_worker;
grant execute on function still_keeps(text, uuid, text), holds_on_hold(text) to countersign_web, countersign_worker;
