import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { correctionTarget, correctionText } from './correction-form.ts';
import { endCorrection, type EndRefusal } from './end-correction.ts';

const form = z.strictObject({ ...correctionTarget, text: correctionText });

/** Says no to what somebody else raised. It needs no key: it only keeps the books as they are. */
export async function declineCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ number: string }, EndRefusal | 'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'correction:approve');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse('form-invalid', parsed.error.issues[0]?.message ?? 'Say why you decline it.');
  return endCorrection({ ...parsed.data, what: 'declined', by: actor.personId }, context);
}
