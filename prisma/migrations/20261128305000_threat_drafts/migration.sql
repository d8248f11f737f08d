-- The notification of a cyber threat: what people write into it is kept in versions, and that it was sent is an event.

create table threat_draft (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  version integer not null,
  text text,
  salt bytea,
  commitment text not null,
  written_by text not null references operator (id) on delete restrict on update restrict,
  written_at timestamptz(3) not null,
  erased_at timestamptz(3),
  primary key (incident_id, version)
);

-- The values name people whom the authority calls: they can be erased, the commitment stays.
alter table threat_draft
  add constraint threat_draft_bounded check (version between 1 and 500 and octet_length(text) <= 1048576),
  add constraint threat_draft_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint threat_draft_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint threat_draft_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));

create function guard_threat_draft() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('threat draft ' || new.incident_id::text, 0));
    if not exists (select from incident i where i.id = new.incident_id and i.sort = 'threat') then
      raise exception 'only a threat is notified by this form' using errcode = 'CS002';
    end if;
    if new.erased_at is not null or new.version <> (select coalesce(max(d.version), 0) + 1 from threat_draft d
        where d.incident_id = new.incident_id) then
      raise exception 'versions of a draft follow one another' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.written_at) then
      raise exception 'a draft is not written ahead of time' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.incident_id, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.incident_id, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a draft is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on threat_draft for each row execute function guard_threat_draft();
alter table threat_draft enable always trigger guarded;

create or replace function incident_event_kinds() returns text[] language sql immutable as $$
  select array['opened', 'retitled', 'triaged', 'acknowledged', 'assigned', 'escalated', 'noted', 'facts-recorded',
    'assessed', 'classified', 'linked', 'unlinked', 'evidence-added', 'task-added', 'task-moved', 'task-done',
    'warned', 'told', 'report-moved', 'threat-notified', 'reviewed', 'closed', 'reopened', 'dropped'] $$;

revoke all on threat_draft from public;
revoke all on function guard_threat_draft() from public;
-- Nobody erases drafts from the console yet, so the web role has no way to.
grant select, insert on threat_draft to countersign_web;
