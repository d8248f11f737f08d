import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { askAtDoor } from './colleagues-door.ts';
import type { Submitted } from './submit-statement.ts';

const form = z.strictObject({ operation: operationId, decision: z.enum(['approve', 'cosign']) });
const answerShape = z.union([
  z.object({
    ok: z.literal(true),
    value: z.object({ operation: z.string(), number: z.string(), state: z.string() }),
  }),
  z.object({ ok: z.literal(false), refusal: z.object({ code: z.string(), sentence: z.string() }) }),
]);

/**
 * Sandbox only: asks a sample colleague to take the next step with a software key, so that one
 * person can try the whole flow. The colleague's statement is an ordinary one and says what it is.
 * @param colleagues Unix socket of the colleagues' process, null outside the sandbox.
 */
export async function askColleague(
  actor: Actor,
  input: unknown,
  colleagues: string | null,
  context: Context,
): Promise<Result<Submitted>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  if (colleagues === null || context.settings.mode !== 'sandbox')
    return refuse('sandbox-only', 'Sample colleagues exist in the sandbox only.');
  const parsed = form.safeParse(input);
  if (!parsed.success) return refuse('form-invalid', 'Ask a colleague to approve or to co-sign.');
  const unreachable = refuse(
    'colleague-unreachable',
    'The sample colleagues do not answer. Reload to see whether they acted.',
  );
  try {
    const asked = await askAtDoor(colleagues, { path: '/', question: parsed.data });
    return asked.ok ? answerShape.parse(asked.value) : unreachable;
  } catch {
    return unreachable;
  }
}
