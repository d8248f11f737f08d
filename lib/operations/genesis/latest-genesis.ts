import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** The genesis document drawn up last; earlier drafts stay on record but count for nothing. */
export const latestGenesis = (db: Database | Tx) =>
  db.genesis.findFirst({ orderBy: [{ createdAt: 'desc' }, { digest: 'asc' }] });
