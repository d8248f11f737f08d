-- A request holds no more files, and no more bytes of them, than the program takes, whoever writes them: files are added
-- to it by hand by now, and the web server could fill the database with them. As lib/privacy/requests/file-limits.ts:
-- 50 files and 64 MiB, to which 64 KiB come for the salts and seals of their parts.

-- The event was written in this transaction, and whoever writes another waits.
create function bound_privacy_request_files() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  files integer;
  bytes bigint;
begin
  select count(distinct f.seq) filter (where f.seq <> new.seq), coalesce(sum(octet_length(f.sealed)), 0) into files, bytes
    from privacy_request_file f where f.request_id = new.request_id;
  if files >= 50 then
    raise exception 'a request holds no more than 50 files' using errcode = 'CS002';
  end if;
  if bytes + coalesce(octet_length(new.sealed), 0) > 67174400 then
    raise exception 'the files of a request are no larger than 64 MiB together' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger bounded before insert on privacy_request_file
  for each row execute function bound_privacy_request_files();
alter table privacy_request_file enable always trigger bounded;

revoke all on function bound_privacy_request_files() from public;
