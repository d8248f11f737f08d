-- A block can have more events of unknown tokens than anybody reads. It is passed over then, and that is counted and said.

ALTER TABLE "token_scan" ADD COLUMN "stuck_since" TIMESTAMPTZ(3),
  ADD COLUMN "passed_blocks" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "passed_height" BIGINT;

alter table token_scan add constraint token_scan_passed_real check (
  passed_blocks >= 0 and (passed_height is null) = (passed_blocks = 0) and passed_height >= 0);
grant update (stuck_since, passed_blocks, passed_height) on token_scan to countersign_worker;
