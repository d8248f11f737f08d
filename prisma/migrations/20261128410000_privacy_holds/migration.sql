-- Legal holds: what must not be erased while a claim, an order or an investigation needs it. A hold is rows that never
-- change with the events that follow them; reasons stand beside, sealed under the hold's own key; where it stands and
-- what it covers is drawn from its events. What it covers of people doesn't go whoever asks.

create sequence privacy_hold_number;

-- CreateTable
CREATE TABLE "privacy_hold" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,

    CONSTRAINT "privacy_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_hold_event" (
    "hold_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "privacy_hold_event_pkey" PRIMARY KEY ("hold_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_hold_text" (
    "hold_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "sealed" BYTEA,
    "commitment" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_hold_text_pkey" PRIMARY KEY ("hold_id","seq","field")
);

-- CreateTable
CREATE TABLE "privacy_hold_statement" (
    "hold_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "privacy_hold_statement_pkey" PRIMARY KEY ("hold_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_hold_standing" (
    "hold_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "review_on" DATE NOT NULL,
    "proposal" INTEGER,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_hold_standing_pkey" PRIMARY KEY ("hold_id")
);

-- CreateTable
CREATE TABLE "privacy_hold_cover" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "hold_id" UUID NOT NULL,

    CONSTRAINT "privacy_hold_cover_pkey" PRIMARY KEY ("kind","subject","hold_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_hold_number_key" ON "privacy_hold"("number");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_hold_key_id_key" ON "privacy_hold"("key_id");
-- CreateIndex
CREATE INDEX "privacy_hold_standing_opened_idx" ON "privacy_hold_standing"("opened_at" DESC, "hold_id" DESC);
-- CreateIndex
CREATE INDEX "privacy_hold_standing_state_idx" ON "privacy_hold_standing"("state", "review_on");
-- CreateIndex
CREATE INDEX "privacy_hold_cover_hold_idx" ON "privacy_hold_cover"("hold_id");

-- AddForeignKey
ALTER TABLE "privacy_hold_event" ADD CONSTRAINT "privacy_hold_event_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "privacy_hold"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_hold_text" ADD CONSTRAINT "privacy_hold_text_hold_id_seq_fkey" FOREIGN KEY ("hold_id", "seq") REFERENCES "privacy_hold_event"("hold_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_hold_statement" ADD CONSTRAINT "privacy_hold_statement_hold_id_seq_fkey" FOREIGN KEY ("hold_id", "seq") REFERENCES "privacy_hold_event"("hold_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_hold_standing" ADD CONSTRAINT "privacy_hold_standing_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "privacy_hold"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_hold_cover" ADD CONSTRAINT "privacy_hold_cover_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "privacy_hold"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_hold_text alter column sealed set storage external;

-- ---------------------------------------------------------------- shapes and bounds

alter table privacy_hold
  add constraint privacy_hold_number_shape check (number ~ '^LH-\d{4}-\d{6,10}$'),
  add constraint privacy_hold_bounded check (key_id ~ '^[0-9a-f]{32}$' and length(opened_by) between 1 and 60);
alter table privacy_hold_event
  add constraint privacy_hold_event_bounded check (seq between 1 and 1000 and length(kind) between 1 and 40
    and length(actor) between 1 and 60 and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 16384);
alter table privacy_hold_text
  add constraint privacy_hold_text_bounded check (field ~ '^[a-z-]{1,40}$' and commitment ~ '^[0-9a-f]{64}$'
    and octet_length(sealed) between 61 and 65536),
  add constraint privacy_hold_text_erased_whole check ((sealed is null) = (erased_at is not null));
alter table privacy_hold_statement
  add constraint privacy_hold_statement_bounded check (length(document) between 2 and 16384
    and octet_length(assertion::text) <= 16384 and length(credential_id) <= 1400);
alter table privacy_hold_standing
  add constraint privacy_hold_standing_known check (state in ('standing', 'lift-proposed', 'lifted')
    and ground in ('legal-claim', 'authority-order', 'investigation', 'seven-years')
    and article in ('17-3-b', '17-3-e') and (state = 'lifted') = (lifted_at is not null));
alter table privacy_hold_cover
  add constraint privacy_hold_cover_known check (kind = 'person' and subject ~ '^(p-[a-z2-7]{10}|ps-[a-z2-7]{16})$'
    or kind = 'client' and length(subject) between 1 and 60
    or kind = 'category' and subject ~ '^[a-z][a-z-]{1,39}$'
    or kind = 'record' and subject ~ '^[A-Z]{1,4}-[A-Z0-9-]{1,40}$');

-- ---------------------------------------------------------------- what is held

-- The category by which a value of somebody is kept, or what it is found by; the same table as lib/persons/field-map.ts.
create function retention_category(p_field text, p_works_here_only boolean) returns text language sql immutable as $$
  select case
    when p_works_here_only then 'employment'
    when p_field in ('email', 'phone', 'language') then 'relationship'
    when p_field = 'iban' then 'micar-records'
    when p_field = 'marketing-consent' then 'consent-withdrawn'
    else 'aml-relationship'
  end $$;

-- Standing holds under which this value of somebody comes; without a field, those on the person as such.
create function holds_on(p_person text, p_field text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where s.state <> 'lifted' and (
      c.kind = 'person' and c.subject = p_person
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t where t.person_id = p_person)
      or c.kind = 'category' and p_field is not null and c.subject = retention_category(p_field,
        not exists (select from person_tie t where t.person_id = p_person)
          and exists (select from operator o where o.id = p_person))
      or c.kind = 'record' and c.subject in (select r.number from privacy_request_standing r
        where r.person_id = p_person)) $$;

-- What is held doesn't go. An erasure that was in the trail before the hold began goes on to its end: what its key
-- sealed can't be read any more. Who opens a hold waits for deletions under way, and those that follow see it.
create function guard_person_held() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  begun timestamptz;
  what text := case tg_table_name when 'person_value' then to_jsonb(old) ->> 'field' else to_jsonb(old) ->> 'kind' end;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0));
  select max(a.at) into begun from audit_entry a
    where a.subject = old.person_id and a.kind in ('person-erased', 'person-values-erased');
  if exists (select from holds_on(old.person_id, what) held join privacy_hold h on h.id = held
      where h.opened_at <= coalesce(begun, 'infinity')) then
    raise exception 'what a legal hold covers stays' using errcode = 'CS002';
  end if;
  return old;
end $$;

create trigger held before delete on person_value for each row execute function guard_person_held();
create trigger held before delete on person_hash for each row execute function guard_person_held();

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/privacy/retention/holds/life.ts.
create function privacy_hold_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind in ('reviewed', 'lift-proposed') then state = 'standing'
    when kind in ('lift-returned', 'lifted') then state = 'lift-proposed'
    when kind = 'warned' then state in ('standing', 'lift-proposed')
    else false
  end $$;

create function number_privacy_hold() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.opened_at) then
    raise exception 'a hold is opened now' using errcode = 'CS002';
  end if;
  new.number := numbered('LH', 'privacy_hold_number');
  return new;
