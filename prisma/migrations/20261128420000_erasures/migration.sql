-- Erasures: what two people decided or a rule of retention put down is carried out by the worker, step by step, with a row
-- that says how far it came. What goes, goes only by such a row; what it leaves behind are ids, counts and digests.

-- CreateTable
CREATE TABLE "person_erasure" (
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "request_id" UUID,
    "proposal" INTEGER,
    "scope" TEXT NOT NULL,
    "fields" TEXT[],
    "plan" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "old_key" TEXT,
    "new_key" TEXT,
    "sweep_table" TEXT,
    "sweep_after" TEXT,
    "gone" JSONB NOT NULL DEFAULT '{}',
    "receipt" JSONB,
    "proof" JSONB,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "swept_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "shredded_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "claimed_by" TEXT,
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "person_erasure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_erasure_witness" (
    "erasure_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "person_erasure_witness_pkey" PRIMARY KEY ("erasure_id","field","version")
);

-- CreateTable
CREATE TABLE "erasure_due" (
    "request_id" UUID NOT NULL,
    "proposal" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "due_on" DATE,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasure_due_pkey" PRIMARY KEY ("request_id","proposal")
);

-- CreateTable
CREATE TABLE "privacy_restore_check" (
    "id" INTEGER NOT NULL,
    "system" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "canary" BYTEA NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "people" INTEGER NOT NULL,
    "erased" INTEGER NOT NULL,

    CONSTRAINT "privacy_restore_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "person_erasure_person_idx" ON "person_erasure"("person_id", "queued_at" DESC);
-- CreateIndex
CREATE INDEX "person_erasure_request_idx" ON "person_erasure"("request_id", "proposal");
-- CreateIndex
CREATE INDEX "person_erasure_state_idx" ON "person_erasure"("state", "queued_at", "id");
-- CreateIndex
CREATE INDEX "erasure_due_state_idx" ON "erasure_due"("state", "due_on");

-- AddForeignKey
ALTER TABLE "person_erasure" ADD CONSTRAINT "person_erasure_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_erasure" ADD CONSTRAINT "person_erasure_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "person_erasure_witness" ADD CONSTRAINT "person_erasure_witness_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "person_erasure"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "erasure_due" ADD CONSTRAINT "erasure_due_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "privacy_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

-- One erasure of a person at a time, however many workers there are, and one for each decision.
create unique index person_erasure_open_once on person_erasure (person_id) where state not in ('proved', 'left');
create unique index person_erasure_of_decision_once on person_erasure (request_id, proposal) where request_id is not null;
alter table person_erasure alter column fields set not null;
alter table person_erasure_witness alter column sealed set storage external;
alter table person_erasure
  add constraint person_erasure_known check (cause in ('request', 'retention', 'restore') and scope in ('whole', 'part')
    and state in ('due', 'swept', 'removed', 'looked', 'shredded', 'proved', 'left')),
  add constraint person_erasure_whole check ((cause = 'request') = (request_id is not null)
    and (request_id is null) = (proposal is null) and (state = 'left') = (reason is not null)
    and (state in ('proved', 'left')) = (ended_at is not null)
    and (state in ('due', 'left') or swept_at is not null)
    and (state in ('due', 'swept', 'left') or removed_at is not null and old_key is not null)
    and (state in ('due', 'swept', 'removed', 'left') or looked_at is not null)
    and (state not in ('shredded', 'proved') or shredded_at is not null and receipt is not null)
    and (state <> 'proved' or proof is not null)
    and (scope = 'part' or new_key is null) and (scope = 'whole' or cardinality(fields) > 0)),
  add constraint person_erasure_bounded check (plan ~ '^[0-9a-f]{64}$' and old_key ~ '^[0-9a-f]{32}$'
    and new_key ~ '^[0-9a-f]{32}$' and length(reason) between 1 and 200 and cardinality(fields) <= 60
    and length(array_to_string(fields, '')) <= 2000 and octet_length(gone::text) <= 2000
    and octet_length(receipt::text) <= 16384 and octet_length(proof::text) <= 16384
    and length(sweep_table) <= 60 and length(sweep_after) <= 64 and length(claimed_by) <= 64);
alter table person_erasure_witness
  add constraint person_erasure_witness_bounded check (octet_length(sealed) between 45 and 16384
    and length(field) <= 40 and version between 1 and 1000);
alter table erasure_due
  add constraint erasure_due_known check (state in ('waiting', 'freed', 'gone'));
alter table privacy_restore_check
  add constraint privacy_restore_check_one check (id = 1 and length(system) between 1 and 60 and generation >= 0
    and octet_length(canary) = 16 and people >= 0 and erased >= 0);

-- ---------------------------------------------------------------- how an erasure goes

create function guard_person_erasure() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  said jsonb;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'due' or new.old_key is not null or new.new_key is not null or not is_about_now(new.queued_at) then
      raise exception 'an erasure begins with what is due, now' using errcode = 'CS002';
    end if;
    if not exists (select from person p where p.id = new.person_id and p.erased_at is null) then
      raise exception 'who was erased is not erased again' using errcode = 'CS002';
    end if;
    if new.cause = 'request' then
      select * into about from privacy_request_standing s where s.request_id = new.request_id;
      select e.facts into said from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal;
      if about.state is distinct from 'approved' or about.person_id is distinct from new.person_id
        or new.proposal is distinct from about.proposal or coalesce(said ->> 'decision', 'refuse') = 'refuse'
        or said ->> 'plan' is distinct from new.plan then
        raise exception 'an erasure follows the decision of its request' using errcode = 'CS002';
      end if;
    elsif new.cause = 'retention' and not exists (select from retention_item i where i.subject = new.person_id
        and i.state in ('due', 'begun')) then
      raise exception 'an erasure follows what a run put down' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.person_id, new.cause, new.request_id, new.proposal, new.scope, new.fields, new.plan, new.queued_at)
      is distinct from
      (old.id, old.person_id, old.cause, old.request_id, old.proposal, old.scope, old.fields, old.plan, old.queued_at) then
    raise exception 'what an erasure is about stays' using errcode = 'CS002';
  end if;
  if old.state in ('proved', 'left') or not (new.state = old.state or case old.state
      when 'due' then new.state in ('swept', 'left')
      when 'swept' then new.state in ('removed', 'left')
      when 'removed' then new.state = 'looked'
      when 'looked' then new.state = 'shredded'
      else new.state = 'proved' end) then
    raise exception 'an erasure goes on step by step, and not back' using errcode = 'CS002';
  end if;
  if old.removed_at is not null and (new.old_key, new.new_key, new.gone) is distinct from
      (old.old_key, old.new_key, old.gone) then
    raise exception 'the keys of an erasure stay' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function guard_person_erasure_witness() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from person_erasure e where e.id = new.erasure_id and e.state = 'swept') then
      raise exception 'what goes is copied while it goes' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if not exists (select from person_erasure e where e.id = old.erasure_id and e.state = 'proved') then
    raise exception 'the copy stays until the erasure is proved' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- The erasure that is under way for somebody, at the step at which values go.
