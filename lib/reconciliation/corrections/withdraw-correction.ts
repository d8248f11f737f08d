import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { correctionTarget } from './correction-form.ts';
import { endCorrection, type EndRefusal } from './end-correction.ts';

const form = z.strictObject(correctionTarget);

/** Takes back what one raised oneself. */
export async function withdrawCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ number: string }, EndRefusal | 'not-allowed' | 'form-invalid'>> {
  const refused = lacksScope(actor, 'correction:raise');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Choose a correction from the list.');
  const { id } = parsed.data;
  return endCorrection({ id, what: 'withdrawn', by: actor.personId, text: null }, context);
}
