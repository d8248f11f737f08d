import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { isAdmitted } from './admission.ts';
import { findGrantEnd, loadGrantEnds } from './grant-end.ts';
import { hashToken } from './hash-token.ts';
import { openSession } from './sessions.ts';

/**
 * Trades a one-time ticket for a session secret. Called by next-auth's credentials provider.
 * @returns null for a ticket that is unknown, used, over or of a key that no longer counts; the caller says no more than that.
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
    const key = await tx.credential.findUniqueOrThrow({
      where: { id: row.credentialId },
      include: { operator: { select: { status: true } } },
    });
    // The key may have been stopped or its person suspended since it was pressed.
    if (!(await isAdmitted(tx, key.operator.status, key.status))) return null;
    if (findGrantEnd(await loadGrantEnds(tx, row), now)) return null;
    const sessionToken = await openSession(tx, row, now);
    return { operatorId: row.operatorId, sessionToken };
  });
}
