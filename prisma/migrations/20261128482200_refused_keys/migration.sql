-- A data key that was refused: it belongs to another row than the one that ends, the key service does not know it, or what
-- it sealed does not open. Each is a sign of rows that were made up, or of keys that were lost, so somebody has to answer
-- for it: an incident is opened, one for all that is refused within a day, and nothing is said twice.

-- CreateTable
CREATE TABLE "data_key_refusal" (
    "kind" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "fault" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "said_at" TIMESTAMPTZ(3),
    "incident" TEXT,

    CONSTRAINT "data_key_refusal_pkey" PRIMARY KEY ("kind","owner","fault")
);

-- `owner` is the id of a row, or the name of the worker's duty that met it.
alter table data_key_refusal
  add constraint data_key_refusal_known check (kind ~ '^[a-z]{1,20}$' and length(owner) between 1 and 300
    and fault in ('not-own', 'key-unknown', 'seal-broken')),
  add constraint data_key_refusal_whole check ((said_at is null) = (incident is null)
    and (incident is null or incident ~ '^INC-\d{4}-\d{6,}$'));
create index data_key_refusal_unsaid on data_key_refusal (at) where incident is null;
create index data_key_refusal_said on data_key_refusal (said_at) where incident is not null;

create function guard_data_key_refusal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if old.incident is not null or new.incident is null or (new.kind, new.owner, new.fault, new.at)
      is distinct from (old.kind, old.owner, old.fault, old.at) then
    raise exception 'what was refused is said once' using errcode = 'CS002';
  end if;
  return new;
end $$;
revoke all on function guard_data_key_refusal() from public;
create trigger guarded before update on data_key_refusal for each row execute function guard_data_key_refusal();
create trigger never_removed before delete or truncate on data_key_refusal
  for each statement execute function refuse_change();
alter table data_key_refusal enable always trigger guarded;
alter table data_key_refusal enable always trigger never_removed;

alter table incident_record drop constraint incident_record_what_known;
alter table incident_record add constraint incident_record_what_known check (
  what in ('freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed', 'correction-unproved',
    'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped', 'key-refused'));

create or replace function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed',
    'correction-unproved', 'break-over-limit', 'break-closing-unproved', 'signature-unproved', 'major-dropped',
    'key-refused'] $$;

revoke all on data_key_refusal from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
grant select, insert on data_key_refusal to countersign_worker;
grant update (said_at, incident) on data_key_refusal to countersign_worker;
