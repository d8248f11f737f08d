-- What is attributed of a payment that lies in suspense still stands, and no more than that: a correction that gives a
-- cent to a client and the rest to ourselves takes the rest back.

-- As before; and of what a correction takes from suspense, what it gives to clients and to suspense in the same asset
-- is not taken back, by amount, unless it gives it to an account that the payment came from. The same holds of what
-- comes back from them, so that an attribution that is undone counts for nothing.
create or replace function outcome_taken_back(p_journal bigint, p_line smallint) returns bigint
language sql stable as $$
  with recursive paid as (
    select p.account_id, p.asset, (select sum(-q.amount) from public.register_outcome o
        join public.posting q on q.journal_id = o.journal_id and q.line = o.line
        where o.journal_id = p.journal_id and q.account_id = p.account_id) as due
      from public.posting p where p.journal_id = p_journal and p.line = p_line),
  chain (id, depth) as (
    select p_journal, 0
    union
    select c.id, chain.depth + 1 from chain join public.journal c on c.corrects = chain.id where chain.depth < 50),
  moved as (
    select chain.id, sum(p.amount) as units
      from paid cross join chain join public.posting p on p.journal_id = chain.id and p.account_id = paid.account_id
      group by chain.id),
  taken as (
    select m.id, m.units - case
        when m.id = p_journal or paid.account_id not like 'suspense/%' then 0
        when m.units > 0 then least(m.units, others.given)
        else -least(-m.units, others.came) end as units
      from moved m cross join paid cross join lateral (
        select coalesce(sum(-o.units) filter (where o.units < 0), 0) as given,
            coalesce(sum(o.units) filter (where o.units > 0), 0) as came
          from (select g.account_id, sum(g.amount) as units from public.posting g
              join public.account a on a.id = g.account_id and a.kind in ('client', 'suspense')
              where g.journal_id = m.id and g.asset = paid.asset and g.account_id <> paid.account_id
                and not exists (select from public.posting d
                  where d.journal_id = p_journal and d.account_id = g.account_id and d.amount > 0)
              group by g.account_id) o) others)
  select max(t.id) filter (where t.units > 0 and t.id <> p_journal)
    from paid cross join taken t group by paid.due having -sum(t.units) < paid.due $$;
