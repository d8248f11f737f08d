-- When a run began to read. A run is dated when it has read; what it read can be from before a chain came to stand still,
-- and does not count as a comparison since. Runs from before this migration do not say it, and count as none.

alter table reconciliation_run add column began_at timestamptz(3);
alter table reconciliation_run add constraint reconciliation_run_begins_first check (began_at <= at);
