-- Breaches of personal data (GDPR Art 33 and 34): rows that never change with the events that follow them. What people
-- wrote stands beside, sealed under the breach's own key; where a breach stands is drawn from its events. None is ever
-- deleted: the authority may ask for every one of them (Art 33(5)).

create sequence privacy_breach_number;

-- CreateTable
CREATE TABLE "privacy_breach" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,

    CONSTRAINT "privacy_breach_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_breach_event" (
    "breach_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "privacy_breach_event_pkey" PRIMARY KEY ("breach_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_breach_text" (
    "breach_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "sealed" BYTEA,
    "commitment" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_breach_text_pkey" PRIMARY KEY ("breach_id","seq","field")
);

-- CreateTable
CREATE TABLE "privacy_breach_statement" (
    "breach_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "privacy_breach_statement_pkey" PRIMARY KEY ("breach_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_breach_person" (
    "breach_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "privacy_breach_person_pkey" PRIMARY KEY ("breach_id","person_id")
);

-- CreateTable
CREATE TABLE "privacy_breach_standing" (
    "breach_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "processor" TEXT,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "aware_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "risk" TEXT,
    "contained_at" TIMESTAMPTZ(3),
    "proposal" INTEGER,
    "cleared_at" TIMESTAMPTZ(3),
    "phases" INTEGER NOT NULL,
    "notified_at" TIMESTAMPTZ(3),
    "complete" BOOLEAN NOT NULL,
    "telling" BOOLEAN,
    "exception" TEXT,
    "told_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "persons" INTEGER NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_breach_standing_pkey" PRIMARY KEY ("breach_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_breach_number_key" ON "privacy_breach"("number");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_breach_key_id_key" ON "privacy_breach"("key_id");
-- CreateIndex
CREATE INDEX "privacy_breach_person_person_idx" ON "privacy_breach_person"("person_id");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_breach_standing_number_key" ON "privacy_breach_standing"("number");
-- CreateIndex
CREATE INDEX "privacy_breach_standing_noticed_idx" ON "privacy_breach_standing"("noticed_at" DESC, "breach_id" DESC);
-- CreateIndex
CREATE INDEX "privacy_breach_standing_state_idx" ON "privacy_breach_standing"("state", "noticed_at" DESC, "breach_id" DESC);
-- CreateIndex
CREATE INDEX "privacy_breach_standing_processor_idx" ON "privacy_breach_standing"("processor", "noticed_at" DESC);

-- AddForeignKey
ALTER TABLE "privacy_breach_event" ADD CONSTRAINT "privacy_breach_event_breach_id_fkey" FOREIGN KEY ("breach_id") REFERENCES "privacy_breach"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_text" ADD CONSTRAINT "privacy_breach_text_breach_id_seq_fkey" FOREIGN KEY ("breach_id", "seq") REFERENCES "privacy_breach_event"("breach_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_statement" ADD CONSTRAINT "privacy_breach_statement_breach_id_seq_fkey" FOREIGN KEY ("breach_id", "seq") REFERENCES "privacy_breach_event"("breach_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_person" ADD CONSTRAINT "privacy_breach_person_breach_id_seq_fkey" FOREIGN KEY ("breach_id", "seq") REFERENCES "privacy_breach_event"("breach_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_person" ADD CONSTRAINT "privacy_breach_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_standing" ADD CONSTRAINT "privacy_breach_standing_breach_id_fkey" FOREIGN KEY ("breach_id") REFERENCES "privacy_breach"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_breach_text alter column sealed set storage external;

-- ---------------------------------------------------------------- shapes and bounds

alter table privacy_breach
  add constraint privacy_breach_number_shape check (number ~ '^PB-\d{4}-\d{6,10}$'),
  add constraint privacy_breach_bounded check (key_id ~ '^[0-9a-f]{32}$' and length(opened_by) between 1 and 60);
alter table privacy_breach_event
  add constraint privacy_breach_event_bounded check (seq between 1 and 1000 and length(kind) between 1 and 40
    and length(actor) between 1 and 60 and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 16384);
alter table privacy_breach_text
  add constraint privacy_breach_text_bounded check (field ~ '^[a-z-]{1,40}$' and commitment ~ '^[0-9a-f]{64}$'
    and octet_length(sealed) between 61 and 131072),
  add constraint privacy_breach_text_erased_whole check ((sealed is null) = (erased_at is not null));
alter table privacy_breach_statement
  add constraint privacy_breach_statement_bounded check (length(document) between 2 and 16384
    and octet_length(assertion::text) <= 16384 and length(credential_id) <= 1400);
alter table privacy_breach_standing
  add constraint privacy_breach_standing_known check (
    state in ('suspected', 'confirmed', 'assessed', 'contained', 'closed', 'not-a-breach')
    and source in ('own', 'processor', 'person', 'authority') and risk in ('unlikely', 'likely', 'high')
    and exception in ('unintelligible', 'risk-removed', 'disproportionate')
    and (aware_at is null) = (due_at is null));

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/privacy/breaches/life.ts.
create function privacy_breach_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind = 'noted' then true
    when kind in ('confirmed', 'dismissed') then state = 'suspected'
    when kind = 'described' then state in ('suspected', 'confirmed', 'assessed', 'contained')
    when kind = 'contained' then state in ('confirmed', 'assessed')
    when kind in ('aware-moved', 'assessed', 'notification-signed', 'notification-sent', 'persons-listed', 'warned') then
      state in ('confirmed', 'assessed', 'contained')
    when kind in ('clearance-proposed', 'clearance-returned', 'clearance-approved', 'persons-decided', 'persons-told') then
      state in ('assessed', 'contained')
    when kind = 'closed' then state = 'contained'
    when kind = 'reopened' then state in ('closed', 'not-a-breach')
    else false
  end $$;

create function number_privacy_breach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.opened_at) then
    raise exception 'a breach is opened now' using errcode = 'CS002';
  end if;
  new.number := numbered('PB', 'privacy_breach_number');
  return new;
end $$;

create function guard_privacy_breach_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  breach privacy_breach%rowtype;
  about privacy_breach_standing%rowtype;
  proposal privacy_breach_event%rowtype;
  person_roles text[];
  earliest timestamptz;
  said timestamptz;
begin
  -- Who comes second waits, sees the first and is refused.
  select * into breach from privacy_breach b where b.id = new.breach_id for update;
  select * into about from privacy_breach_standing s where s.breach_id = new.breach_id;
  select o.roles into person_roles from operator o where o.id = new.actor;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'breach %: events follow one another', breach.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from privacy_breach_event e where e.breach_id = new.breach_id)
    or not is_about_now(new.at) then
    raise exception 'breach %: an event is dated now, and not before the one it follows', breach.number
      using errcode = 'CS002';
  end if;
  if not privacy_breach_may(about.state, new.kind) then
    raise exception 'breach %: % is no next step', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'warned' then
    if new.actor <> 'system' or not coalesce((new.facts ->> 'hours')::int in (24, 48, 60, 72), false)
      or new.at < about.aware_at + make_interval(hours => (new.facts ->> 'hours')::int) or exists (select
        from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'warned' and e.facts = new.facts) then
      raise exception 'breach %: the system warns once of hours that have passed', breach.number using errcode = 'CS002';
    end if;
    return new;
  end if;
  if person_roles is null then
    raise exception 'breach %: % is for a person', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'opened' and new.actor is distinct from breach.opened_by then
    raise exception 'breach %: it was opened otherwise', breach.number using errcode = 'CS002';
  end if;
  -- What people say happened lies between what it follows and now; they give minutes.
  said := case when new.kind = 'opened' then new.facts ->> 'noticedAt'
    when new.kind in ('confirmed', 'aware-moved') then new.facts ->> 'awareAt'
    when new.kind = 'contained' then new.facts ->> 'containedAt'
    when new.kind in ('notification-sent', 'persons-told') then new.facts ->> 'sentAt' end::timestamptz;
  earliest := case when new.kind in ('notification-sent', 'persons-told') then about.aware_at
    when new.kind in ('confirmed', 'aware-moved') then about.noticed_at
    else '-infinity' end;
  if new.kind in ('opened', 'confirmed', 'aware-moved', 'contained', 'notification-sent', 'persons-told')
    and not coalesce(said between date_trunc('minute', earliest) and new.at, false) then
    raise exception 'breach %: the time of % is none that can be', breach.number, new.kind using errcode = 'CS002';
  end if;
  -- Nobody gains time: awareness only moves to an earlier instant.
  if new.kind = 'aware-moved' and said >= about.aware_at then
    raise exception 'breach %: awareness only moves earlier', breach.number using errcode = 'CS002';
  end if;
  -- The controller decides and signs; the data protection officer advises and prepares.
  if new.kind in ('clearance-proposed', 'clearance-approved', 'notification-signed', 'persons-decided')
    and ('dpo' = any (person_roles) or not person_roles && array['officer', 'manager']) then
    raise exception 'breach %: % is for who decides', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind in ('clearance-proposed', 'clearance-approved')
    and (about.risk is distinct from 'unlikely' or about.notified_at is not null or about.cleared_at is not null) then
    raise exception 'breach %: only where no risk is likely is nobody notified', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'clearance-proposed' and about.proposal is not null
    or new.kind in ('clearance-returned', 'clearance-approved') and about.proposal is null
    or new.kind = 'clearance-returned' and about.cleared_at is not null then
    raise exception 'breach %: % is no answer to what is proposed', breach.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'clearance-approved' then
    select * into proposal from privacy_breach_event e where e.breach_id = new.breach_id and e.seq = about.proposal;
    if new.actor = proposal.actor or (new.facts ->> 'of')::int is distinct from proposal.seq
      or new.facts ->> 'events' is distinct from proposal.facts ->> 'events' then
      raise exception 'breach %: another person decides what was proposed', breach.number using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'notification-signed' and ((new.facts ->> 'phase')::int is distinct from about.phases + 1
      or (new.facts ->> 'isLate')::boolean is distinct from (about.notified_at is null and new.at > about.due_at)) then
    raise exception 'breach %: a notification has its number and its delay', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'notification-sent' and (not exists (select from privacy_breach_event e where e.breach_id = new.breach_id
      and e.seq = (new.facts ->> 'of')::int and e.kind = 'notification-signed' and said >= date_trunc('minute', e.at))
      or exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'notification-sent'
        and e.facts ->> 'of' = new.facts ->> 'of')) then
    raise exception 'breach %: what was signed off is sent, once', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'persons-decided' and (case when coalesce((new.facts ->> 'isTold')::boolean, false)
      then new.facts ->> 'exception' is not null
      else (about.risk = 'high') is distinct from (new.facts ->> 'exception' is not null) end) then
    raise exception 'breach %: at a high risk persons are told, or an exception holds', breach.number
      using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and not (about.cleared_at is not null or about.complete) then
    raise exception 'breach %: the authority is notified first', breach.number using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and not (case when about.telling is null then about.risk <> 'high'
      when about.telling then about.told_at is not null
      when about.exception = 'disproportionate' then about.published_at is not null else true end) then
    raise exception 'breach %: persons are told first', breach.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create function draw_privacy_breach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'opened' then
    insert into privacy_breach_standing (breach_id, number, source, processor, noticed_at, seq, state, phases, complete,
        persons)
      select b.id, b.number, new.facts ->> 'source', new.facts #>> '{processor,number}',
          (new.facts ->> 'noticedAt')::timestamptz, new.seq, 'suspected', 0, false, 0
        from privacy_breach b where b.id = new.breach_id;
    return null;
  end if;
  update privacy_breach_standing s set
    seq = new.seq,
    aware_at = case when new.kind in ('confirmed', 'aware-moved') then (new.facts ->> 'awareAt')::timestamptz
      else s.aware_at end,
    due_at = case when new.kind in ('confirmed', 'aware-moved')
      then (new.facts ->> 'awareAt')::timestamptz + interval '72 hours' else s.due_at end,
    risk = case new.kind when 'assessed' then new.facts ->> 'risk' else s.risk end,
    contained_at = case new.kind when 'contained' then (new.facts ->> 'containedAt')::timestamptz
      else s.contained_at end,
    state = case new.kind
      when 'confirmed' then 'confirmed'
      when 'assessed' then case when s.contained_at is null then 'assessed' else 'contained' end
      when 'contained' then case when s.risk is null then 'confirmed' else 'contained' end
      when 'closed' then 'closed'
      when 'dismissed' then 'not-a-breach'
      when 'reopened' then case when s.aware_at is null then 'suspected' when s.risk is null then 'confirmed'
        when s.contained_at is null then 'assessed' else 'contained' end
      else s.state end,
    proposal = case when new.kind = 'clearance-proposed' then new.seq
      when new.kind in ('clearance-returned', 'assessed') then null else s.proposal end,
    cleared_at = case new.kind when 'clearance-approved' then new.at when 'assessed' then null else s.cleared_at end,
    phases = s.phases + case new.kind when 'notification-signed' then 1 else 0 end,
    notified_at = case new.kind when 'notification-sent'
      then least(s.notified_at, (new.facts ->> 'sentAt')::timestamptz) else s.notified_at end,
    -- The newest that was signed and sent says whether all of it was told.
    complete = case new.kind when 'notification-sent' then (select e.facts -> 'missing' = '[]'::jsonb
      from privacy_breach_event e where e.breach_id = new.breach_id and e.seq = (select max((n.facts ->> 'of')::int)
        from privacy_breach_event n where n.breach_id = new.breach_id and n.kind = 'notification-sent'))
      else s.complete end,
    telling = case new.kind when 'persons-decided' then (new.facts ->> 'isTold')::boolean when 'assessed' then null
      else s.telling end,
    exception = case new.kind when 'persons-decided' then new.facts ->> 'exception' when 'assessed' then null
      else s.exception end,
    told_at = case when new.kind = 'persons-told' and new.facts ->> 'channel' <> 'public'
      then least(s.told_at, (new.facts ->> 'sentAt')::timestamptz) else s.told_at end,
    published_at = case when new.kind = 'persons-told' and new.facts ->> 'channel' = 'public'
      then least(s.published_at, (new.facts ->> 'sentAt')::timestamptz) else s.published_at end,
    persons = s.persons + case new.kind when 'persons-listed' then (new.facts ->> 'count')::int else 0 end,
    closed_at = case when new.kind in ('closed', 'dismissed') then new.at when new.kind = 'reopened' then null
      else s.closed_at end
    where s.breach_id = new.breach_id;
  return null;
