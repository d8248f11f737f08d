-- Ways to cold parties and back: what people ordered, which documents left, and what came back. Nothing
-- in them is secret, and nothing in them signs: parties check whatever they are shown.

-- CreateTable
CREATE TABLE "cold_trip" (
    "id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "party" TEXT,
    "state" TEXT NOT NULL,
    "progress" JSONB,
    "stop_code" TEXT,
    "stop_party" TEXT,
    "stop_sentence" TEXT,
    "ordered_by" TEXT NOT NULL,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "state_changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cold_trip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cold_document" (
    "id" BIGSERIAL NOT NULL,
    "trip_id" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "leg" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answer_digest" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "taken_at" TIMESTAMPTZ(3),
    "refused_digest" TEXT,
    "refusal_code" TEXT,
    "refusal_party" TEXT,
    "refusal_sentence" TEXT,

    CONSTRAINT "cold_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cold_knowledge" (
    "party" TEXT NOT NULL,
    "knowledge" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cold_knowledge_pkey" PRIMARY KEY ("party")
);

-- CreateIndex
CREATE INDEX "cold_trip_operation_id_ordered_at_idx" ON "cold_trip"("operation_id", "ordered_at" DESC);

-- CreateIndex
CREATE INDEX "cold_document_trip_id_id_idx" ON "cold_document"("trip_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "cold_document_trip_id_digest_key" ON "cold_document"("trip_id", "digest");

-- AddForeignKey
ALTER TABLE "cold_trip" ADD CONSTRAINT "cold_trip_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "cold_document" ADD CONSTRAINT "cold_document_trip_id_fkey" FOREIGN KEY ("trip_id") REFERENCES "cold_trip"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table cold_trip
  add constraint cold_trip_kind_known check (kind in ('signing', 'ceremony')),
  add constraint cold_trip_state_known check (state in ('wanted', 'out', 'done', 'void', 'refused', 'replaced')),
  add constraint cold_trip_party_whole check ((kind = 'signing') = (party is not null)),
  add constraint cold_trip_stop_whole check ((stop_code is null) = (stop_sentence is null)),
  add constraint cold_trip_bounded check (
    octet_length(progress::text) <= 8388608 and length(ordered_by) <= 60 and length(party) <= 64
    and length(stop_sentence) <= 1000);
-- Two at a time would void each other at the party that waits.
create unique index cold_trip_one_open on cold_trip (operation_id) where state in ('wanted', 'out');

alter table cold_document
  add constraint cold_document_bounded check (
    octet_length(document) <= 300000 and octet_length(answer) <= 300000 and step between 1 and 99
    and length(party) <= 64 and length(kind) <= 40 and length(file_name) <= 100
    and length(refusal_sentence) <= 1000),
  add constraint cold_document_digests check (
    digest ~ '^[0-9a-f]{64}$' and leg ~ '^[0-9a-f]{64}$' and answer_digest ~ '^[0-9a-f]{64}$'
    and refused_digest ~ '^[0-9a-f]{64}$'),
  add constraint cold_document_answer_whole check (
    (answer is null) = (answer_digest is null) and (answer is null) = (answered_by is null)
    and (answer is null) = (answered_at is null) and (taken_at is null or answer is not null)),
  add constraint cold_document_refusal_whole check (
    (refusal_code is null) = (refusal_sentence is null) and (refusal_code is null) = (refused_digest is null));

alter table cold_knowledge add constraint cold_knowledge_bounded check (
  octet_length(knowledge::text) <= 2097152 and length(party) <= 64);

-- ---------------------------------------------------------------- what may change

create function guard_cold_trip() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'wanted' or new.progress is not null or new.stop_code is not null then
      raise exception 'a trip starts by being wanted' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.operation_id, new.attempt, new.kind, new.party, new.ordered_by, new.ordered_at)
    is distinct from
     (old.id, old.operation_id, old.attempt, old.kind, old.party, old.ordered_by, old.ordered_at) then
    raise exception 'trip %: what was ordered never changes', old.id using errcode = 'CS002';
  end if;
  if old.state not in ('wanted', 'out') then
    raise exception 'trip %: % is an end', old.id, old.state using errcode = 'CS002';
  end if;
  if new.state = 'wanted' and old.state = 'out' then
    raise exception 'trip %: its documents are out already', old.id using errcode = 'CS002';
  end if;
  if current_user = 'countersign_web' and new.state <> 'replaced' then
    raise exception 'trip %: only the worker says how it went', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on cold_trip
  for each row execute function guard_cold_trip();

create function guard_cold_document() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.answer is not null or new.taken_at is not null or new.refusal_code is not null then
      raise exception 'a document leaves before it is answered' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.trip_id, new.party, new.kind, new.leg, new.step, new.document, new.digest, new.file_name,
      new.made_at, new.expires_at)
    is distinct from
     (old.id, old.trip_id, old.party, old.kind, old.leg, old.step, old.document, old.digest, old.file_name,
      old.made_at, old.expires_at) then
    raise exception 'document %: what left never changes', old.id using errcode = 'CS002';
  end if;
  if old.taken_at is not null then
    raise exception 'document %: its answer was taken', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on cold_document
  for each row execute function guard_cold_document();

do $$
declare
  name text;
begin
  foreach name in array array['cold_trip', 'cold_document', 'cold_knowledge'] loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may do what

revoke execute on function guard_cold_trip(), guard_cold_document() from public;
-- People order trips and bring answers; what becomes of them is the worker's to say.
grant select, insert on cold_trip to countersign_web;
grant select on cold_document to countersign_web;
grant update (state, state_changed_at) on cold_trip to countersign_web;
grant update (answer, answer_digest, answered_by, answered_at) on cold_document to countersign_web;

grant select on cold_trip, cold_document, cold_knowledge to countersign_worker;
grant insert on cold_document, cold_knowledge to countersign_worker;
grant usage on sequence cold_document_id_seq to countersign_worker;
grant update (state, state_changed_at, progress, stop_code, stop_party, stop_sentence) on cold_trip
  to countersign_worker;
grant update (taken_at, refused_digest, refusal_code, refusal_party, refusal_sentence) on cold_document
  to countersign_worker;
grant update (knowledge, updated_at) on cold_knowledge to countersign_worker;
