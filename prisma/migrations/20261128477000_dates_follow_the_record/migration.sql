-- What people say of when something happened never lies before the step on record that it follows: no question of identity
-- before its doubt, no answer before its approval, nor before the erasure that it waited for. They give minutes.

create function guard_privacy_request_dates() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.facts ->> 'sentAt')::timestamptz < date_trunc('minute', (select max(e.at) from privacy_request_event e
      where e.request_id = new.request_id and e.kind = any (case
        when new.kind = 'fulfilled' then array['approved', 'erased']
        when new.facts ->> 'about' = 'identity' then array['doubted']
        else array[]::text[] end))) then
    raise exception 'request: the time of % lies before the step that it follows', new.kind using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_dates before insert on privacy_request_event
  for each row when (new.kind in ('asked', 'fulfilled')) execute function guard_privacy_request_dates();
alter table privacy_request_event enable always trigger guarded_dates;

revoke all on function guard_privacy_request_dates() from public;
