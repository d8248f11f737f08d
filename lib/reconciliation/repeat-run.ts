import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { compare, outcomeDigest } from './matching/compare.ts';
import { readInputs } from './runs/read-inputs.ts';

const form = z.strictObject({ run: z.uuid() });

/**
 * Makes a run again on the inputs that it kept, and records whether it comes to the same. Nothing is read
 * from outside and no break is touched.
 */
export async function repeatRun(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ isSame: boolean }, 'not-allowed' | 'form-invalid' | 'run-unknown'>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Choose a run from the list.');
  const run = await context.db.reconciliationRun.findUnique({
    where: { id: parsed.data.run },
    select: { id: true, inputs: true, outcomeDigest: true },
  });
  if (!run) return refuse('run-unknown', 'There is no such run.');
  const digest = outcomeDigest(compare(readInputs(run.inputs)));
  const isSame = digest === run.outcomeDigest;
  const at = context.clock();
  await inTransaction(context.db, async (tx) => {
    await tx.reconciliationRepeat.create({
      data: {
        id: randomUUID(),
        runId: run.id,
        by: actor.personId,
        at,
        outcomeDigest: digest,
        isSame,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'reconciliation-repeated',
      subject: run.id,
      actor: actor.personId,
      at,
      facts: { outcome: digest, isSame },
    });
    await publish(tx, { topic: 'reconciliation', id: run.id });
  });
  return ok({ isSame });
}
