-- Drills that ran: a restore of the live database beside it, a lost signer, a lost console. Each is one row with its
-- evidence, written when it has ended, by the owner of the database and by nobody else: the console can't say of itself
-- that it was drilled.

create table drill_run (
  id uuid primary key,
  kind text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  outcome text not null,
  reason text,
  rto_ms bigint,
  rpo_ms bigint,
  evidence text not null,
  digest text not null
);

create index drill_run_ended_idx on drill_run (ended_at desc, id desc);
create index drill_run_kind_idx on drill_run (kind, ended_at desc, id desc);

-- The same kinds as lib/resilience/drills/kinds.ts.
alter table drill_run
  add constraint drill_run_bounded check (
    kind in ('restore', 'signer-loss', 'console-loss') and outcome in ('passed', 'failed')
    and started_at <= ended_at and rto_ms >= 0 and rpo_ms >= 0 and octet_length(evidence) <= 262144),
  add constraint drill_run_reason check (
    (outcome = 'failed') = (reason is not null) and length(reason) between 1 and 1000),
  add constraint drill_run_evidence_named check (digest = encode(sha256(convert_to(evidence, 'UTF8')), 'hex')),
  add constraint drill_run_evidence_agrees check (
    coalesce((evidence::jsonb ->> 'drill', evidence::jsonb ->> 'kind', evidence::jsonb ->> 'outcome')
      = (id::text, kind, outcome), false));

-- A drill is recorded when it ends: nobody fills a gap in the calendar afterwards.
create function guard_drill_run() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_about_now(new.ended_at) then
    raise exception 'a drill is recorded when it ends' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on drill_run for each row execute function guard_drill_run();
alter table drill_run enable always trigger guarded;

create function check_drill_audited() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from audit_entry a where a.subject = new.id::text and a.kind = 'drill-run') then
    raise exception 'a drill without its audit entry' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger audited after insert on drill_run deferrable initially deferred
  for each row execute function check_drill_audited();
alter table drill_run enable always trigger audited;

create trigger append_only before update or delete or truncate on drill_run
  for each statement execute function refuse_change();
alter table drill_run enable always trigger append_only;

revoke all on drill_run from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_drill_run(), check_drill_audited() from public;
grant select on drill_run to countersign_web, countersign_worker;
