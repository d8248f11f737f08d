-- What people signed about a break: who proposes to close it and who accepts that press a key over the
-- exact difference. A database taken over can fake the step, but not the statement.

-- CreateTable
CREATE TABLE "break_statement" (
    "event_id" BIGINT NOT NULL,
    "document" TEXT NOT NULL,
    "assertion" JSONB NOT NULL,
    "credential_id" TEXT NOT NULL,

    CONSTRAINT "break_statement_pkey" PRIMARY KEY ("event_id")
);

-- AddForeignKey
ALTER TABLE "break_statement" ADD CONSTRAINT "break_statement_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "break_event"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table break_statement add constraint break_statement_bounded check (
  octet_length(document) between 2 and 16384 and octet_length(assertion::text) <= 65536 and length(credential_id) <= 1400);

create trigger append_only before update or delete or truncate on break_statement
  for each statement execute function refuse_change();
alter table break_statement enable always trigger append_only;

-- At commit: what closes a break was signed by who did it, about this break and this step.
create function check_break_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from break_statement s where s.event_id = new.id and coalesce(
    s.document::jsonb ->> 'break' = new.break_id::text
    and s.document::jsonb ->> 'person' = new.actor
    and s.document::jsonb ->> 'decision' = case new.what when 'proposed' then 'propose' else 'accept' end
    and (s.document::jsonb ->> 'revision')::int + 1 = new.revision, false)) then
    raise exception 'a step that closes a break is signed' using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger signed after insert on break_event
  deferrable initially deferred for each row when (new.what in ('proposed', 'accepted'))
  execute function check_break_signed();
alter table break_event enable always trigger signed;

revoke all on break_statement from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function check_break_signed() from public;
grant select on break_statement to countersign_web, countersign_worker;
grant insert on break_statement to countersign_web;
