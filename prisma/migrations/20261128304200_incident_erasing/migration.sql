-- What is erased at the incident desk is erased now, and the audit trail says so in the same transaction. What was
-- released to the authority is not the web server's to erase, nor is what it was made of.

create or replace function guard_incident_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null then
      raise exception 'a text starts whole' using errcode = 'CS002';
    end if;
    if not incident_event_is_new(new.incident_id, new.seq) then
      raise exception 'a text comes with its event' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.incident_id, new.seq, new.field, new.commitment) is distinct from (old.incident_id, old.seq, old.field, old.commitment)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'a text is only erased, and now' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_incident_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not exists (select from incident_event e where e.incident_id = new.incident_id
        and e.seq = new.seq and e.kind = 'evidence-added' and e.facts ->> 'sha256' = new.sha256)
      or not incident_event_is_new(new.incident_id, new.seq) then
      raise exception 'evidence comes with the event that names it' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.incident_id, new.seq, new.media_type, new.size, new.sha256)
      is distinct from (old.id, old.incident_id, old.seq, old.media_type, old.size, old.sha256)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'evidence is only erased, and now' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_entity_contact() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null then
      raise exception 'a contact starts whole' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.version, new.field, new.commitment) is distinct from (old.version, old.field, old.commitment)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'a contact is only erased, and now' using errcode = 'CS002';
  end if;
  return new;
end $$;

create or replace function guard_report_draft() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
    if new.erased_at is not null or new.version <> (select coalesce(max(d.version), 0) + 1 from incident_report_draft d
        where d.report_id = new.report_id) then
      raise exception 'versions of a draft follow one another' using errcode = 'CS002';
    end if;
    if not is_not_ahead(new.written_at) then
      raise exception 'a draft is not dated ahead' using errcode = 'CS002';
    end if;
    if coalesce((select s.step from incident_report_step s where s.report_id = new.report_id order by s.seq desc limit 1),
        'draft') not in ('draft', 'declined', 'withdrawn') then
      raise exception 'a report that was raised is not written on' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.report_id, new.version, new.commitment, new.written_by, new.written_at)
      is distinct from (old.report_id, old.version, old.commitment, old.written_by, old.written_at)
    or old.erased_at is not null or not is_about_now(new.erased_at) then
    raise exception 'a draft is only erased, and now' using errcode = 'CS002';
  end if;
  -- Whoever releases it waits, or was first.
  perform pg_advisory_xact_lock(hashtextextended('incident report ' || new.report_id::text, 0));
  if exists (select from incident_submission s where s.report_id = new.report_id and s.text is not null) then
    raise exception 'what a report was released from stays while what was released does' using errcode = 'CS002';
  end if;
  return new;
end $$;

revoke update on incident_submission from countersign_web;

-- A person erased it, and about which incident: an entry for each, so that nobody empties the desk without a word.
create function check_incident_erased() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased jsonb := to_jsonb(new) - 'bytes';
  about text := case tg_table_name
    when 'entity_contact' then 'entity'
    when 'incident_report_draft' then (select i.number from incident_report r join incident i on i.id = r.incident_id
      where r.id = (erased ->> 'report_id')::uuid)
    else (select i.number from incident i where i.id = (erased ->> 'incident_id')::uuid)
  end;
begin
  if not exists (select from audit_entry a join operator o on o.id = a.actor
      where a.subject = about and a.kind = 'incident-erased' and a.xid = pg_current_xact_id()::text) then
    raise exception 'what is erased of % stands in the audit trail', about using errcode = 'CS003';
  end if;
  return null;
end $$;
revoke all on function check_incident_erased() from public;

do $$
declare
  name text;
begin
  foreach name in array array['incident_text', 'incident_evidence', 'incident_report_draft', 'entity_contact']
  loop
    execute format('create constraint trigger erased after update on %I deferrable initially deferred
      for each row when (old.erased_at is null and new.erased_at is not null)
      execute function check_incident_erased()', name);
    execute format('alter table %I enable always trigger erased', name);
  end loop;
end $$;
