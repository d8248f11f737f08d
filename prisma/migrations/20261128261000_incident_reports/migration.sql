-- Reports to the authority: drafts in versions, and the steps by which two people bring one to the authority, each
-- signed with a key. What was sent stays as it was sent.

create table incident_report (
  id uuid primary key,
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  stage text not null,
  opened_by text not null references operator (id) on delete restrict on update restrict,
  opened_at timestamptz(3) not null
);

-- The values of a draft name people whom the authority calls: they can be erased, the commitment stays.
create table incident_report_draft (
  report_id uuid not null references incident_report (id) on delete restrict on update restrict,
  version integer not null,
  text text,
  salt bytea,
  commitment text not null,
  written_by text not null references operator (id) on delete restrict on update restrict,
  written_at timestamptz(3) not null,
  erased_at timestamptz(3),
  primary key (report_id, version)
);

create table incident_report_step (
  report_id uuid not null references incident_report (id) on delete restrict on update restrict,
  seq integer not null,
  step text not null,
  actor text not null references operator (id) on delete restrict on update restrict,
  at timestamptz(3) not null,
  facts jsonb not null,
  statement text,
  assertion jsonb,
  credential_id text,
  primary key (report_id, seq)
);

-- The document as it was released: what the authority was sent, word for word.
create table incident_submission (
  report_id uuid primary key references incident_report (id) on delete restrict on update restrict,
  seq integer not null,
  text text,
  salt bytea,
  commitment text not null,
  digest text not null,
  released_at timestamptz(3) not null,
  erased_at timestamptz(3),
  unique (report_id, seq),
  foreign key (report_id, seq) references incident_report_step (report_id, seq) on delete restrict on update restrict
);

create index incident_report_incident_idx on incident_report (incident_id, opened_at);

create function report_step_may(was text, becomes text) returns boolean language sql immutable as $$
  select case becomes
    when 'raised' then was in ('draft', 'declined', 'withdrawn')
    when 'declined' then was = 'raised'
    when 'withdrawn' then was = 'raised'
    when 'released' then was = 'raised'
    when 'sent' then was = 'released'
    when 'receipt' then was in ('sent', 'receipt', 'reviewed')
    when 'reviewed' then was in ('released', 'sent', 'receipt')
    else false
  end $$;

alter table incident_report
  add constraint incident_report_stage_known check (stage in ('initial', 'intermediate', 'final', 'reclassified'));
alter table incident_report_draft
  add constraint incident_report_draft_bounded check (version between 1 and 500 and octet_length(text) <= 1048576),
  add constraint incident_report_draft_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint incident_report_draft_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint incident_report_draft_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));
alter table incident_report_step
  add constraint incident_report_step_known check (
    step in ('raised', 'declined', 'withdrawn', 'released', 'sent', 'receipt', 'reviewed')),
  add constraint incident_report_step_bounded check (
    seq between 1 and 200 and octet_length(facts::text) <= 16384 and octet_length(statement) <= 65536
    and octet_length(assertion::text) <= 65536 and length(credential_id) <= 1400),
  -- What two people stand behind is signed with their keys.
  add constraint incident_report_step_signed check (
    step not in ('raised', 'released', 'reviewed')
    or (statement is not null and assertion is not null and credential_id is not null));
alter table incident_submission
  add constraint incident_submission_bounded check (octet_length(text) <= 2097152),
  add constraint incident_submission_committed check (commitment ~ '^[0-9a-f]{64}$' and digest ~ '^[0-9a-f]{64}$'),
  add constraint incident_submission_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint incident_submission_true check (text is null or (
    commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex')
    and digest = encode(sha256(convert_to(text, 'UTF8')), 'hex')));

create function guard_report_draft() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
    if new.erased_at is not null or new.version <> (select coalesce(max(d.version), 0) + 1 from incident_report_draft d
        where d.report_id = new.report_id) then
      raise exception 'versions of a draft follow one another' using errcode = 'CS002';
    end if;
    if coalesce((select s.step from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1),
        'draft') not in ('draft', 'declined', 'withdrawn') then
      raise exception 'a report that was raised is not written on' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.report_id, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.report_id, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a draft is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on incident_report_draft
  for each row execute function guard_report_draft();
