import type { Database } from '#lib/platform/db/client.ts';
import { recomputeBalances } from './recompute-balances.ts';

/**
 * Recomputes the books from their lines and compares them with what is kept.
 * @returns one sentence per kind of fault; none when every invariant holds.
 */
export async function findLedgerFaults(db: Database): Promise<string[]> {
  const { differing, examples } = await recomputeBalances(db);
  const totals =
    differing === 0
      ? []
      : [`${differing} accounts whose totals are not their lines, such as ${examples[0]?.account}`];
  return [...totals, ...(await findJournalFaults(db))];
}

/** All of it but the totals of accounts, which `recomputeBalances` adds up. */
export async function findJournalFaults(db: Database): Promise<string[]> {
  const faults = await db.$queryRaw<{ fault: string; example: string; count: bigint }[]>`
    with unbalanced as (
      select journal_id::text as id from posting group by journal_id, asset having sum(amount) <> 0
    ), short as (
      select j.id::text from journal j
        where (select count(*) from posting p where p.journal_id = j.id) < 2
    ), misbalanced as (
      select account_id || ' in journal ' || journal_id as id from (
          select account_id, journal_id, balance,
              sum(amount) over (partition by account_id order by journal_id, line) as sum
            from posting
        ) s where balance <> sum
    ), misheld as (
      select a.id from account a
        where a.held <> coalesce((
          select sum(h.amount) from hold h
            where h.account_id = a.id and not exists (select from hold_resolution r where r.hold_id = h.id)), 0)
    ), overdrawn as (
      select id from account where kind = 'client' and credits - debits - held < 0
    ), unpaired as (
      select r.hold_id::text as id from hold_resolution r join hold h on h.id = r.hold_id
        left join journal j on j.id = r.journal_id
        where r.outcome = 'posted' and j.operation_id is distinct from h.operation_id
    ), misasked as (
      select number as id from operation
        where kind in ('withdrawal', 'vault-transfer') and not operation_holds_agree(id)
    ), unpaid as (
      -- A hold is used up exactly, less what the network did not take of the bound of its fee.
      select r.hold_id::text as id from hold_resolution r join hold h on h.id = r.hold_id
        join journal j on j.id = r.journal_id
        cross join lateral (select coalesce(sum(p.amount), 0) as units from posting p
          where p.journal_id = j.id and p.account_id = h.account_id) taken
        where r.outcome = 'posted' and (j.kind not in ('withdrawal', 'vault-transfer', 'network-fee')
          or taken.units < case j.kind when 'network-fee' then 0 else h.amount - h.fee end
          or taken.units > case j.kind when 'network-fee' then h.fee else h.amount end)
    ), unheld as (
      select 'journal ' || j.id as id from account a join posting p on p.account_id = a.id join journal j on j.id = p.journal_id
        where a.kind = 'client' and p.amount > 0 and j.kind in ('withdrawal', 'vault-transfer', 'network-fee')
          and not exists (select from hold_resolution r join hold h on h.id = r.hold_id
            where r.journal_id = j.id and h.account_id = a.id)
    ), misreversed as (
      select 'journal ' || id as id from journal where kind = 'deposit-reversal' and not deposit_reversal_sound(id)
      union all select 'journal ' || id from journal
        where kind = 'deposit' and corrects is not null and not deposit_again_sound(id)
      union all select 'deposit ' || d.txid from deposit d
        where d.appearance > 1 and not exists (select from deposit_reversal r
          where (r.chain, r.txid, r.vault_id, r.place, r.appearance) = (d.chain, d.txid, d.vault_id, d.place, d.appearance - 1))
    ), miscorrected as (
      select c.number as id from ledger_correction c
        where c.state = 'approved' and not ledger_correction_posted(c.id, c.journal)
    ), moves as (
      select p.account_id, j.id, j.kind, coalesce(j.corrects, j.id) as entry, sum(p.amount) as units
        from account a join posting p on p.account_id = a.id join journal j on j.id = p.journal_id
        where a.kind = 'suspense' group by p.account_id, j.id
    ), rests as (
      -- What is left of an entry after each journal that takes of it or gives it back.
      select *, -sum(units) over (partition by account_id, entry order by id) as rest from moves
    ), lefts as (
      -- The same as suspense_left says at that moment: what was taken beyond other entries counts against it.
      select *, greatest(rest, 0) + sum(least(rest, 0) - least(rest + units, 0))
          over (partition by account_id order by id) as spare from rests
    ), drained as (
      select 'journal ' || l.id as id from lefts l
        where l.units > 0 and l.kind <> 'correction'
          and not (l.kind = 'deposit' and l.account_id like 'suspense/%/UNK%')
          and least(l.units, -l.spare) > coalesce((
            select -sum(o.amount) from journal k join posting o on o.journal_id = k.id
              where k.corrects = l.id and o.account_id = l.account_id), 0)
    ), unapproved as (
      select 'journal ' || j.id as id from journal j where j.kind = 'correction' and not exists (
        select from ledger_correction c where c.journal = j.id and c.state = 'approved')
    )
    select fault, min(id) as example, count(*) as count from (
      select 'journals that do not sum to zero' as fault, id from unbalanced
      union all select 'journals with fewer than two lines', id from short
      union all select 'lines whose balance is not the sum of the lines up to them', id from misbalanced
      union all select 'accounts whose held amount is not their open holds', id from misheld
      union all select 'clients who are overdrawn', id from overdrawn
      union all select 'holds posted by a journal of another operation', id from unpaired
      union all select 'operations whose holds are not what people stated', id from misasked
      union all select 'holds posted for another amount than they bound', id from unpaid
      union all select 'journals that took from a client without a hold', id from unheld
      union all select 'deposits that were not undone and credited again as their chain says', id from misreversed
      union all select 'corrections whose journal is not what two people signed', id from miscorrected
      union all select 'journals that went out of what is owed to others', id from drained
      union all select 'corrections that nobody raised and approved', id from unapproved
    ) found group by fault order by fault`;
  return faults.map(({ fault, example, count }) => `${count} ${fault}, such as ${example}`);
}
