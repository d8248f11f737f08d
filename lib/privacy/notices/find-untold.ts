import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Restrictions that were set within a request and of which not every recipient is on record as told. */
export const countUntold = (tx: Tx, requestId: string): Promise<number> =>
  tx.recipientNoticeDuty.count({ where: { restriction: { requestId }, endedAt: null } });

/** A request within which something was restricted is closed once its recipients were told (Article 19). */
export const findUntold = async (tx: Tx, requestId: string): Promise<Refused | null> =>
  (await countUntold(tx, requestId)) === 0
    ? null
    : refuse(
        'restriction-untold',
        'Each recipient is told of the restriction that was set here (Art 19), whatever was decided. Record that, then close it.',
      );
