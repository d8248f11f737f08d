-- A copy of somebody's data that leaves something out is granted in part, on the ground that stands in it: what the person
-- reads and what is on record say the same.

create function guard_privacy_part_said() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from privacy_package p join privacy_package_built b on b.package_id = p.id
        cross join lateral jsonb_array_elements(b.contents) c
      where p.request_id = new.request_id and b.digest = new.facts ->> 'package' and c ? 'ground'
        and (new.facts ->> 'decision' = 'grant' or not new.facts -> 'grounds' ? (c ->> 'ground'))) then
    raise exception 'a copy that leaves something out is granted in part, on that ground' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger says_what_is_left_out before insert on privacy_request_event
  for each row when (new.kind = 'proposed' and new.facts ->> 'package' is not null and new.facts ->> 'decision' <> 'refuse')
  execute function guard_privacy_part_said();
alter table privacy_request_event enable always trigger says_what_is_left_out;

revoke all on function guard_privacy_part_said() from public;
