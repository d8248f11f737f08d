import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { breakTarget, breakText } from './breaks/break-form.ts';
import { moveBreak, type StepRefusal } from './breaks/move-break.ts';

const form = z.strictObject({ ...breakTarget, text: breakText });

/** Says no to what somebody else proposed; the break is open again. */
export async function declineClosing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }, StepRefusal | 'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse('form-invalid', parsed.error.issues[0]?.message ?? 'Say why you decline it.');
  const event = { what: 'declined', by: actor.personId } as const;
  return moveBreak(actor, { ...parsed.data, event }, context);
}
