import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { wantedText } from './place.ts';
import { findQueueFull, requestRuns } from './runs/request-runs.ts';

const form = z.strictObject({ wanted: wantedText });

/** Asks the worker to compare now: everything, or one place. @returns id of the request to follow. */
export async function startRun(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ request: string }, 'not-allowed' | 'form-invalid' | 'runs-too-many'>> {
  const refused = lacksScope(actor, 'reconciliation:run');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Choose what to compare from the list.');
  const starter = { who: 'person', person: actor.personId } as const;
  return inTransaction(context.db, async (tx) => {
    const full = await findQueueFull(tx);
    if (full) return full;
    return ok({ request: await requestRuns(tx, parsed.data.wanted, starter, context.clock()) });
  });
}
