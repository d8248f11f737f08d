-- What the web server asks the worker for can neither keep the worker from its own rhythm nor stand in the way
-- of what others ask for; and what says when something was last done says now.

-- ---------------------------------------------------------------- requests for runs

create or replace function guard_reconciliation_request() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' or new.places_total <> 0 then
      raise exception 'a request starts by waiting' using errcode = 'CS002';
    end if;
    if current_user not in ('countersign_web', 'countersign_worker') then return new; end if;
    if (new.started_by = 'schedule') <> (current_user = 'countersign_worker') then
      raise exception 'the schedule is the worker''s, and nothing else is' using errcode = 'CS002';
    end if;
    if not is_about_now(new.requested_at) then
      raise exception 'a run is asked for now' using errcode = 'CS002';
    end if;
    -- The same as wantedText in lib/reconciliation/place.ts.
    if new.wanted !~ '^(all|due|(chain|bank|liabilities)/[A-Z0-9]{2,12}/[A-Za-z0-9-]{1,64})$' then
      raise exception 'there can be no such place' using errcode = 'CS002';
    end if;
    -- The schedule has no lock and no count, so nobody keeps it waiting here.
    if current_user = 'countersign_web' then
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'requests are written at read committed' using errcode = '25001';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('reconciliation requests', 0));
      if (select count(*) from reconciliation_request r
          where r.state = 'waiting' and r.started_by <> 'schedule') >= 50 then
        raise exception 'fifty requests wait already' using errcode = 'CS002';
      end if;
    end if;
    return new;
  end if;
  if (new.id, new.wanted, new.started_by, new.requested_at) is distinct from (old.id, old.wanted, old.started_by, old.requested_at)
    or old.state in ('done', 'failed') or (old.state = 'running' and new.state = 'waiting')
    or new.places_done < old.places_done then
    raise exception 'request %: it only goes on', old.id using errcode = 'CS002';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- runs

-- A run dated ahead would keep its place from being due, and the source of shortfalls from going silent.
create function guard_run_time() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user in ('countersign_web', 'countersign_worker') and not is_about_now(new.at) then
    raise exception 'a run is dated now' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger dated before insert on reconciliation_run for each row execute function guard_run_time();
alter table reconciliation_run enable always trigger dated;

-- ---------------------------------------------------------------- requests for snapshots

create function guard_snapshot_request() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'countersign_web' then return new; end if;
  if not is_about_now(new.requested_at) then
    raise exception 'a snapshot is asked for now' using errcode = 'CS002';
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'requests are written at read committed' using errcode = '25001';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('snapshot requests', 0));
  if exists (select from snapshot_request r
      where not exists (select from reserves_snapshot s where s.id = r.id)
        and not exists (select from snapshot_failure f where f.snapshot_id = r.id)) then
    raise exception 'a snapshot is under way' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on snapshot_request for each row execute function guard_snapshot_request();
alter table snapshot_request enable always trigger guarded;

-- Requests that are older than the guard and dated otherwise are ended by the worker.
alter table snapshot_failure drop constraint snapshot_failure_cause_known;
alter table snapshot_failure add constraint snapshot_failure_cause_known check (
  cause in ('balances', 'document', 'time'));

revoke all on function guard_run_time(), guard_snapshot_request() from public;
