-- The signatures by which people close breaks are verified, each once, by the worker: the database compares texts, and
-- a text can be made up. Whoever counts what is missing takes a break for closed once its closing is proved.

-- CreateTable
CREATE TABLE "break_closing_check" (
    "event_id" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "fault" TEXT,
    "incident" TEXT,

    CONSTRAINT "break_closing_check_pkey" PRIMARY KEY ("event_id")
);

-- AddForeignKey
ALTER TABLE "break_closing_check" ADD CONSTRAINT "break_closing_check_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "break_event"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table break_closing_check add constraint break_closing_check_whole check (
  (fault is null) = (incident is null) and (fault is null or fault ~ '^[a-z-]{1,40}$')
  and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));

create trigger append_only before update or delete or truncate on break_closing_check
  for each statement execute function refuse_change();
alter table break_closing_check enable always trigger append_only;

-- Only what was accepted can have been looked at, so that nothing is called verified before it is signed.
create function guard_break_closing_check() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from break_event e where e.id = new.event_id and e.what = 'accepted') then
    raise exception 'a closing is verified once it is accepted' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on break_closing_check
  for each row execute function guard_break_closing_check();

-- When a step was written, by the database's clock: whoever writes it says when they mean to have taken it, and would
-- date it back, before a key was ended. Null for what was written before there was this column.
alter table break_event add column written_at timestamptz(3);
alter table break_event alter column written_at set default clock_timestamp();

-- Whether the signatures of a break's newest closing were verified and hold. It reads with the rights of who asks.
create function break_closing_proved(p_break uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from break_closing_check c where c.fault is null and c.event_id = (
    select e.id from break_event e where e.break_id = p_break and e.what = 'accepted'
      order by e.revision desc limit 1)) $$;

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed', 'correction-unproved',
    'break-over-limit', 'break-closing-unproved'));

-- ---------------------------------------------------------------- who may

revoke all on break_closing_check from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_break_closing_check(), break_closing_proved(uuid) from public;
grant select on break_closing_check to countersign_web, countersign_worker;
grant insert on break_closing_check to countersign_worker;
grant execute on function break_closing_proved(uuid) to countersign_web, countersign_worker, countersign_books;
grant select (id, closed_by) on break_record to countersign_books;
grant select (id, break_id, revision, what) on break_event to countersign_books;
grant select (event_id, fault) on break_closing_check to countersign_books;
