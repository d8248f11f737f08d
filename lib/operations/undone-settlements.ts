/** Settled payments that their chain took back and that are not final again: what people read of them. */
import type { Database } from '#lib/platform/db/client.ts';

/** Named in a sentence; of the others it says how many. */
const namedMax = 20;

export type Undone = {
  chain: string;
  number: string;
  /** What has taken its place, finally; null while it can still run. */
  replaced: Replaced | null;
};

type Replaced = {
  by: string;
  /** Whether that is another transaction of the same operation, which pays the same to the same. */
  isOwn: boolean;
};

/** The newest first, at most a thousand. */
export async function undoneSettlements(db: Database): Promise<Undone[]> {
  const rows = await db.undoneSettlement.findMany({
    where: { backAt: null },
    orderBy: [{ foundAt: 'desc' }, { id: 'asc' }],
    select: {
      supersededBy: true,
      transaction: {
        select: {
          chain: true,
          operation: { select: { number: true, transactions: { select: { txid: true } } } },
        },
      },
    },
    take: 1_000,
  });
  return rows.map(({ supersededBy, transaction: { chain, operation } }) => ({
    chain,
    number: operation.number,
    replaced: supersededBy === null ? null : replacedBy(supersededBy, operation.transactions),
  }));
}

const replacedBy = (by: string, own: readonly { txid: string | null }[]): Replaced => ({
  by,
  isOwn: own.some(({ txid }) => txid === by),
});

/** Null where there are none. Pure. */
export function undoneSentence(undone: readonly Undone[]): string | null {
  if (undone.length === 0) return null;
  const named = undone
    .slice(0, namedMax)
    .map(({ number, replaced }) => (replaced ? `${number} (${placeWords(replaced)})` : number));
  const rest = undone.length - named.length;
  if (rest > 0) named.push(`${rest} more`);
  return `Settled payments that it took back and that are not final again: ${named.join(', ')}. The books still have them.`;
}

const placeWords = ({ by, isOwn }: Replaced): string =>
  isOwn
    ? `its own replacement ${by} has taken its place and paid the same recipient the same; at most the fee differs`
    : `transaction ${by} has taken its place; see first whom that one paid`;
