/** What the books say about the accounts of one place up to a close, with each line since the run before. */
import type { Database } from '#lib/platform/db/client.ts';
import { refuse, ok, type Result } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import { itemsMax, type OutsideSource } from './outside-source.ts';
import type { Place } from '../place.ts';

export type LedgerReading = {
  /** Debits less credits at the close, smallest unit. */
  balance: bigint;
  /** Lines after `since`, up to the close. */
  items: Item[];
};

type Line = {
  journal: string;
  line: number;
  amount: string;
  at: Date;
  corrects: string | null;
  /** Journal that had taken the deposit back which it credits again. */
  undoes: string | null;
  /** Subject of the break of this place that the journal answers; null for any other journal. */
  answers: string | null;
};

/**
 * @param range.since number of the last journal that the run before has seen.
 * @param range.last number of the newest journal of the close.
 */
export async function readLedger(
  db: Database,
  place: Place,
  source: OutsideSource,
  range: { since: bigint; last: bigint },
): Promise<Result<LedgerReading, 'too-many-items'>> {
  const accounts = [...source.accounts(place)];
  const lines = await db.$queryRaw<Line[]>`
    select p.journal_id::text as journal, p.line::int as line, p.amount::text as amount,
        j.posted_at as at, j.corrects::text as corrects, r.journal_id::text as undoes,
        b.subject as answers
      from posting p join journal j on j.id = p.journal_id
        left join deposit d on d.journal_id = j.id and d.appearance > 1
        left join deposit_reversal r on (r.chain, r.txid, r.vault_id, r.place, r.appearance)
          = (d.chain, d.txid, d.vault_id, d.place, d.appearance - 1)
        left join ledger_correction c on c.journal = j.id
        left join break_record b on b.id = c.break_id
          and b.kind = ${place.kind} and b.asset = ${place.asset} and b.place = ${place.place}
      where p.account_id = any(${accounts}::text[]) and p.journal_id > ${range.since} and p.journal_id <= ${range.last}
      order by p.journal_id, p.line limit ${itemsMax + 1}`;
  if (lines.length > itemsMax)
    return refuse(
      'too-many-items',
      `More than ${itemsMax} lines were booked on ${accounts.join(' and ')} since the last run. Ask for a longer limit before you go on.`,
    );
  const names = await source.namesOf(place, [
    ...new Set(lines.map((line) => BigInt(line.journal))),
  ]);
  const [stands] = await db.$queryRaw<{ balance: string }[]>`
    select coalesce(sum(l.balance), 0)::text as balance
      from unnest(${accounts}::text[]) as a(id) cross join lateral (
        select balance from posting where account_id = a.id and journal_id <= ${range.last}
          order by journal_id desc, line desc limit 1) l`;
  return ok({
    balance: BigInt(stands?.balance ?? 0),
    items: lines.flatMap((line): Item[] => {
      const name = names.get(line.journal);
      // It moves the balance to what the outside says, and no movement outside stands behind it.
      if (line.answers === 'balance') return [];
      return [
        {
          ref: `journal:${line.journal}:${line.line}`,
          transaction: name?.transaction ?? transactionOf(line),
          reference: name?.reference ?? null,
          amount: line.amount,
          at: line.at.toISOString(),
          // What the outside names itself is found there, also where it takes back something earlier.
          corrects: line.undoes ?? ((name?.transaction ?? null) === null ? line.corrects : null),
          position: name?.position ?? null,
          underWay: false,
        },
      ];
    }),
  });
}

/**
 * What a correction books that happened outside and nobody had booked is known by its transaction, so that
 * the next run finds both. One that names a journal belongs to that instead.
 */
const transactionOf = ({ answers, corrects }: Line): string | null =>
  corrects === null ? (/^transaction:(.+)$/s.exec(answers ?? '')?.[1] ?? null) : null;