create function erasing_now(p_person text) returns setof person_erasure
language sql volatile set search_path = public, pg_temp as $$
  select * from person_erasure e where e.person_id = p_person and e.state = 'swept' $$;

create or replace function guard_person() returns trigger
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
  if new.key_id is distinct from old.key_id and not exists (select from erasing_now(new.id) e
      where e.old_key = old.key_id and case e.scope when 'whole' then new.key_id is null
        else new.key_id = e.new_key end) then
    raise exception 'a key changes only by an erasure' using errcode = 'CS002';
  end if;
  return new;
end $$;

-- What is deleted is in the trail first, and goes by an erasure that names it.
create or replace function guard_person_deletion() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  what text := case tg_table_name when 'person_value' then to_jsonb(old) ->> 'field' end;
begin
  if not (is_in_trail(old.person_id, 'person-erased') or is_in_trail(old.person_id, 'person-values-erased')) then
    raise exception 'what is known of a person goes only by an erasure in the trail' using errcode = 'CS002';
  end if;
  if not exists (select from erasing_now(old.person_id) e where e.scope = 'whole' or what is null
      or what = any (e.fields)) then
    raise exception 'what is known of a person goes only by an erasure that names it' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- What stays when the rest goes is sealed anew, under the key that the person has from then on.
create function guard_person_value_sealed_anew() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'sealed' is distinct from to_jsonb(old) - 'sealed'
    or not exists (select from erasing_now(new.person_id) e join person p on p.id = e.person_id
      where e.scope = 'part' and not new.field = any (e.fields) and p.key_id = e.new_key
        and encode(substring(old.sealed from 2 for 16), 'hex') = e.old_key
        and encode(substring(new.sealed from 2 for 16), 'hex') = e.new_key) then
    raise exception 'a value is sealed anew only when others of its person go' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert or update on person_erasure for each row execute function guard_person_erasure();
create trigger never_removed before delete or truncate on person_erasure
  for each statement execute function refuse_change();
create trigger guarded before insert or delete on person_erasure_witness
  for each row execute function guard_person_erasure_witness();
create trigger never_changed before update or truncate on person_erasure_witness
  for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on erasure_due for each statement execute function refuse_change();
drop trigger never_changed on person_value;
create trigger never_changed before truncate on person_value for each statement execute function refuse_change();
create trigger sealed_anew before update on person_value for each row execute function guard_person_value_sealed_anew();

-- ---------------------------------------------------------------- the request that asked for it

-- The same table as lib/privacy/requests/life.ts.
create or replace function privacy_request_may(state text, kind text) returns boolean language sql immutable as $$
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
    when kind in ('erased', 'put-back') then state = 'approved'
    when kind = 'freed' then state in ('partly-refused', 'refused', 'notified', 'closed')
    else kind in ('noted', 'file-added', 'files-left-out')
  end $$;

