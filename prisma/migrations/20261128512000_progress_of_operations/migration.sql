-- What the worker says of an operation that is under way: why it waits, and how far the parties are with a key. It is
-- the console's own report for people to read. No party asks for it, and nothing is decided by it.

CREATE TABLE "operation_progress" (
    "operation_id" UUID NOT NULL,
    "wait" JSONB,
    "key_work" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_progress_pkey" PRIMARY KEY ("operation_id")
);

ALTER TABLE "operation_progress" ADD CONSTRAINT "operation_progress_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table operation_progress
  add constraint operation_progress_wait_bounded check (octet_length(wait::text) <= 4000),
  add constraint operation_progress_key_work_bounded check (octet_length(key_work::text) <= 40000);

-- A report stays with the operation it is about.
create function guard_operation_progress() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.operation_id <> old.operation_id then
    raise exception 'a report of progress stays with its operation' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on operation_progress
  for each row execute function guard_operation_progress();

grant select on operation_progress to countersign_web, countersign_worker;
grant insert, update on operation_progress to countersign_worker;
