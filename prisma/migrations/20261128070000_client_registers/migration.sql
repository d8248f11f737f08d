-- The client registers (MiCA Art 71 and 75): cases that are opened once, steps that are written once,
-- and texts that can be corrected by a newer version and erased, with a commitment that stays.

-- CreateTable
CREATE TABLE "register_case" (
    "id" UUID NOT NULL,
    "register" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "client_id" TEXT,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "register_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_step" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "register_step_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "register_text" (
    "case_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT,
    "salt" BYTEA,
    "commitment" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "register_text_pkey" PRIMARY KEY ("case_id","seq","kind","version")
);

-- CreateTable
CREATE TABLE "custody_policy" (
    "version" INTEGER NOT NULL,
    "adopted_on" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "custody_policy_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "address_class" (
    "chain" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "owner_class" TEXT NOT NULL,
    "client_id" TEXT,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_class_pkey" PRIMARY KEY ("chain","address")
);

-- CreateTable
CREATE TABLE "rights_entitlement" (
    "case_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "position" DECIMAL(78,0) NOT NULL,
    "amount" DECIMAL(78,0) NOT NULL,
    "goes_to" TEXT NOT NULL,

    CONSTRAINT "rights_entitlement_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "register_case_number_key" ON "register_case"("number");

-- CreateIndex
CREATE INDEX "register_case_register_opened_at_id_idx" ON "register_case"("register", "opened_at" DESC, "id");

-- CreateIndex
CREATE INDEX "register_case_client_id_register_idx" ON "register_case"("client_id", "register");

-- AddForeignKey
ALTER TABLE "register_case" ADD CONSTRAINT "register_case_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_case" ADD CONSTRAINT "register_case_opened_by_fkey" FOREIGN KEY ("opened_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_step" ADD CONSTRAINT "register_step_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "register_case"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_step" ADD CONSTRAINT "register_step_actor_fkey" FOREIGN KEY ("actor") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_text" ADD CONSTRAINT "register_text_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "register_case"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "register_text" ADD CONSTRAINT "register_text_written_by_fkey" FOREIGN KEY ("written_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "custody_policy" ADD CONSTRAINT "custody_policy_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "address_class" ADD CONSTRAINT "address_class_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "address_class" ADD CONSTRAINT "address_class_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rights_entitlement" ADD CONSTRAINT "rights_entitlement_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "register_case"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rights_entitlement" ADD CONSTRAINT "rights_entitlement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- numbers

create sequence register_number_ag;
create sequence register_number_co;
create sequence register_number_pr;
create sequence register_number_re;
create sequence register_number_rt;
create sequence register_number_lc;
create sequence register_number_sc;

create function register_prefix(register text) returns text language sql immutable as $$
  select case register
    when 'agreement' then 'AG'
    when 'complaint' then 'CO'
    when 'policy-request' then 'PR'
    when 'rights-event' then 'RE'
    when 'return' then 'RT'
    when 'loss' then 'LC'
    when 'sub-custodian' then 'SC'
  end $$;

-- ---------------------------------------------------------------- shapes and bounds

alter table register_case
  add constraint register_case_number_shape check (
    coalesce(number ~ ('^' || register_prefix(register) || '-\d{4}-\d{6,}$'), false)),
  add constraint register_case_of_a_client check (
    register not in ('agreement', 'return') or client_id is not null),
  add constraint register_case_bounded check (
    jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 4096);
alter table register_step
  add constraint register_step_bounded check (
    seq between 1 and 200 and length(step) between 1 and 40
    and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 4096);
alter table register_text
  add constraint register_text_bounded check (
    seq between 0 and 200 and version between 1 and 200 and kind ~ '^[a-z-]{1,40}$' and length(text) <= 8000),
  add constraint register_text_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint register_text_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  -- What stays of an erased text was made of it.
  add constraint register_text_commitment_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));
alter table custody_policy
  add constraint custody_policy_bounded check (
    version >= 1 and length(text) between 1 and 200000 and length(summary) between 1 and 20000),
  add constraint custody_policy_digest_true check (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
alter table address_class
  add constraint address_class_known check (owner_class in ('client-omnibus', 'client-segregated', 'own')),
  add constraint address_class_names_client check ((owner_class = 'client-segregated') = (client_id is not null)),
  add constraint address_class_bounded check (length(chain) <= 60 and length(address) between 1 and 128);
alter table rights_entitlement
  add constraint rights_entitlement_figures check (position >= 0 and amount >= 0),
  add constraint rights_entitlement_goes_to_known check (goes_to in ('client', 'custodian'));

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/clients/register/registers.ts.
create function register_step_may_follow(register text, was text, becomes text) returns boolean
language sql immutable as $$
  select coalesce(case register || ' ' || becomes
    when 'agreement ended' then was = 'opened'
    when 'complaint acknowledged' then was = 'opened'
    when 'complaint delayed' then was in ('acknowledged', 'delayed')
    when 'complaint decided' then was in ('acknowledged', 'delayed')
    when 'policy-request sent' then was = 'opened'
    when 'rights-event determined' then was = 'opened'
    when 'return returned' then was = 'opened'
    when 'return withdrawn' then was = 'opened'
    when 'loss proposed' then was in ('opened', 'declined')
    when 'loss declined' then was = 'proposed'
    when 'loss accepted' then was = 'proposed'
    when 'sub-custodian informed' then was in ('opened', 'informed', 'checked')
    when 'sub-custodian checked' then was in ('opened', 'informed', 'checked')
    when 'sub-custodian ended' then was in ('opened', 'informed', 'checked')
  end, false) $$;

create function guard_register_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  about register_case%rowtype;
  before register_step%rowtype;
begin
  select * into about from register_case c where c.id = new.case_id;
  select * into before from register_step s where s.case_id = new.case_id order by s.seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1 then
    raise exception 'case %: steps follow one another', about.number using errcode = 'CS002';
  end if;
  if not register_step_may_follow(about.register, coalesce(before.step, 'opened'), new.step) then
    raise exception 'case %: % is no next step', about.number, new.step using errcode = 'CS002';
  end if;
  -- Two people, whatever a program does.
  if (about.register = 'complaint' and new.step = 'decided' and new.actor = about.opened_by)
    or (about.register = 'rights-event' and new.step = 'determined' and new.actor = about.opened_by)
    or (about.register = 'loss' and new.step in ('accepted', 'declined') and new.actor = before.actor) then
    raise exception 'case %: % is for another person', about.number, new.step using errcode = 'CS002';
  end if;
  -- What is accepted is what was proposed, and never more than the value at the time.
  if about.register = 'loss' and new.step = 'accepted' and new.facts is distinct from before.facts then
    raise exception 'case %: accepts what was proposed', about.number using errcode = 'CS002';
  end if;
  if about.register = 'loss' and new.step = 'proposed' and not coalesce(
      (new.facts ->> 'liabilityCents')::numeric between 0 and (about.facts ->> 'valueCents')::numeric
      and new.facts ->> 'verdict' in ('attributable', 'outside-control')
      and (new.facts ->> 'verdict' = 'attributable' or (new.facts ->> 'liabilityCents')::numeric = 0), false) then
    raise exception 'case %: liability is capped by the value at the time', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on register_step for each row execute function guard_register_step();
alter table register_step enable always trigger guarded;

-- A text is erased once and whole; nothing else about it changes. A newer version corrects it.
create function guard_register_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null
      or new.version <> (select coalesce(max(t.version), 0) + 1 from register_text t
        where t.case_id = new.case_id and t.seq = new.seq and t.kind = new.kind) then
      raise exception 'a text starts whole, and versions follow one another' using errcode = 'CS002';
    end if;
    if new.seq > 0 and not exists (select from register_step s where s.case_id = new.case_id and s.seq = new.seq) then
      raise exception 'a text belongs to a step' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.case_id, new.seq, new.kind, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.case_id, old.seq, old.kind, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a text is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on register_text for each row execute function guard_register_text();
alter table register_text enable always trigger guarded;

create function guard_custody_policy() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.version <> (select coalesce(max(p.version), 0) + 1 from custody_policy p) then
    raise exception 'versions of the custody policy follow one another' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on custody_policy for each row execute function guard_custody_policy();

-- What is the console's own record of an address is not registered otherwise.
create function guard_address_class() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.owner_class = 'own' and exists (select from vault v where v.chain = new.chain and v.address = new.address))
    or (new.owner_class <> 'own' and (
      exists (select from nonce_account n where n.address = new.address)
      or exists (select from own_cursor o where o.chain = new.chain and o.address = new.address))) then
    raise exception 'address %: it has another owner class', new.address using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on address_class for each row execute function guard_address_class();

-- Shares come with the step that determines them, and sum to what came in.
create function check_entitlements() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  shared numeric;
  received numeric;
begin
  select coalesce(sum(e.amount), 0) into shared from rights_entitlement e where e.case_id = new.case_id;
  select (c.facts ->> 'receivedUnits')::numeric into received from register_case c where c.id = new.case_id;
  if shared is distinct from received then
    raise exception 'shares of an event sum to what came in' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger shared_whole after insert on register_step
  deferrable initially deferred for each row when (new.step = 'determined') execute function check_entitlements();
alter table register_step enable always trigger shared_whole;

create function check_entitlement_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from register_step s where s.case_id = new.case_id and s.step = 'determined') then
    raise exception 'a share without its step' using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger determined after insert on rights_entitlement
  deferrable initially deferred for each row execute function check_entitlement_step();
