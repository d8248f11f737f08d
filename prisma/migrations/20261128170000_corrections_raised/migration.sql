-- A journal under the key of a signed correction is that of its approved correction, whoever writes it.
create function check_correction_journal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_correction c where 'correction:' || c.id = new.idempotency_key
      and c.state = 'approved' and c.journal = new.id) then
    raise exception 'journal %: nobody raised and approved this correction', new.id using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger approved after insert on journal
  deferrable initially deferred for each row
  when (new.kind = 'correction' and new.idempotency_key ~ '^correction:[0-9a-f]{8}-')
  execute function check_correction_journal();
alter table journal enable always trigger approved;
revoke all on function check_correction_journal() from public;
