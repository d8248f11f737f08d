-- What was noted as paid or handed out stays on record, and whether it still stands follows from the books: a correction
-- that takes a paying journal back, or one of its corrections, is booked by people who never look at the register.

-- The newest journal by which what a line paid was taken back, in part or in whole; null while it stands. A journal and
-- everything that corrects it are added up on the account that was credited: once a later correction gives it back,
-- it stands again. What lies in suspense is not taken back by being attributed to somebody. It reads with the
-- rights of who asks.
create function outcome_taken_back(p_journal bigint, p_line smallint) returns bigint
language sql stable as $$
  with recursive paid as (
    select p.account_id, (select sum(-q.amount) from public.register_outcome o
        join public.posting q on q.journal_id = o.journal_id and q.line = o.line
        where o.journal_id = p.journal_id and q.account_id = p.account_id) as due
      from public.posting p where p.journal_id = p_journal and p.line = p_line),
  chain (id, depth) as (
    select p_journal, 0
    union
    select c.id, chain.depth + 1 from chain join public.journal c on c.corrects = chain.id where chain.depth < 50)
  select max(p.journal_id) filter (where p.amount > 0 and p.journal_id <> p_journal)
    from paid cross join chain join public.posting p on p.journal_id = chain.id and p.account_id = paid.account_id
    where p.journal_id = p_journal or p.account_id not like 'suspense/%'
      or not exists (select from public.posting g join public.account a on a.id = g.account_id
        where g.journal_id = p.journal_id and g.amount < 0 and a.kind in ('client', 'suspense'))
    group by paid.due having -sum(p.amount) < paid.due $$;

revoke all on function outcome_taken_back(bigint, smallint) from public;
grant execute on function outcome_taken_back(bigint, smallint) to countersign_web, countersign_worker;
