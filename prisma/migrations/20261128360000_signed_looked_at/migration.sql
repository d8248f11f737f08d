-- The worker verifies every key press on reports to the authority, packs of the board, evidence of its duties and
-- decisions in the registers of clients, and looks at incidents that were dropped. What it looked at, when, and what
-- it said does not hold stands here, so that nothing is said twice and everything is looked at again once a day.

-- CreateTable
CREATE TABLE "worker_check" (
    "subject" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "seen" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "faults" TEXT[],
    "incident" TEXT,

    CONSTRAINT "worker_check_pkey" PRIMARY KEY ("subject","id")
);

alter table worker_check alter column faults set not null;
alter table worker_check add constraint worker_check_whole check (
  subject in ('report', 'pack', 'evidence', 'decision', 'drop') and seen >= 0
  and (faults = '{}') = (incident is null) and coalesce(array_length(faults, 1), 0) <= 1000
  and length(array_to_string(faults, '')) <= 300000
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));

-- What was said stays said.
create function guard_worker_check() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.subject, new.id) is distinct from (old.subject, old.id) or not new.faults @> old.faults
    or new.seen < old.seen or new.checked_at < old.checked_at then
    raise exception 'what a look found stays' using errcode = 'CS002';
  end if;
  return new;
end $$;
revoke all on function guard_worker_check() from public;
create trigger guarded before update on worker_check for each row execute function guard_worker_check();
alter table worker_check enable always trigger guarded;

revoke all on worker_check from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
grant select on worker_check to countersign_web, countersign_worker;
grant insert, update on worker_check to countersign_worker;

-- What it reads for that.
grant select on incident_submission, board_pack, board_signature, board_approval, board_evidence, register_case,
  register_step, register_statement to countersign_worker;
-- Not what people wrote: its commitment stands for it.
grant select (case_id, seq, kind, version, commitment, written_at) on register_text to countersign_worker;

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed', 'correction-unproved',
    'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped'));

create or replace function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed',
    'correction-unproved', 'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped'] $$;

-- A step of a report is written when it is taken: dated back between its neighbours, a report would be released in
-- time that was not, or with a key before it was ended. Ten minutes are for clocks that differ.
create function is_not_long_ago(at timestamptz) returns boolean language sql volatile as $$
  select coalesce(at >= clock_timestamp() - interval '10 minutes', false) $$;
revoke all on function is_not_long_ago(timestamptz) from public;
grant execute on function is_not_long_ago(timestamptz) to countersign_web, countersign_worker;

create function guard_report_step_time() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_not_long_ago(new.at) then
    raise exception 'a step of a report is dated when it is written' using errcode = 'CS002';
  end if;
  return new;
end $$;
revoke all on function guard_report_step_time() from public;
create trigger dated before insert on incident_report_step for each row execute function guard_report_step_time();
alter table incident_report_step enable always trigger dated;
