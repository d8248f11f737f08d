import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Actor } from './actor.ts';
import { endSessions } from './sessions.ts';

const ending = z.strictObject({ session: z.uuid() });

/** Ends one of the actor's own sessions, wherever it is open. Another person's is as good as unknown. */
export async function endSession(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ ended: number }>> {
  const form = ending.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose one of your open sessions.');
  const ended = await end(actor, { id: form.data.session }, context);
  if (ended === 0)
    return refuse('session-not-open', 'This session is not open any more. Reload the page.');
  return ok({ ended });
}

/** Ends all of the actor's sessions but the one that asks. */
export async function endOtherSessions(
  actor: Actor,
  context: Context,
): Promise<Result<{ ended: number }>> {
  return ok({ ended: await end(actor, { id: { not: actor.sessionId } }, context) });
}

function end(
  actor: Actor,
  which: { id: string | { not: string } },
  context: Context,
): Promise<number> {
  const { personId } = actor;
  return inTransaction(context.db, async (tx) => {
    const ended = await endSessions(
      tx,
      { personId, by: personId, which, reason: 'ended-from-account' },
      context.clock(),
    );
    await publish(tx, { topic: 'operators', id: personId });
    return ended;
  });
}