alter table rights_entitlement enable always trigger determined;

create function guard_entitlement() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from register_step s where s.case_id = new.case_id and s.step = 'determined') then
    raise exception 'the shares of this event are determined' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on rights_entitlement for each row execute function guard_entitlement();

do $$
declare
  name text;
begin
  foreach name in array array['register_case', 'register_step', 'custody_policy', 'address_class', 'rights_entitlement']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  create trigger never_removed before delete or truncate on register_text
    for each statement execute function refuse_change();
  alter table register_text enable always trigger never_removed;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on register_case, register_step, register_text, custody_policy, address_class, rights_entitlement
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function register_prefix(text), register_step_may_follow(text, text, text), guard_register_step(),
  guard_register_text(), guard_custody_policy(), guard_address_class(), check_entitlements(), check_entitlement_step(),
  guard_entitlement() from public;

-- People keep these registers; the worker has no part in them.
grant select, insert on register_case, register_step, register_text, custody_policy, address_class, rights_entitlement
  to countersign_web;
grant update (text, salt, erased_at) on register_text to countersign_web;
grant execute on function register_prefix(text), register_step_may_follow(text, text, text) to countersign_web;
grant usage on sequence register_number_ag, register_number_co, register_number_pr, register_number_re,
  register_number_rt, register_number_lc, register_number_sc to countersign_web;
grant select on own_cursor to countersign_web;
