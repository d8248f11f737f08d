-- Access review: who looked at what somebody may do, when, and said that it stays.

-- CreateTable
CREATE TABLE "access_review" (
    "id" UUID NOT NULL,
    "operator_id" TEXT NOT NULL,
    "grants" JSONB NOT NULL,
    "roster_version" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "reviewed_by" TEXT NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_review_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_review_operator_id_reviewed_at_idx" ON "access_review"("operator_id", "reviewed_at" DESC);

-- AddForeignKey
ALTER TABLE "access_review" ADD CONSTRAINT "access_review_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- shapes and bounds

alter table access_review
  add constraint access_review_verdict_known check (verdict in ('keep')),
  -- Nobody says of their own access that it stays.
  add constraint access_review_by_another check (operator_id <> reviewed_by),
  add constraint access_review_bounded check (
    jsonb_typeof(grants) = 'array' and octet_length(grants::text) <= 16384
    and roster_version >= 1 and length(reviewed_by) <= 60);

-- ---------------------------------------------------------------- what may change: nothing

create trigger never_changed before update or delete or truncate on access_review
  for each statement execute function refuse_change();
alter table access_review enable always trigger never_changed;

-- ---------------------------------------------------------------- who may do what

grant select, insert on access_review to countersign_web;
