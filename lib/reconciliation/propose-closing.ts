import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { breakTarget, breakText } from './breaks/break-form.ts';
import { moveBreak, type StepRefusal } from './breaks/move-break.ts';

const form = z.strictObject({
  ...breakTarget,
  text: breakText,
  /** Number of the journal that corrects the books; null to explain the difference. */
  journal: z
    .string()
    .trim()
    .regex(/^[1-9]\d{0,17}$/, 'Give the number of the correcting journal, as its page shows it.')
    .nullable(),
});

export type ProposeRefusal = StepRefusal | 'not-allowed' | 'form-invalid' | 'no-correction';

/** Says why a break can be closed, for somebody else to accept. */
export async function proposeClosing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }, ProposeRefusal>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse('form-invalid', parsed.error.issues[0]?.message ?? 'Say why it can be closed.');
  const { journal, ...step } = parsed.data;
  if (journal !== null) {
    const found = await context.db.journal.findUnique({ where: { id: BigInt(journal) } });
    if (found?.kind !== 'correction')
      return refuse(
        'no-correction',
        `Journal ${journal} is not a correction. Give the number of the journal that corrects the books, or explain the difference instead.`,
      );
  }
  const how = journal === null ? 'explanation' : 'correction';
  const event = { what: 'proposed', proposal: { by: actor.personId, how, journal } } as const;
  return moveBreak(actor, { ...step, event }, context);
}
