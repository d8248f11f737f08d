-- A break is closed by what two people signed and nothing else: the way, the journal and the difference that the row
-- keeps are those of their statements, or those of the one approved correction that answers it.

-- A correction proposes and accepts once, so that it does not close again what was opened again.
create unique index break_event_one_correction on break_event ((facts ->> 'correction'), what)
  where what in ('proposed', 'accepted');

create or replace function check_break_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  b break_record%rowtype;
begin
  select * into b from break_record x where x.id = new.break_id;
  if new.facts ? 'correction' then
    -- Both signed about it when they raised and approved the correction, of the difference as it is.
    if not exists (select from ledger_correction c where c.id::text = new.facts ->> 'correction'
        and c.break_id = new.break_id and c.state = 'approved' and c.journal::text = new.facts ->> 'journal'
        and c.document::jsonb -> 'break' ->> 'content' = b.content
        and b.proposed_how = 'correction' and b.proposed_journal = c.journal and b.proposed_by = c.raised_by
        and new.actor = case new.what when 'proposed' then c.raised_by else c.ended_by end) then
      raise exception 'a break is closed by the approved correction that answers it' using errcode = 'CS002';
    end if;
    return null;
  end if;
  if not exists (select from break_statement s where s.event_id = new.id and coalesce(
      s.document::jsonb ->> 'break' = new.break_id::text
      and s.document::jsonb ->> 'person' = new.actor
      and s.document::jsonb ->> 'decision' = case new.what when 'proposed' then 'propose' else 'accept' end
      and (s.document::jsonb ->> 'revision')::int + 1 = new.revision
      and s.document::jsonb ->> 'content' = b.content
      and s.document::jsonb ->> 'how' = b.proposed_how
      and s.document::jsonb ->> 'journal' is not distinct from b.proposed_journal::text, false)) then
    raise exception 'a step that closes a break is signed' using errcode = 'CS002';
  end if;
  if b.proposed_how = 'correction' and not exists (
      select from ledger_correction c where c.journal = b.proposed_journal and c.state = 'approved') then
    raise exception 'a break is closed by a correction that two people signed' using errcode = 'CS002';
  end if;
  return null;
end $$;
