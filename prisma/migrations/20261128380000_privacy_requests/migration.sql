-- Requests of people about their data: rows that never change with the events that follow them. What people wrote and
-- sent stands beside, sealed under the request's own key; where a request stands is drawn from its events.

create sequence privacy_request_number;

-- CreateTable
CREATE TABLE "privacy_request" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "receipt_hash" TEXT,

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_request_event" (
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "privacy_request_event_pkey" PRIMARY KEY ("request_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_request_text" (
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "sealed" BYTEA,
    "commitment" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_request_text_pkey" PRIMARY KEY ("request_id","seq","field")
);

-- CreateTable
CREATE TABLE "privacy_request_file" (
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "sealed" BYTEA,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_request_file_pkey" PRIMARY KEY ("request_id","seq","part")
);

-- CreateTable
CREATE TABLE "privacy_request_statement" (
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "privacy_request_statement_pkey" PRIMARY KEY ("request_id","seq")
);

-- CreateTable
CREATE TABLE "privacy_request_search" (
    "kind" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "request_id" UUID NOT NULL,

    CONSTRAINT "privacy_request_search_pkey" PRIMARY KEY ("kind","hash","request_id")
);

-- CreateTable
CREATE TABLE "privacy_request_standing" (
    "request_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "person_id" TEXT,
    "outcome" TEXT,
    "question" INTEGER,
    "proposal" INTEGER,

    CONSTRAINT "privacy_request_standing_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "privacy_request_clock" (
    "request_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "target_on" DATE NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "privacy_request_clock_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_number_key" ON "privacy_request"("number");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_key_id_key" ON "privacy_request"("key_id");
-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_receipt_hash_key" ON "privacy_request"("receipt_hash");
-- CreateIndex
CREATE INDEX "privacy_request_opened_idx" ON "privacy_request"("channel", "opened_at");
-- CreateIndex
CREATE INDEX "privacy_request_standing_received_idx" ON "privacy_request_standing"("received_at" DESC, "request_id" DESC);
-- CreateIndex
CREATE INDEX "privacy_request_standing_state_idx" ON "privacy_request_standing"("state", "received_at" DESC, "request_id" DESC);
-- CreateIndex
CREATE INDEX "privacy_request_standing_person_idx" ON "privacy_request_standing"("person_id");
-- CreateIndex
CREATE INDEX "privacy_request_clock_due_idx" ON "privacy_request_clock"("state", "due_on");

-- AddForeignKey
ALTER TABLE "privacy_request_event" ADD CONSTRAINT "privacy_request_event_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_text" ADD CONSTRAINT "privacy_request_text_request_id_seq_fkey" FOREIGN KEY ("request_id", "seq") REFERENCES "privacy_request_event"("request_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_file" ADD CONSTRAINT "privacy_request_file_request_id_seq_fkey" FOREIGN KEY ("request_id", "seq") REFERENCES "privacy_request_event"("request_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_statement" ADD CONSTRAINT "privacy_request_statement_request_id_seq_fkey" FOREIGN KEY ("request_id", "seq") REFERENCES "privacy_request_event"("request_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_search" ADD CONSTRAINT "privacy_request_search_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_standing" ADD CONSTRAINT "privacy_request_standing_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_request_clock" ADD CONSTRAINT "privacy_request_clock_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table privacy_request_text alter column sealed set storage external;
alter table privacy_request_file alter column sealed set storage external;

-- ---------------------------------------------------------------- shapes and bounds

alter table privacy_request
  add constraint privacy_request_right_known check ("right" in ('access', 'portability', 'rectification', 'restriction',
    'objection', 'erasure', 'not-automated', 'withdraw-consent')),
  add constraint privacy_request_channel_known check (channel in ('desk', 'email', 'form', 'post', 'phone', 'in-person')),
  add constraint privacy_request_number_shape check (number ~ '^DSR-\d{4}-\d{6,10}$'),
  add constraint privacy_request_bounded check (key_id ~ '^[0-9a-f]{32}$' and length(opened_by) between 1 and 60
    and received_at <= opened_at + interval '10 minutes'),
  add constraint privacy_request_receipt check (receipt_hash ~ '^[0-9a-f]{64}$'
    and (receipt_hash is null) = (channel <> 'form'));
alter table privacy_request_event
  add constraint privacy_request_event_bounded check (seq between 1 and 2000 and length(kind) between 1 and 40
    and length(actor) between 1 and 60 and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 16384);
alter table privacy_request_text
  add constraint privacy_request_text_bounded check (field ~ '^[a-z-]{1,40}$' and commitment ~ '^[0-9a-f]{64}$'
    and octet_length(sealed) between 61 and 65536),
  add constraint privacy_request_text_erased_whole check ((sealed is null) = (erased_at is not null));
alter table privacy_request_file
  add constraint privacy_request_file_bounded check (part between 1 and 12 and octet_length(sealed) between 45 and 1048700),
  add constraint privacy_request_file_erased_whole check ((sealed is null) = (erased_at is not null));
alter table privacy_request_statement
  add constraint privacy_request_statement_bounded check (length(document) between 2 and 16384
    and octet_length(assertion::text) <= 16384 and length(credential_id) <= 1400);
alter table privacy_request_search
  add constraint privacy_request_search_bounded check (octet_length(hash) = 16 and kind in ('name', 'email', 'message'));
alter table privacy_request_clock
  add constraint privacy_request_clock_state check (state in ('running', 'paused', 'met', 'late', 'stopped'));

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/privacy/requests/life.ts.
create function privacy_request_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind in ('identified', 'authority-shown', 'doubted', 'marked-duplicate') then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion')
    when kind = 'asked' then state in ('received', 'collecting', 'review')
    when kind = 'answered' then state in ('identity', 'clarification')
    when kind = 'extended' then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion', 'proposed')
    when kind = 'collected' then state in ('received', 'collecting', 'review', 'opinion')
    when kind = 'reviewed' then state in ('received', 'collecting', 'review')
    when kind = 'opinion-given' then state in ('review', 'opinion')
    when kind = 'proposed' then state = 'opinion'
    when kind in ('returned', 'approved') then state = 'proposed'
    when kind = 'fulfilled' then state = 'approved'
    when kind in ('recipient-told', 'notified') then state in ('fulfilled', 'partly-refused')
    when kind = 'closed' then state in ('fulfilled', 'partly-refused', 'refused', 'notified')
    when kind in ('withdrawn', 'warned') then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion', 'proposed', 'approved')
    when kind = 'reopened' then state in ('closed', 'withdrawn', 'duplicate')
    else kind in ('noted', 'file-added', 'files-left-out')
  end $$;

create function number_privacy_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.opened_at) then
    raise exception 'a request is opened now' using errcode = 'CS002';
  end if;
  new.number := numbered('DSR', 'privacy_request_number');
  return new;
end $$;

create function guard_privacy_request_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request privacy_request%rowtype;
  about privacy_request_standing%rowtype;
  proposal privacy_request_event%rowtype;
  person_roles text[];
  earliest timestamptz;
begin
  -- Who comes second waits, sees the first and is refused.
  select * into request from privacy_request r where r.id = new.request_id for update;
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  select o.roles into person_roles from operator o where o.id = new.actor;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'request %: events follow one another', request.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from privacy_request_event e where e.request_id = new.request_id)
    or not is_about_now(new.at) then
    raise exception 'request %: an event is dated now, and not before the one it follows', request.number
      using errcode = 'CS002';
  end if;
  if not privacy_request_may(about.state, new.kind) then
    raise exception 'request %: % is no next step', request.number, new.kind using errcode = 'CS002';
  end if;
  -- A form brings its opening alone, and the system its warnings; people do the rest.
  if person_roles is null and not (new.actor = 'public' and new.kind = 'opened' and request.channel = 'form'
      or new.actor = 'system' and new.kind = 'warned') then
    raise exception 'request %: % is for a person', request.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'opened' and (new.facts ->> 'right', new.facts ->> 'channel', (new.facts ->> 'receivedAt')::timestamptz,
      new.actor) is distinct from (request."right", request.channel, request.received_at, request.opened_by) then
    raise exception 'request %: it was opened otherwise', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'identified' and not exists (select from person p where p.id = new.facts ->> 'person') then
    raise exception 'request %: nobody is known by this id', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'asked' and new.facts ->> 'about' = 'identity' and not exists (select from privacy_request_event e
      where e.request_id = new.request_id and e.kind = 'doubted' and e.seq > coalesce((select max(i.seq)
        from privacy_request_event i where i.request_id = new.request_id and i.kind = 'identified'), 0)) then
    raise exception 'request %: proof of identity is asked for on a doubt', request.number using errcode = 'CS002';
  end if;
  -- What people say happened lies between what it follows and now; they give minutes.
  earliest := case new.kind
    when 'asked' then request.received_at
    when 'extended' then request.received_at
    when 'fulfilled' then request.received_at
    when 'withdrawn' then request.received_at
    when 'answered' then (select (e.facts ->> 'sentAt')::timestamptz from privacy_request_event e
      where e.request_id = new.request_id and e.seq = about.question) end;
  if new.kind in ('asked', 'answered', 'extended', 'fulfilled', 'withdrawn') and not coalesce(
      (case new.kind when 'answered' then new.facts ->> 'answeredAt' when 'extended' then new.facts ->> 'noticeSentAt'
        when 'withdrawn' then new.facts ->> 'at' else new.facts ->> 'sentAt' end)::timestamptz
      between date_trunc('minute', earliest) and new.at, false) then
    raise exception 'request %: the time of % is none that can be', request.number, new.kind using errcode = 'CS002';
  end if;
  if new.kind = 'answered' and (new.facts ->> 'question')::int is distinct from about.question then
    raise exception 'request %: no such open question', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'extended' and exists (select from privacy_request_event e where e.request_id = new.request_id
      and e.kind = 'extended') then
    raise exception 'request %: it is extended once', request.number using errcode = 'CS002';
  end if;
  -- Who advises decides nothing, and two people decide.
  if new.kind = 'opinion-given' and not 'dpo' = any (person_roles) then
    raise exception 'request %: the data protection officer gives the opinion', request.number using errcode = 'CS002';
  end if;
  if new.kind in ('proposed', 'approved') and ('dpo' = any (person_roles) or exists (select from privacy_request_event e
      where e.request_id = new.request_id and e.kind = 'opinion-given' and e.actor = new.actor)) then
    raise exception 'request %: who advises does not decide', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'proposed' and not coalesce(new.facts ->> 'decision' in ('grant', 'grant-in-part', 'refuse'), false) then
    raise exception 'request %: a proposal says what it decides', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'proposed' and about.person_id is null
    and not (new.facts ->> 'decision' = 'refuse' and new.facts -> 'grounds' ? 'not-identified') then
    raise exception 'request %: nobody is identified', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'proposed' and new.facts -> 'grounds' ?| array['unfounded', 'excessive']
    and jsonb_array_length(new.facts -> 'earlier') = 0 then
    raise exception 'request %: it rests on earlier requests', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'approved' then
    select * into proposal from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal;
    if new.actor = proposal.actor or (new.facts ->> 'of')::int is distinct from proposal.seq
      or new.facts ->> 'events' is distinct from proposal.facts ->> 'events' then
      raise exception 'request %: another person approves what was proposed', request.number using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'fulfilled' and (new.facts ->> 'namesRemedies') is distinct from 'true' and (select e.facts ->> 'decision'
      from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal) <> 'grant' then
    raise exception 'request %: a refusal names complaint and court', request.number using errcode = 'CS002';
  end if;
  if new.kind = 'closed' and about."right" in ('rectification', 'erasure', 'restriction')
    and about.state in ('fulfilled', 'partly-refused') then
    raise exception 'request %: recipients are told first', request.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create function draw_privacy_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'opened' then
    insert into privacy_request_standing (request_id, number, "right", channel, received_at, seq, state)
      select r.id, r.number, r."right", r.channel, r.received_at, new.seq, 'received'
        from privacy_request r where r.id = new.request_id;
    return null;
  end if;
  update privacy_request_standing s set
    seq = new.seq,
    state = case new.kind
      when 'asked' then case new.facts ->> 'about' when 'identity' then 'identity' else 'clarification' end
      when 'answered' then privacy_request_goes_on(new.request_id)
      when 'collected' then 'collecting'
      when 'reviewed' then 'review'
      when 'opinion-given' then 'opinion'
      when 'returned' then 'opinion'
      when 'proposed' then 'proposed'
      when 'approved' then 'approved'
      when 'notified' then 'notified'
      when 'closed' then 'closed'
      when 'withdrawn' then 'withdrawn'
      when 'marked-duplicate' then 'duplicate'
      when 'fulfilled' then privacy_request_outcome(new.request_id, s.proposal)
      when 'reopened' then case s.outcome when 'fulfilled' then 'fulfilled' else privacy_request_goes_on(new.request_id) end
      else s.state end,
    person_id = case new.kind when 'identified' then new.facts ->> 'person' else s.person_id end,
    question = case new.kind when 'asked' then new.seq when 'answered' then null else s.question end,
    proposal = case when new.kind = 'proposed' then new.seq when new.kind = 'returned' then null
      when new.kind = 'reopened' and s.outcome is distinct from 'fulfilled' then null else s.proposal end,
    outcome = case when new.kind = 'fulfilled' then privacy_request_outcome(new.request_id, s.proposal)
      when new.kind = 'reopened' and s.outcome <> 'fulfilled' then null else s.outcome end
    where s.request_id = new.request_id;
  return null;
end $$;

create function privacy_request_goes_on(p_request uuid) returns text
language sql stable set search_path = public, pg_temp as $$
  select case when exists (select from privacy_request_event e where e.request_id = p_request and e.kind = 'collected')
    then 'collecting' else 'received' end $$;

create function privacy_request_outcome(p_request uuid, p_proposal integer) returns text
language sql stable set search_path = public, pg_temp as $$
  select case e.facts ->> 'decision' when 'grant' then 'fulfilled' when 'grant-in-part' then 'partly-refused'
    else 'refused' end from privacy_request_event e where e.request_id = p_request and e.seq = p_proposal $$;

-- A request begins with its opening, and a decision comes with what was signed.
create function check_privacy_request_opened() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from privacy_request_event e where e.request_id = new.id and e.seq = 1 and e.kind = 'opened') then
    raise exception 'a request without its opening' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function check_privacy_request_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  statement privacy_request_statement%rowtype;
begin
  select * into statement from privacy_request_statement s where s.request_id = new.request_id and s.seq = new.seq;
  if not found or (statement.document::jsonb ->> 'request', statement.document::jsonb ->> 'step',
      statement.document::jsonb ->> 'person', statement.document::jsonb ->> 'events')
      is distinct from (new.request_id::text, new.kind, new.actor, new.facts ->> 'events') then
    raise exception 'a decision without what was signed' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function privacy_request_event_is_new(p_request uuid, p_seq integer) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_request_event e where e.request_id = p_request and e.seq = p_seq
    and e.xmin::text = pg_current_xact_id()::xid::text) $$;

create function privacy_request_sealed_so(p_request uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_request r where r.id = p_request
    and r.key_id = encode(substring(p_sealed from 2 for 16), 'hex')) $$;

create function guard_privacy_request_sealed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not privacy_request_event_is_new(new.request_id, new.seq) then
      raise exception 'a text or a file comes whole, with its event' using errcode = 'CS002';
    end if;
    if not privacy_request_sealed_so(new.request_id, new.sealed) then
      raise exception 'it is sealed under the key of its request' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if to_jsonb(new) - 'sealed' - 'erased_at' is distinct from to_jsonb(old) - 'sealed' - 'erased_at'
    or old.erased_at is not null or new.erased_at is null or not is_about_now(new.erased_at) then
    raise exception 'a text or a file is only erased, and now' using errcode = 'CS002';
  end if;
  if not is_in_trail((select r.number from privacy_request r where r.id = new.request_id), 'privacy-request-erased') then
    raise exception 'what is erased stands in the trail first' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_privacy_request_statement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not privacy_request_event_is_new(new.request_id, new.seq) then
    raise exception 'a statement comes with its event' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger numbered before insert on privacy_request for each row execute function number_privacy_request();
create constraint trigger opened after insert on privacy_request deferrable initially deferred
  for each row execute function check_privacy_request_opened();
create trigger guarded before insert on privacy_request_event
  for each row execute function guard_privacy_request_event();
create trigger drawn after insert on privacy_request_event for each row execute function draw_privacy_request();
create constraint trigger signed after insert on privacy_request_event deferrable initially deferred
  for each row when (new.kind in ('proposed', 'approved')) execute function check_privacy_request_signed();
create trigger guarded before insert or update on privacy_request_text
  for each row execute function guard_privacy_request_sealed();
create trigger guarded before insert or update on privacy_request_file
  for each row execute function guard_privacy_request_sealed();
create trigger guarded before insert on privacy_request_statement
  for each row execute function guard_privacy_request_statement();

do $$
declare
  name text;
  one record;
begin
  foreach name in array array['privacy_request', 'privacy_request_event', 'privacy_request_statement',
    'privacy_request_search']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  foreach name in array array['privacy_request_text', 'privacy_request_file', 'privacy_request_standing']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
  end loop;
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and tgrelid in ('privacy_request'::regclass, 'privacy_request_event'::regclass, 'privacy_request_text'::regclass,
      'privacy_request_file'::regclass, 'privacy_request_statement'::regclass, 'privacy_request_search'::regclass,
      'privacy_request_standing'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on privacy_request, privacy_request_event, privacy_request_text, privacy_request_file,
  privacy_request_statement, privacy_request_search, privacy_request_standing, privacy_request_clock
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on sequence privacy_request_number from public;
revoke all on function privacy_request_may(text, text), number_privacy_request(), guard_privacy_request_event(),
  draw_privacy_request(), privacy_request_goes_on(uuid), privacy_request_outcome(uuid, integer),
  check_privacy_request_opened(), check_privacy_request_signed(), privacy_request_event_is_new(uuid, integer),
  privacy_request_sealed_so(uuid, bytea), guard_privacy_request_sealed(), guard_privacy_request_statement() from public;
grant select on privacy_request, privacy_request_event, privacy_request_text, privacy_request_file,
  privacy_request_statement, privacy_request_search, privacy_request_standing, privacy_request_clock to countersign_web;
grant select on privacy_request, privacy_request_event, privacy_request_standing, privacy_request_clock
  to countersign_worker;
grant insert (id, key_id, "right", channel, received_at, opened_at, opened_by, receipt_hash) on privacy_request
  to countersign_web;
grant insert on privacy_request_event, privacy_request_text, privacy_request_file, privacy_request_statement,
  privacy_request_search to countersign_web;
grant insert on privacy_request_event to countersign_worker;
grant update (sealed, erased_at) on privacy_request_text, privacy_request_file to countersign_web;
grant insert, update on privacy_request_clock to countersign_web, countersign_worker;
grant execute on function privacy_request_event_is_new(uuid, integer), privacy_request_sealed_so(uuid, bytea)
  to countersign_web, countersign_worker;