end $$;

create function check_privacy_breach_opened() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from privacy_breach_event e where e.breach_id = new.id and e.seq = 1 and e.kind = 'opened') then
    raise exception 'a breach without its opening' using errcode = 'CS003';
  end if;
  return null;
end $$;

-- What is decided comes with what was signed, word for word.
create function check_privacy_breach_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  statement privacy_breach_statement%rowtype;
begin
  select * into statement from privacy_breach_statement s where s.breach_id = new.breach_id and s.seq = new.seq;
  if not found or (statement.document::jsonb ->> 'breach', statement.document::jsonb ->> 'step',
      statement.document::jsonb ->> 'person', statement.document::jsonb -> 'facts')
      is distinct from (new.breach_id::text, new.kind, new.actor, new.facts) then
    raise exception 'a decision without what was signed' using errcode = 'CS003';
  end if;
  return null;
end $$;

-- Reasons stand with what the law asks reasons for.
create function check_privacy_breach_reasons() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  wanted text;
  due timestamptz;
begin
  select s.due_at into due from privacy_breach_standing s where s.breach_id = new.breach_id;
  if new.kind = 'notification-sent' and (new.facts ->> 'sentAt')::timestamptz > due and not exists (select
      from privacy_breach_text t where t.breach_id = new.breach_id and t.field = 'delay' and t.seq <= new.seq)
    and not exists (select from privacy_breach_event e where e.breach_id = new.breach_id and e.kind = 'notification-sent'
      and (e.facts ->> 'sentAt')::timestamptz <= due) then
    raise exception 'a late notification says why (Art 33(1))' using errcode = 'CS003';
  end if;
  wanted := case when new.kind = 'notification-signed' and (new.facts ->> 'isLate')::boolean then 'delay'
    when new.kind in ('confirmed', 'aware-moved', 'dismissed', 'clearance-proposed', 'reopened') then 'reasons'
    when new.kind = 'assessed' and new.facts ->> 'risk' <> new.facts ->> 'found' then 'reasons' end;
  if wanted is not null and not exists (select from privacy_breach_text t where t.breach_id = new.breach_id
      and t.seq = new.seq and t.field = wanted) then
    raise exception 'breach: % comes with its reasons', new.kind using errcode = 'CS003';
  end if;
  if new.kind = 'persons-listed' and (select count(*) from privacy_breach_person p where p.breach_id = new.breach_id
      and p.seq = new.seq) is distinct from (new.facts ->> 'count')::bigint then
    raise exception 'a list has as many persons as it says' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function privacy_breach_event_is_new(p_breach uuid, p_seq integer) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_breach_event e where e.breach_id = p_breach and e.seq = p_seq
    and e.xmin::text = pg_current_xact_id()::xid::text) $$;

