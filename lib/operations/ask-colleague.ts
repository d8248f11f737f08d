import { request } from 'node:http';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import type { Submitted } from './submit-statement.ts';

const form = z.strictObject({ operation: operationId, decision: z.enum(['approve', 'cosign']) });
const answerShape = z.union([
  z.object({
    ok: z.literal(true),
    value: z.object({ operation: z.string(), number: z.string(), state: z.string() }),
  }),
  z.object({ ok: z.literal(false), refusal: z.object({ code: z.string(), sentence: z.string() }) }),
]);
const timeoutMs = 10_000;
const answerMax = 16_384;

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
  try {
    const text = await post(colleagues.slice('unix:'.length), JSON.stringify(parsed.data));
    return answerShape.parse(JSON.parse(text));
  } catch {
    return refuse(
      'colleague-unreachable',
      'The sample colleagues do not answer. Reload to see whether they acted.',
    );
  }
}

function post(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath,
        path: '/',
        method: 'POST',
        timeout: timeoutMs,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > answerMax) call.destroy(new Error('answer too large'));
        });
        response.on('end', () => resolve(text));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('timed out')));
    call.on('error', reject);
    call.end(body);
  });
}