end $$;

create function guard_privacy_hold_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hold privacy_hold%rowtype;
  about privacy_hold_standing%rowtype;
  proposal privacy_hold_event%rowtype;
  person_roles text[];
  day date := (new.at at time zone 'UTC')::date;
  review date;
begin
  select * into hold from privacy_hold h where h.id = new.hold_id for update;
  select * into about from privacy_hold_standing s where s.hold_id = new.hold_id;
  select o.roles into person_roles from operator o where o.id = new.actor;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'hold %: events follow one another', hold.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from privacy_hold_event e where e.hold_id = new.hold_id)
    or not is_about_now(new.at) then
    raise exception 'hold %: an event is dated now, and not before the one it follows', hold.number
      using errcode = 'CS002';
  end if;
  if not privacy_hold_may(about.state, new.kind) then
    raise exception 'hold %: % is no next step', hold.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'warned' then
    if new.actor <> 'system' or (new.facts ->> 'reviewOn')::date is distinct from about.review_on
      or about.review_on >= day then
      raise exception 'hold %: the system warns of a review whose day is over', hold.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  -- The controller decides what is kept for a claim; the data protection officer advises on it.
  if person_roles is null or 'dpo' = any (person_roles) or not person_roles && array['officer', 'manager'] then
    raise exception 'hold %: % is for who decides', hold.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'opened' and new.actor is distinct from hold.opened_by then
    raise exception 'hold %: it was opened otherwise', hold.number using errcode = 'CS002';
  end if;
  if new.kind in ('opened', 'reviewed') then
    review := (new.facts ->> 'reviewOn')::date;
    if review is null or review <= day or review > (day + interval '12 months')::date then
      raise exception 'hold %: it is looked at again within a year', hold.number using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'opened' and coalesce(jsonb_array_length(new.facts -> 'covers'), 0) not between 1 and 50 then
    raise exception 'hold %: it covers something, and at most 50 things', hold.number using errcode = 'CS002';
  end if;
  if new.kind = 'lifted' then
    select * into proposal from privacy_hold_event e where e.hold_id = new.hold_id and e.seq = about.proposal;
    if new.actor = proposal.actor or (new.facts ->> 'of')::int is distinct from proposal.seq
      or new.facts ->> 'events' is distinct from proposal.facts ->> 'events' then
      raise exception 'hold %: another person lifts what was proposed', hold.number using errcode = 'CS002';
    end if;
  end if;
  return new;
