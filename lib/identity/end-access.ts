import type { Tx } from '#lib/platform/db/transaction.ts';
import { endSessions, type EndReason } from './sessions.ts';

/**
 * Ends a person's open sessions and the sign-ins that were about to open one, in the caller's
 * transaction.
 * @param of.credentialId only what was opened with this key; everything when left out.
 * @returns how many sessions ended.
 */
export async function endAccess(
  tx: Tx,
  of: { personId: string; by: string; reason: EndReason; credentialId?: string },
  now: Date,
): Promise<number> {
  const { personId, by, reason, credentialId } = of;
  const withKey = credentialId === undefined ? {} : { credentialId };
  await tx.loginTicket.updateMany({
    where: { operatorId: personId, usedAt: null, ...withKey },
    data: { usedAt: now },
  });
  return endSessions(tx, { personId, by, which: withKey, reason }, now);
}