alter table incident_report_draft enable always trigger guarded;

create function guard_report_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  before incident_report_step%rowtype;
  raised incident_report_step%rowtype;
  stage text;
begin
  perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
  select r.stage into stage from incident_report r where r.id = new.report_id;
  select * into before from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1;
  select * into raised from incident_report_step s where s.report_id = new.report_id and s.step = 'raised'
    order by s.seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1 or new.at < before.at then
    raise exception 'steps of a report follow one another' using errcode = 'CS002';
  end if;
  if not report_step_may(coalesce(before.step, 'draft'), new.step) then
    raise exception 'a report that is % is not %', coalesce(before.step, 'draft'), new.step using errcode = 'CS002';
  end if;
  -- Two people, but for an initial notification whose clock is nearly out; that one is reviewed after.
  if new.step = 'released' and new.actor = raised.actor
    and not (stage = 'initial' and coalesce((new.facts ->> 'alone')::boolean, false)
      and not coalesce((raised.facts ->> 'override')::boolean, false)) then
    raise exception 'another person releases a report' using errcode = 'CS002';
  end if;
  if new.step = 'declined' and new.actor = raised.actor then
    raise exception 'another person declines a report' using errcode = 'CS002';
  end if;
  if new.step = 'withdrawn' and new.actor <> raised.actor then
    raise exception 'who raised a report withdraws it' using errcode = 'CS002';
  end if;
  if new.step = 'reviewed' and (new.actor = raised.actor or not exists (select from incident_report_step s
      where s.report_id = new.report_id and s.step = 'released' and (s.facts ->> 'alone')::boolean)) then
    raise exception 'another person reviews what went out with one' using errcode = 'CS002';
  end if;
  -- What is released is what was raised.
  if new.step = 'released' and (new.facts ->> 'digest') is distinct from (raised.facts ->> 'digest') then
    raise exception 'what is released is what was raised' using errcode = 'CS002';
  end if;
  if new.step = 'sent' and not coalesce((new.facts ->> 'sentAt')::timestamptz between before.at and new.at, false) then
    raise exception 'a report is sent after it was released' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on incident_report_step for each row execute function guard_report_step();
alter table incident_report_step enable always trigger guarded;

create function guard_submission() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not exists (select from incident_report_step s where s.report_id = new.report_id
        and s.seq = new.seq and s.step = 'released' and s.facts ->> 'digest' = new.digest) then
      raise exception 'a submission is what was released' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.report_id, new.seq, new.commitment, new.digest, new.released_at)
      is distinct from (old.report_id, old.seq, old.commitment, old.digest, old.released_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a submission is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on incident_submission
  for each row execute function guard_submission();
alter table incident_submission enable always trigger guarded;

-- What is released is kept in the same transaction.
create function check_report_released() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from incident_submission s where s.report_id = new.report_id and s.seq = new.seq) then
    raise exception 'a release without its document' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger released after insert on incident_report_step deferrable initially deferred
  for each row when (new.step = 'released') execute function check_report_released();
alter table incident_report_step enable always trigger released;

do $$
declare
  name text;
begin
  foreach name in array array['incident_report', 'incident_report_step']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['incident_report_draft', 'incident_submission']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

revoke all on incident_report, incident_report_draft, incident_report_step, incident_submission
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function report_step_may(text, text), guard_report_draft(), guard_report_step(), guard_submission(),
  check_report_released() from public;
grant select, insert on incident_report, incident_report_draft, incident_report_step, incident_submission
  to countersign_web;
grant select on incident_report, incident_report_step to countersign_worker;
grant update (text, salt, erased_at) on incident_report_draft, incident_submission to countersign_web;
grant execute on function report_step_may(text, text) to countersign_web;