end $$;

create function draw_privacy_hold() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'opened' then
    perform pg_advisory_xact_lock(hashtextextended('legal holds', 0));
    insert into privacy_hold_standing (hold_id, number, ground, article, opened_at, seq, state, review_on)
      select h.id, h.number, new.facts ->> 'ground', new.facts ->> 'article', h.opened_at, new.seq, 'standing',
          (new.facts ->> 'reviewOn')::date
        from privacy_hold h where h.id = new.hold_id;
    insert into privacy_hold_cover (kind, subject, hold_id)
      select c ->> 'kind', c ->> 'subject', new.hold_id from jsonb_array_elements(new.facts -> 'covers') c;
    if exists (select from privacy_hold_cover c where c.hold_id = new.hold_id and (
        c.kind = 'person' and not exists (select from person p where p.id = c.subject)
        or c.kind = 'client' and not exists (select from client l where l.id = c.subject))) then
      raise exception 'a hold covers somebody who is on record' using errcode = 'CS002';
    end if;
    return null;
  end if;
  update privacy_hold_standing s set
    seq = new.seq,
    state = case new.kind when 'lift-proposed' then 'lift-proposed' when 'lift-returned' then 'standing'
      when 'lifted' then 'lifted' else s.state end,
    review_on = case new.kind when 'reviewed' then (new.facts ->> 'reviewOn')::date else s.review_on end,
    proposal = case new.kind when 'lift-proposed' then new.seq when 'lift-returned' then null else s.proposal end,
    lifted_at = case new.kind when 'lifted' then new.at else s.lifted_at end
    where s.hold_id = new.hold_id;
  return null;
end $$;

create function check_privacy_hold_opened() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from privacy_hold_event e where e.hold_id = new.id and e.seq = 1 and e.kind = 'opened') then
    raise exception 'a hold without its opening' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function check_privacy_hold_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  statement privacy_hold_statement%rowtype;