create function privacy_breach_sealed_so(p_breach uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_breach b where b.id = p_breach
    and b.key_id = encode(substring(p_sealed from 2 for 16), 'hex')) $$;

create function guard_privacy_breach_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not privacy_breach_event_is_new(new.breach_id, new.seq) then
      raise exception 'a text comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_breach_sealed_so(new.breach_id, new.sealed) then
      raise exception 'it is sealed under the key of its breach' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_in_trail((select b.number from privacy_breach b where b.id = new.breach_id), 'privacy-breach-erased') then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_privacy_breach_part() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not privacy_breach_event_is_new(new.breach_id, new.seq) then
    raise exception 'it comes with its event' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger numbered before insert on privacy_breach for each row execute function number_privacy_breach();
create constraint trigger opened after insert on privacy_breach deferrable initially deferred
  for each row execute function check_privacy_breach_opened();
create trigger guarded before insert on privacy_breach_event for each row execute function guard_privacy_breach_event();
create trigger drawn after insert on privacy_breach_event for each row execute function draw_privacy_breach();
create constraint trigger signed after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind in ('clearance-proposed', 'clearance-approved', 'notification-signed', 'persons-decided'))
  execute function check_privacy_breach_signed();
create constraint trigger reasoned after insert on privacy_breach_event deferrable initially deferred
  for each row execute function check_privacy_breach_reasons();
