import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';

const form = z.strictObject({ id: operationId, revision: z.int().min(1) });

/** Takes a draft off the list. The row stays, so that who drafted what can be answered for. */
export async function discardDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<null>> {
  const refused = lacksScope(actor, 'policy:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Name the draft.');
  const { id, revision } = asked.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const written = await tx.policyDraft.updateMany({
      where: { id, revision, discardedAt: null },
      data: {
        updatedBy: actor.personId,
        updatedAt: now,
        revision: revision + 1,
        discardedAt: now,
      },
    });
    if (written.count === 0)
      return refuse(
        'draft-changed',
        'Somebody else saved or discarded this draft meanwhile. Reload the page and look again.',
      );
    await appendAudit(tx, {
      kind: 'policy-draft-discarded',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { revision: revision + 1 },
    });
    await publish(tx, { topic: 'policy', id });
    return ok(null);
  });
}
