import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

const form = z.strictObject({ outflow: z.uuid() });

/**
 * Notes that a person has seen an alarm, so that it no longer stands on every page. It explains
 * nothing: the incident stays open, and reconciliation keeps its break.
 */
export async function seeOutflow(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<null>> {
  const refused = lacksScope(actor, 'stop:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return unknown();
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const found = await tx.outflow.findUnique({ where: { id: asked.data.outflow } });
    if (!found) return unknown();
    const { count } = await tx.outflowSeen.createMany({
      data: [{ outflowId: found.id, personId: actor.personId, at: now }],
      skipDuplicates: true,
    });
    if (count === 0) return ok(null);
    await appendAudit(tx, {
      kind: 'outflow-seen',
      subject: found.vaultId,
      actor: actor.personId,
      at: now,
      facts: { txid: found.txid, incident: found.incident },
    });
    await publish(tx, { topic: 'alarms', id: found.vaultId });
    return ok(null);
  });
}

const unknown = () => refuse('outflow-unknown', 'There is no such outflow on record.');
