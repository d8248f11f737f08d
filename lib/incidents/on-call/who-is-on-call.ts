import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** People on call at a level at this moment, who still have access; none where nobody was put there. */
export async function whoIsOnCall(db: Database | Tx, level: number, at: Date): Promise<string[]> {
  const turns = await db.onCallTurn.findMany({
    where: {
      level,
      fromAt: { lte: at },
      untilAt: { gt: at },
      endedAt: null,
      person: { status: 'active' },
    },
    select: { personId: true },
    orderBy: { personId: 'asc' },
    take: 20,
  });
  return [...new Set(turns.map(({ personId }) => personId))];
}
