-- That the register of information was submitted (DORA Art 28(3)): an act of its own, which no download of the file
-- stands for. Each is kept; a wrong one is followed by a right one.

create table register_submission (
  id uuid primary key,
  submitted_on date not null,
  reference_date date not null,
  reference text not null,
  recorded_by text not null,
  recorded_at timestamptz(3) not null
);

create index register_submission_newest_idx on register_submission (submitted_on desc, recorded_at desc, id);

alter table register_submission
  add constraint register_submission_bounded check (
    length(reference) between 1 and 200 and reference_date >= '2025-01-01' and submitted_on >= '2025-01-01'
    and reference_date <= submitted_on);

create function guard_register_submission() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_who_writes(new.recorded_by) or new.recorded_by = 'system' or not is_about_now(new.recorded_at)
    or new.submitted_on > (new.recorded_at at time zone 'UTC')::date then
    raise exception 'a submission is recorded now, by somebody, after it was made' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on register_submission
  for each row execute function guard_register_submission();
alter table register_submission enable always trigger guarded;

-- Nothing of it without its entry in the audit trail, which is by the same person.
create function check_register_submission_audited() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
    select from audit_entry a where a.subject = new.id::text and a.kind = 'register-of-information-submitted'
      and a.actor = new.recorded_by and a.at = new.recorded_at) then
    raise exception 'a submission without its audit entry' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger audited after insert on register_submission deferrable initially deferred
  for each row execute function check_register_submission_audited();
alter table register_submission enable always trigger audited;

create trigger append_only before update or delete or truncate on register_submission
  for each statement execute function refuse_change();
alter table register_submission enable always trigger append_only;

revoke all on register_submission from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function guard_register_submission(), check_register_submission_audited() from public;
grant select, insert on register_submission to countersign_web;
