-- A text or a file of evidence comes in the transaction of the event that it belongs to: nothing is put under an
-- event afterwards. Time limits are written by the worker alone.

create function incident_event_is_new(p_incident uuid, p_seq integer) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from incident_event e where e.incident_id = p_incident and e.seq = p_seq
    and e.xmin::text = pg_current_xact_id()::xid::text) $$;
revoke all on function incident_event_is_new(uuid, integer) from public;
grant execute on function incident_event_is_new(uuid, integer) to countersign_web, countersign_worker;

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
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a text is only erased' using errcode = 'CS002';
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
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'evidence is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;

revoke insert on incident_deadline from countersign_web;
