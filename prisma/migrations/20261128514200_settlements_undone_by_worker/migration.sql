-- A settlement undone is opened once, by its title: were the web server able to open one, it could say so beforehand,
-- and neither the incident nor the hold on the chain would come when it happens.

create or replace function guard_incident_record() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'an incident starts open' using errcode = 'CS002';
    end if;
    if current_user = 'countersign_web' and new.what = 'settlement-undone' then
      raise exception 'only the worker says that a settlement was undone' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.number, new.what, new.title, new.opened_at, new.opened_by)
    is distinct from (old.id, old.number, old.what, old.title, old.opened_at, old.opened_by)
    or (new.state <> old.state and old.state <> 'open') then
    raise exception 'incident %: its record stays as it is', old.number using errcode = 'CS002';
  end if;
  return new;
end $$;
