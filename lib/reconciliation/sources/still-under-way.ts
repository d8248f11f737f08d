/** Which movements of a vault the console will yet book: its own payments, and deposits that its watcher has seen. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Item } from '../matching/item.ts';

/**
 * @param of.open of earlier runs, since what was under way may have come to its end.
 * @param of.found since then; what a reorganisation brings a second time stays one.
 * @returns all of them, each with whether its other side is on its way.
 */
export async function stillUnderWay(
  { id, chain }: { id: string; chain: string },
  of: { open: readonly Item[]; found: readonly Item[] },
  db: Database,
): Promise<Item[]> {
  const known = new Set(of.open.map(({ ref }) => ref));
  const items = [...of.open, ...of.found.filter(({ ref }) => !known.has(ref))];
  const ids = [...new Set(items.flatMap(({ transaction }) => transaction ?? []))];
  const [sent, pending] = await Promise.all([
    db.chainTransaction.findMany({
      where: { txid: { in: ids }, phase: { notIn: ['confirmed', 'failed'] } },
      select: { txid: true },
    }),
    db.depositPending.findMany({
      where: { chain, vaultId: id, txid: { in: ids } },
      select: { txid: true },
    }),
  ]);
  const underWay = new Set<string | null>([...sent, ...pending].map(({ txid }) => txid));
  underWay.delete(null);
  return items.map((item) => ({ ...item, underWay: underWay.has(item.transaction) }));
}
