import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lockHold } from './asset-hold.ts';

const form = z.strictObject({ decision: z.uuid() });

/**
 * Takes one's own first word about a chain back, before anybody has agreed to it. No key is pressed: it only takes
 * something away, and whoever has the web server can keep words back anyway.
 */
export async function withdrawChainWord(
  actor: Actor,
  input: unknown,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<null>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const read = form.safeParse(input);
  const gone = refuse(
    'page-outdated',
    'There is no word of yours that waits here: somebody has agreed, or it was taken back. Load the page again.',
  );
  if (!read.success) return gone;
  const { decision: id } = read.data;
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const found = await tx.chainDecision.findUnique({ where: { id }, select: { hold: true } });
    if (!found) return gone;
    const { chain, incident } = found.hold;
    // Whoever agrees at this moment comes before, or finds it gone.
    await lockHold(tx, { chain, asset: null, reason: 'chain-reorganised' });
    const at = clock();
    const { personId: firstBy } = actor;
    const { count } = await tx.chainDecision.updateMany({
      where: { id, firstBy, secondBy: null, withdrawnAt: null },
      data: { withdrawnAt: at },
    });
    if (count === 0) return gone;
    await appendAudit(tx, {
      kind: 'chain-decision-withdrawn',
      subject: chain,
      actor: firstBy,
      at,
      facts: { incident },
    });
    await publish(tx, { topic: 'alarms', id: null });
    return ok(null);
  });
}
