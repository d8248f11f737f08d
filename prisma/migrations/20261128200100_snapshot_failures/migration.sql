-- Books that no snapshot can be made of end the request, so that the next one is not kept waiting by it.
CREATE TABLE "snapshot_failure" (
    "snapshot_id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "snapshot_failure_pkey" PRIMARY KEY ("snapshot_id")
);
ALTER TABLE "snapshot_failure" ADD CONSTRAINT "snapshot_failure_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot_request"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table snapshot_failure add constraint snapshot_failure_cause_known check (cause in ('balances', 'document'));

-- A request ends once: in a snapshot or in a failure.
create function guard_snapshot_end() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  request uuid := case tg_table_name when 'snapshot_failure'
    then (to_jsonb(new) ->> 'snapshot_id')::uuid else (to_jsonb(new) ->> 'id')::uuid end;
begin
  perform pg_advisory_xact_lock(hashtextextended('snapshot ' || request::text, 0));
  if exists (select from snapshot_failure where snapshot_id = request)
      or exists (select from reserves_snapshot where id = request) then
    raise exception 'the snapshot % was ended before', request using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger ends_once before insert on snapshot_failure for each row execute function guard_snapshot_end();
alter table snapshot_failure enable always trigger ends_once;
create trigger ends_once before insert on reserves_snapshot for each row execute function guard_snapshot_end();
alter table reserves_snapshot enable always trigger ends_once;

create trigger append_only before update or delete or truncate on snapshot_failure
  for each statement execute function refuse_change();
alter table snapshot_failure enable always trigger append_only;

revoke all on snapshot_failure from public, countersign_web, countersign_worker, countersign_ledger;
grant select on snapshot_failure to countersign_web, countersign_worker;
grant insert on snapshot_failure to countersign_worker;
