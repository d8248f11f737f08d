-- A journal of the kind `correction` stands only together with the correction that one person raised and another
-- approved, and says exactly what they signed. The kind is asked and not the key, so no name gets a journal past it.

-- Whether a journal is the one of this approved correction: its key, what it corrects, and every line in its order.
create function ledger_correction_posted(p_correction uuid, p_journal bigint)
returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (
    select from ledger_correction c join journal j on j.id = c.journal
      where c.id = p_correction and c.state = 'approved' and j.id = p_journal
        and j.kind = 'correction' and j.idempotency_key = 'correction:' || c.id
        and j.operation_id is null and j.corrects is not distinct from c.corrects
        and (select jsonb_agg(jsonb_build_array(p.account_id, p.amount) order by p.line)
            from posting p where p.journal_id = j.id)
          = (select jsonb_agg(jsonb_build_array(l.line ->> 'account', (l.line ->> 'amount')::numeric) order by l.nr)
            from jsonb_array_elements(c.document::jsonb -> 'lines') with ordinality l(line, nr)))
$$;

create function check_correction_journal() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not coalesce((select ledger_correction_posted(c.id, new.id) from ledger_correction c where c.journal = new.id), false) then
    raise exception 'journal %: nobody raised and approved this correction', new.id using errcode = 'CS002';
  end if;
  return null;
end $$;
create constraint trigger approved after insert on journal
  deferrable initially deferred for each row when (new.kind = 'correction')
  execute function check_correction_journal();
alter table journal enable always trigger approved;

-- As before; what an approval names as its journal says what was signed.
create or replace function check_ledger_correction() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not ledger_correction_signed(new.id, new.digest, 'raised', 'raise', new.raised_by) then
    raise exception 'correction %: it is raised by a signature', new.number using errcode = 'CS002';
  end if;
  if new.state <> 'waiting' and not exists (select from ledger_correction_event e
      where e.correction_id = new.id and e.what = new.state and e.actor = new.ended_by) then
    raise exception 'correction %: its end is not recorded', new.number using errcode = 'CS002';
  end if;
  if new.state = 'approved' then
    if not ledger_correction_signed(new.id, new.digest, 'approved', 'approve', new.ended_by) then
      raise exception 'correction %: it is approved by a signature', new.number using errcode = 'CS002';
    end if;
    if not ledger_correction_posted(new.id, new.journal) then
      raise exception 'correction %: its journal is its own', new.number using errcode = 'CS002';
    end if;
  end if;
  return null;
end $$;

revoke all on function check_correction_journal(), ledger_correction_posted(uuid, bigint) from public;
-- The guards run as whoever writes.
grant execute on function ledger_correction_posted(uuid, bigint)
  to countersign_web, countersign_worker, countersign_ledger;
