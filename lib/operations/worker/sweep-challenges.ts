import type { Context } from '#lib/platform/context.ts';

/** Kept for a day after their end, so that a refusal can still say what happened. */
const keepMs = 24 * 3_600_000;

/** Removes challenges and tickets that can't be used any more; what they led to is on record. */
export async function sweepChallenges(context: Context): Promise<void> {
  const before = new Date(context.clock().getTime() - keepMs);
  await context.db.challenge.deleteMany({ where: { expiresAt: { lt: before } } });
  await context.db.loginTicket.deleteMany({ where: { expiresAt: { lt: before } } });
}
