import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { digestHex } from '#lib/protocol/scalars.ts';
import { findFoundersClosed } from './founders.ts';

const form = z.strictObject({ leg: digestHex });

/** Takes a cold party out before genesis. A document that names it stays as it is until one is drawn up anew. */
export async function leaveOutColdParty(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ name: string }>> {
  const refused = lacksScope(actor, 'roster:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Reload the page and choose the party again.');
  const { leg } = asked.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const row = await tx.genesisColdParty.findUnique({ where: { leg } });
    if (!row || row.removedAt)
      return refuse('document-unknown', 'This party was left out already, or asked anew.');
    await tx.genesisColdParty.update({
      where: { leg },
      data: { removedBy: actor.personId, removedAt: now },
    });
    await appendAudit(tx, {
      kind: 'cold-party-left-out',
      subject: row.name,
      actor: actor.personId,
      at: now,
      facts: { digest: row.digest },
    });
    await publish(tx, { topic: 'genesis', id: row.name });
    return ok({ name: row.name });
  });
}
