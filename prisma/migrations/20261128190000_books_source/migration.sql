-- A source that tells what is missing against the books, for rules that parties hold to. It signs in as a
-- role of its own, which reads what reconciliation found and nothing else, and writes nothing.
--   countersign_books   the source of shortfalls; its password is set by whoever starts it

alter table signed_fact drop constraint signed_fact_known;
alter table signed_fact
  add constraint signed_fact_known check (fact in ('price', 'risk', 'standing', 'books'));

do $$
begin
  if not exists (select from pg_roles where rolname = 'countersign_books') then
    create role countersign_books nologin;
  end if;
exception when duplicate_object or unique_violation then
  -- Another database of the same server is being migrated at this moment and was first.
  null;
end $$;

grant usage on schema public to countersign_books;
grant select (asset, amount, cause, state) on break_record to countersign_books;
grant select (kind, asset, place, at) on reconciliation_run to countersign_books;
