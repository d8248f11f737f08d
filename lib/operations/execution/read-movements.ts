/** Follows the history of one of our addresses on the chain, from where it was last read. */
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import type { WorkerContext } from './worker-context.ts';

/** Pages read in one pass; the next goes on from there. */
const pagesMax = 10;

/**
 * Gives every movement that came since the last pass to `take`, oldest first. The mark moves on only
 * after a page was taken whole, so `take` may get a movement again and must not mind.
 */
export async function readMovements(
  key: { chain: string; address: string },
  context: WorkerContext,
  take: (movement: Movement) => Promise<void>,
): Promise<void> {
  for (let page = 0; page < pagesMax; page += 1) if (!(await readPage(key, context, take))) return;
}

async function readPage(
  key: { chain: string; address: string },
  context: WorkerContext,
  take: (movement: Movement) => Promise<void>,
): Promise<boolean> {
  const where = { chain_address: key };
  const cursor = await context.db.ownCursor.findUnique({ where });
  const page = await context.solana.getMovements(key.address, { until: cursor?.txid ?? null });
  for (const movement of page.found) await take(movement);
  if (page.cursor !== null && page.cursor !== cursor?.txid) {
    const mark = { txid: page.cursor, updatedAt: context.clock() };
    await context.db.ownCursor.upsert({ where, create: { ...key, ...mark }, update: mark });
  }
  return page.more;
}
