import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { breakTarget, breakText } from './breaks/break-form.ts';
import { moveBreak, type StepRefusal } from './breaks/move-break.ts';

const form = z.strictObject({ ...breakTarget, text: breakText });

/** Adds what somebody found out, or where evidence lies. It moves nothing. */
export async function commentBreak(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }, StepRefusal | 'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'break:comment');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse('form-invalid', parsed.error.issues[0]?.message ?? 'Write a comment.');
  return moveBreak(actor, { ...parsed.data, event: null }, context);
}