begin
  select * into statement from privacy_hold_statement s where s.hold_id = new.hold_id and s.seq = new.seq;
  if not found or (statement.document::jsonb ->> 'hold', statement.document::jsonb ->> 'step',
      statement.document::jsonb ->> 'person', statement.document::jsonb ->> 'events')
      is distinct from (new.hold_id::text, new.kind, new.actor, new.facts ->> 'events') then
    raise exception 'a hold is lifted with what was signed' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function privacy_hold_event_is_new(p_hold uuid, p_seq integer) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_hold_event e where e.hold_id = p_hold and e.seq = p_seq
    and e.xmin::text = pg_current_xact_id()::xid::text) $$;

create function privacy_hold_sealed_so(p_hold uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_hold h where h.id = p_hold
    and h.key_id = encode(substring(p_sealed from 2 for 16), 'hex')) $$;

create function guard_privacy_hold_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not privacy_hold_event_is_new(new.hold_id, new.seq) then
      raise exception 'a text comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_hold_sealed_so(new.hold_id, new.sealed) then
      raise exception 'it is sealed under the key of its hold' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_in_trail((select h.number from privacy_hold h where h.id = new.hold_id), 'privacy-hold-erased') then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_privacy_hold_statement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not privacy_hold_event_is_new(new.hold_id, new.seq) then
    raise exception 'a statement comes with its event' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger numbered before insert on privacy_hold for each row execute function number_privacy_hold();
create constraint trigger opened after insert on privacy_hold deferrable initially deferred
  for each row execute function check_privacy_hold_opened();
create trigger guarded before insert on privacy_hold_event for each row execute function guard_privacy_hold_event();
create trigger drawn after insert on privacy_hold_event for each row execute function draw_privacy_hold();
create constraint trigger signed after insert on privacy_hold_event deferrable initially deferred
  for each row when (new.kind in ('lift-proposed', 'lifted')) execute function check_privacy_hold_signed();
create trigger guarded before insert or update on privacy_hold_text
  for each row execute function guard_privacy_hold_text();
create trigger guarded before insert on privacy_hold_statement
  for each row execute function guard_privacy_hold_statement();

do $$
declare
  name text;
  one record;
begin
  foreach name in array array['privacy_hold', 'privacy_hold_event', 'privacy_hold_statement', 'privacy_hold_cover']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  foreach name in array array['privacy_hold_text', 'privacy_hold_standing']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and (tgrelid in ('privacy_hold'::regclass, 'privacy_hold_event'::regclass, 'privacy_hold_text'::regclass,
      'privacy_hold_statement'::regclass, 'privacy_hold_standing'::regclass, 'privacy_hold_cover'::regclass)
      or tgname = 'held')
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_hold, privacy_hold_event, privacy_hold_text, privacy_hold_statement, privacy_hold_standing,
  privacy_hold_cover from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on sequence privacy_hold_number from public;
revoke all on function retention_category(text, boolean), holds_on(text, text), guard_person_held(),
  privacy_hold_may(text, text), number_privacy_hold(), guard_privacy_hold_event(), draw_privacy_hold(),
  check_privacy_hold_opened(), check_privacy_hold_signed(), privacy_hold_event_is_new(uuid, integer),
  privacy_hold_sealed_so(uuid, bytea), guard_privacy_hold_text(), guard_privacy_hold_statement() from public;
grant select on privacy_hold, privacy_hold_event, privacy_hold_text, privacy_hold_statement, privacy_hold_standing,
  privacy_hold_cover to countersign_web;
grant select on privacy_hold, privacy_hold_event, privacy_hold_standing, privacy_hold_cover to countersign_worker;
grant insert (id, key_id, opened_at, opened_by) on privacy_hold to countersign_web;
grant insert on privacy_hold_event, privacy_hold_text, privacy_hold_statement to countersign_web;
grant insert on privacy_hold_event to countersign_worker;
grant execute on function holds_on(text, text), retention_category(text, boolean),
  privacy_hold_event_is_new(uuid, integer), privacy_hold_sealed_so(uuid, bytea)
  to countersign_web, countersign_worker;