create or replace function guard_privacy_request_event() returns trigger
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
  -- A form brings its opening alone, the system its warnings and what became of an erasure; people do the rest.
  if new.kind in ('erased', 'put-back', 'freed') and new.actor <> 'system' then
    raise exception 'request %: % is for the worker', request.number, new.kind using errcode = 'CS002';
  end if;
  if person_roles is null and not (new.actor = 'public' and new.kind = 'opened' and request.channel = 'form'
      or new.actor = 'system' and new.kind in ('warned', 'erased', 'put-back', 'freed')) then
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

create or replace function draw_privacy_request() returns trigger
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
      when 'put-back' then 'opinion'
      when 'proposed' then 'proposed'
      when 'approved' then 'approved'
      when 'notified' then 'notified'
      when 'closed' then 'closed'
      when 'withdrawn' then 'withdrawn'
      when 'marked-duplicate' then 'duplicate'
      when 'fulfilled' then privacy_request_outcome(new.request_id, s.proposal)
      when 'freed' then privacy_request_goes_on(new.request_id)
      when 'reopened' then case s.outcome when 'fulfilled' then 'fulfilled' else privacy_request_goes_on(new.request_id) end
      else s.state end,
    person_id = case new.kind when 'identified' then new.facts ->> 'person' else s.person_id end,
    question = case new.kind when 'asked' then new.seq when 'answered' then null else s.question end,
    proposal = case when new.kind = 'proposed' then new.seq when new.kind in ('returned', 'put-back', 'freed') then null
      when new.kind = 'reopened' and s.outcome is distinct from 'fulfilled' then null else s.proposal end,
    outcome = case when new.kind = 'fulfilled' then privacy_request_outcome(new.request_id, s.proposal)
      when new.kind = 'freed' or new.kind = 'reopened' and s.outcome <> 'fulfilled' then null else s.outcome end
    where s.request_id = new.request_id;
  return null;
end $$;

-- A decision to erase names what goes, and it is answered when that is gone and proved.
create function guard_erasure_decision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about privacy_request_standing%rowtype;
  said jsonb;
begin
  select * into about from privacy_request_standing s where s.request_id = new.request_id;
  if new.kind = 'proposed' and about."right" = 'erasure' and new.facts ->> 'decision' <> 'refuse'
    and new.facts ->> 'plan' is null then
    raise exception 'request %: a decision to erase names its plan', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'fulfilled' and about."right" in ('erasure', 'withdraw-consent', 'objection') then
    select e.facts into said from privacy_request_event e where e.request_id = new.request_id and e.seq = about.proposal;
    -- The plan of a rectification is carried out by its approval.
    if about."right" <> 'rectification' and said ->> 'decision' <> 'refuse' and said ->> 'plan' is not null
      and not exists (select from privacy_request_event e
        where e.request_id = new.request_id and e.kind = 'erased' and e.seq > about.proposal) then
      raise exception 'request %: it is answered when the erasure is proved', about.number using errcode = 'CS002';
    end if;
  end if;
  if new.kind = 'erased' and not exists (select from person_erasure e where e.request_id = new.request_id
      and e.proposal = about.proposal and e.state = 'proved') then
    raise exception 'request %: the erasure is not proved', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'put-back' and not exists (select from person_erasure e where e.request_id = new.request_id
      and e.proposal = about.proposal and e.state = 'left') then
    raise exception 'request %: nothing of its erasure was left', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'freed' and not exists (select from erasure_due d where d.request_id = new.request_id
      and d.proposal = about.proposal and d.state = 'freed') then
    raise exception 'request %: something still stands against it', about.number using errcode = 'CS002';
  end if;
  -- An erasure that began is carried to its end.
  if new.kind = 'withdrawn' and exists (select from person_erasure e where e.request_id = new.request_id
      and e.state in ('swept', 'removed', 'looked', 'shredded')) then
    raise exception 'request %: its erasure is under way', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_erasure before insert on privacy_request_event
  for each row when (new.kind in ('proposed', 'fulfilled', 'erased', 'put-back', 'freed', 'withdrawn'))
  execute function guard_erasure_decision();

do $$
declare
  one record;
begin
  for one in select tgname, tgrelid::regclass as of from pg_trigger where not tgisinternal
    and tgrelid in ('person_erasure'::regclass, 'person_erasure_witness'::regclass, 'erasure_due'::regclass,
      'person_value'::regclass, 'privacy_request_event'::regclass)
  loop
    execute format('alter table %s enable always trigger %I', one.of, one.tgname);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on person_erasure, person_erasure_witness, erasure_due, privacy_restore_check
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_person_erasure(), guard_person_erasure_witness(), erasing_now(text),
  guard_person_value_sealed_anew(), guard_erasure_decision() from public;
grant select on person_erasure, erasure_due, privacy_restore_check to countersign_web, countersign_worker;
grant select, insert, delete on person_erasure_witness to countersign_worker;
grant insert, update on person_erasure, erasure_due, privacy_restore_check to countersign_worker;
grant update (sealed) on person_value to countersign_worker;
grant execute on function erasing_now(text) to countersign_web, countersign_worker;
