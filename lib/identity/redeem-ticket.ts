import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { hashToken } from './hash-token.ts';
import { openSession } from './sessions.ts';

/**
 * Trades a one-time ticket for a session secret. Called by next-auth's credentials provider.
 * @returns null for a ticket that is unknown, used or over; the caller says no more than that.
 */
export async function redeemTicket(
  ticket: string,
  context: Context,
): Promise<{ operatorId: string; sessionToken: string } | null> {
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const tokenHash = hashToken(ticket);
    const { count } = await tx.loginTicket.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (count === 0) return null;
    const row = await tx.loginTicket.findUniqueOrThrow({ where: { tokenHash } });
    const sessionToken = await openSession(tx, row, now);
    return { operatorId: row.operatorId, sessionToken };
  });
}
