-- A number that fits everywhere it is told.
alter table ledger_correction drop constraint ledger_correction_number_shape;
alter table ledger_correction add constraint ledger_correction_number_shape check (number ~ '^LC-\d{6,12}$') not valid;

-- When a journal was written, and not when its transaction began: whoever keeps one open would date it back, before
-- a key was ended.
alter table journal alter column posted_at set default clock_timestamp();

-- Words are read from the last that was written on, and nobody says when that was.
create function stamp_signed_fact() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.recorded_at := clock_timestamp();
  return new;
end $$;
create trigger stamped before insert on signed_fact for each row execute function stamp_signed_fact();
alter table signed_fact enable always trigger stamped;

-- As before; a correction takes back what a journal hands out only where it takes from somebody who was given
-- something. Attributing what the journal left in suspense takes nothing back.
create or replace function journal_hands_out(p_journal bigint, p_case uuid, p_since timestamptz) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from journal j where j.id = p_journal and j.kind = 'correction' and j.posted_at >= p_since)
    and not exists (select from journal c
      join posting p on p.journal_id = c.id and p.amount > 0 and p.account_id not like 'suspense/%'
      join posting g on g.journal_id = p_journal and g.account_id = p.account_id and g.amount < 0
      where c.corrects = p_journal)
    and not exists (select from posting p join account a on a.id = p.account_id
      where p.journal_id = p_journal and p.amount > 0
        and a.kind not in ('own-asset', 'own-income', 'own-expense', 'own-equity', 'vault', 'suspense'))
    and not exists (select from register_outcome o where o.journal_id = p_journal and o.case_id <> p_case) $$;