create trigger guarded before insert or update on privacy_breach_text
  for each row execute function guard_privacy_breach_text();
create trigger guarded before insert on privacy_breach_statement
  for each row execute function guard_privacy_breach_part();
create trigger guarded before insert on privacy_breach_person
  for each row execute function guard_privacy_breach_part();

do $$
declare
  name text;
  one record;
begin
  foreach name in array array['privacy_breach', 'privacy_breach_event', 'privacy_breach_statement',
    'privacy_breach_person']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  foreach name in array array['privacy_breach_text', 'privacy_breach_standing']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and tgrelid in ('privacy_breach'::regclass, 'privacy_breach_event'::regclass, 'privacy_breach_text'::regclass,
      'privacy_breach_statement'::regclass, 'privacy_breach_person'::regclass, 'privacy_breach_standing'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_breach, privacy_breach_event, privacy_breach_text, privacy_breach_statement,
  privacy_breach_person, privacy_breach_standing
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on sequence privacy_breach_number from public;
revoke all on function privacy_breach_may(text, text), number_privacy_breach(), guard_privacy_breach_event(),
  draw_privacy_breach(), check_privacy_breach_opened(), check_privacy_breach_signed(), check_privacy_breach_reasons(),
  privacy_breach_event_is_new(uuid, integer), privacy_breach_sealed_so(uuid, bytea), guard_privacy_breach_text(),
  guard_privacy_breach_part() from public;
grant select on privacy_breach, privacy_breach_event, privacy_breach_text, privacy_breach_statement,
  privacy_breach_person, privacy_breach_standing to countersign_web;
-- Texts by their field and commitment only: the worker opens none. It warns, and incidents count a clock of breaches.
grant select on privacy_breach, privacy_breach_event, privacy_breach_standing to countersign_worker;
grant select (breach_id, seq, field, commitment) on privacy_breach_text to countersign_worker;
grant select on privacy_breach_person to countersign_worker;
grant insert (id, key_id, opened_at, opened_by) on privacy_breach to countersign_web;
grant insert on privacy_breach_event, privacy_breach_text, privacy_breach_statement, privacy_breach_person
  to countersign_web;
grant insert on privacy_breach_event to countersign_worker;
grant execute on function privacy_breach_event_is_new(uuid, integer), privacy_breach_sealed_so(uuid, bytea)
  to countersign_web, countersign_worker;
