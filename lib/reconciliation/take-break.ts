import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { breakTarget } from './breaks/break-form.ts';
import { moveBreak, type StepRefusal } from './breaks/move-break.ts';

const form = z.strictObject(breakTarget);

/** Makes the actor the one who sees to a break. */
export async function takeBreak(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }, StepRefusal | 'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Choose a break from the list.');
  const event = { what: 'taken', by: actor.personId } as const;
  return moveBreak(actor, { ...parsed.data, event, text: null }, context);
}
