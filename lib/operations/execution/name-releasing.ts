/** Gives their ids to Bitcoin payments of which shares were asked for before the id was put on record with that. */
import { DecodeError } from '#lib/chains/decoded.ts';
import { chainsOfFamily } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { eachApart } from '../each-apart.ts';
import type { TransactionRow } from './chains/chain-adapter.ts';
import { loadMovingIntent } from './chains/source-account.ts';
import { idBeforeSigned } from './note-releasing.ts';

/** There are none but on books from before; those that nobody can read stay. */
const lookedAtMax = 100;

/**
 * Whoever put their shares together can send them, and what is seen on the chain is known for ours by its id. One whose
 * bytes were changed has none here; whoever carries its operation on is told so.
 */
export async function nameReleasing({ db }: { db: Database }): Promise<void> {
  const nameless = await db.chainTransaction.findMany({
    where: { phase: 'releasing', txid: null, chain: { in: chainsOfFamily('bitcoin') } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: lookedAtMax,
  });
  await eachApart(
    nameless,
    ({ operationId }) => `operation ${operationId}`,
    (transaction) => nameOne(transaction, db),
  );
}

async function nameOne(transaction: TransactionRow, db: Database): Promise<void> {
  const { id, operationId } = transaction;
  const intent = await loadMovingIntent(db, operationId);
  const vault = await db.vault.findUniqueOrThrow({
    where: { id: intent.vault },
    include: { key: true },
  });
  const txid = idOf(transaction, { intent, vault });
  if (txid === null) return;
  await db.chainTransaction.updateMany({
    where: { id, phase: 'releasing', txid: null },
    data: { txid },
  });
}

function idOf(...of: Parameters<typeof idBeforeSigned>): string | null {
  try {
    return idBeforeSigned(...of);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
