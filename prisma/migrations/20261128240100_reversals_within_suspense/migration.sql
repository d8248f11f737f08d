-- As before; and what a bank takes back leaves the account with as much as it owes to others.
create or replace function check_bank_booking() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from bank_entry e
      join bank_account a on a.id = e.account_id
      join journal j on j.id = new.journal_id and j.kind = 'bank-entry'
        and j.idempotency_key = case when e.position = 0 then 'bank-opening:' || e.account_id
          else 'bank-entry:' || e.account_id || ':' || e.reference end
      join posting p on p.journal_id = j.id and p.account_id = 'bank/' || a.id || '/' || a.currency and p.amount = e.amount
    where e.statement_id = new.statement_id and e.position = new.position) then
    raise exception 'an entry is booked by its own journal' using errcode = 'CS002';
  end if;
  -- Of the journal that it takes back, with everything that takes of that one; and of the account, which is locked
  -- by now, so that a correction that named no journal a moment ago has not taken the same.
  if exists (select from posting p join journal j on j.id = p.journal_id
      where j.id = new.journal_id and p.amount > 0 and p.account_id like 'suspense/%'
        and (j.corrects is null or coalesce((select sum(o.amount) from journal k join posting o on o.journal_id = k.id
          where (k.id = j.corrects or k.corrects = j.corrects) and o.account_id = p.account_id), 1) > 0
          or exists (select from account a where a.id = p.account_id and a.credits < a.debits))) then
    raise exception 'what went out of a bank is not taken from what is owed to others' using errcode = 'CS002';
  end if;
  return new;
end $$;
