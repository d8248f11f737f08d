/**
 * The books as a journal of hledger (hledger manual, "Journal"), so that a program of somebody else
 * adds them up: every journal has to balance, and each line says what its account has to stand at.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';

/** Journals read at once. */
const pageSize = 500;

/** An amount in the smallest unit as a plain decimal number in whole units, such as -0.000000001. */
export type WriteAmount = (units: bigint, asset: string) => string;

type Line = { account: string; asset: string; amount: bigint; balance: bigint };
type Entry = {
  id: bigint;
  kind: string;
  operation: string | null;
  corrects: bigint | null;
  /** Day in UTC. */
  day: string;
  lines: readonly Line[];
};

function lineText({ account, asset, amount, balance }: Line, write: WriteAmount): string {
  const inAsset = (units: bigint): string => `${write(units, asset)} "${asset}"`;
  return `    ${account.replaceAll('/', ':')}  ${inAsset(amount)} = ${inAsset(balance)}`;
}

/** One journal as hledger reads it. Pure. */
export function entryText(entry: Entry, write: WriteAmount): string {
  const { id, kind, operation, corrects, day, lines } = entry;
  const remarks = [
    ...(operation === null ? [] : [`operation: ${operation}`]),
    ...(corrects === null ? [] : [`corrects: ${corrects}`]),
  ].join(', ');
  return [
    `${day} * (${id}) ${kind}${remarks === '' ? '' : `  ; ${remarks}`}`,
    ...lines.map((line) => lineText(line, write)),
    '',
    '',
  ].join('\n');
}

/**
 * Oldest first, a page at a time. A journal whose transaction began on the day before and that was
 * numbered after one of today stands under today, since hledger adds up by day.
 */
export async function* hledgerText(db: Database, write: WriteAmount): AsyncGenerator<string> {
  let after = 0n;
  let day = '';
  for (;;) {
    const page = await db.journal.findMany({
      where: { id: { gt: after } },
      include: { postings: { orderBy: { line: 'asc' } } },
      orderBy: { id: 'asc' },
      take: pageSize,
    });
    const last = page.at(-1);
    if (!last) return;
    for (const { id, kind, operationId, corrects, postedAt, postings } of page) {
      const own = postedAt.toISOString().slice(0, 10);
      day = own > day ? own : day;
      const lines = postings.map(({ accountId, asset, amount, balance }) => ({
        account: accountId,
        asset,
        amount: unitsOf(amount),
        balance: unitsOf(balance),
      }));
      yield entryText({ id, kind, operation: operationId, corrects, day, lines }, write);
    }
    after = last.id;
  }
}
