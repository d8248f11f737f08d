/** What the books say about one account up to a close, with each line since the run before. */
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

type Line = { journal: string; line: number; amount: string; at: Date; corrects: string | null };

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
  const account = source.account(place);
  const lines = await db.$queryRaw<Line[]>`
    select p.journal_id::text as journal, p.line::int as line, p.amount::text as amount,
        j.posted_at as at, j.corrects::text as corrects
      from posting p join journal j on j.id = p.journal_id
      where p.account_id = ${account} and p.journal_id > ${range.since} and p.journal_id <= ${range.last}
      order by p.journal_id, p.line limit ${itemsMax + 1}`;
  if (lines.length > itemsMax)
    return refuse(
      'too-many-items',
      `More than ${itemsMax} lines were booked on ${account} since the last run. Ask for a longer limit before you go on.`,
    );
  const names = await source.namesOf(place, [
    ...new Set(lines.map((line) => BigInt(line.journal))),
  ]);
  const [stands] = await db.$queryRaw<{ balance: string }[]>`
    select balance::text as balance from posting
      where account_id = ${account} and journal_id <= ${range.last}
      order by journal_id desc, line desc limit 1`;
  return ok({
    balance: BigInt(stands?.balance ?? 0),
    items: lines.map((line): Item => {
      const name = names.get(line.journal);
      return {
        ref: `journal:${line.journal}:${line.line}`,
        transaction: name?.transaction ?? null,
        reference: name?.reference ?? null,
        amount: line.amount,
        at: line.at.toISOString(),
        corrects: line.corrects,
        position: name?.position ?? null,
        underWay: false,
      };
    }),
  });
}
