-- Files of requests, breaches and holds hold no more than the program reads at once, whoever writes them: otherwise the web
-- server could fill a file until nobody can open it or act on it. The last entries are kept for the system, which warns and
-- says what was erased or set free, and those before them for decisions.

-- How many entries of what people do each kind leaves free; the program has the same.
create function privacy_entries_kept_free(p_table text, p_kind text) returns integer language sql immutable as $$
  select coalesce(case p_table
    when 'privacy_request_event' then case p_kind when 'noted' then 500 when 'file-added' then 500
      when 'files-left-out' then 500 when 'collected' then 300 when 'reopened' then 300 end
    when 'privacy_breach_event' then case p_kind when 'noted' then 300 when 'described' then 200
      when 'persons-listed' then 200 when 'persons-taken-off' then 200 end
    when 'privacy_hold_event' then case p_kind when 'reviewed' then 50 end
  end, 0) $$;

-- The argument is how many entries people may make. Who acts as the system from the web server is none.
create function bound_privacy_timeline() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  most constant integer := tg_argv[0]::integer;
begin
  if new.actor = 'system' and current_user <> 'countersign_web' then
    return new;
  end if;
  if new.seq + privacy_entries_kept_free(tg_table_name, new.kind) > most then
    raise exception 'entry %: this file takes no more of them', new.seq using errcode = 'CS002';
  end if;
  return new;
end $$;

-- The first argument is the column of the file, the second how many texts an event may have, the third how many bytes the
-- file holds. The event was written in this transaction, and whoever writes another waits.
create function bound_privacy_texts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  file constant uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
  texts integer;
  bytes bigint;
begin
  execute format('select count(*) filter (where t.seq = $2), coalesce(sum(octet_length(t.sealed)), 0)
    from %I t where t.%I = $1', tg_table_name, tg_argv[0]) into texts, bytes using file, new.seq;
  if texts >= tg_argv[1]::integer then
    raise exception 'an event has no more than % texts', tg_argv[1] using errcode = 'CS002';
  end if;
  if bytes + coalesce(octet_length(new.sealed), 0) > tg_argv[2]::bigint then
    raise exception 'the texts of a file are no longer than % bytes', tg_argv[2] using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger bounded before insert on privacy_request_event
  for each row execute function bound_privacy_timeline('1900');
create trigger bounded before insert on privacy_breach_event
  for each row execute function bound_privacy_timeline('900');
create trigger bounded before insert on privacy_hold_event
  for each row execute function bound_privacy_timeline('900');
create trigger bounded before insert on privacy_request_text
  for each row execute function bound_privacy_texts('request_id', '8', '33554432');
create trigger bounded before insert on privacy_breach_text
  for each row execute function bound_privacy_texts('breach_id', '6', '33554432');
create trigger bounded before insert on privacy_hold_text
  for each row execute function bound_privacy_texts('hold_id', '1', '33554432');
alter table privacy_request_event enable always trigger bounded;
alter table privacy_breach_event enable always trigger bounded;
alter table privacy_hold_event enable always trigger bounded;
alter table privacy_request_text enable always trigger bounded;
alter table privacy_breach_text enable always trigger bounded;
alter table privacy_hold_text enable always trigger bounded;

revoke all on function bound_privacy_timeline(), bound_privacy_texts() from public;
grant execute on function privacy_entries_kept_free(text, text) to countersign_web, countersign_worker;
