/** People at the desk: they press a key once and hand it in until they know what became of it. */
import { request } from 'node:http';
import { z } from 'zod';
import type { DeskRequest } from './desk.ts';
import { until } from '#scripts/supervisor/testing/processes.ts';

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), refusal: z.object({ code: z.string(), sentence: z.string() }) }),
]);
type Answer = z.infer<typeof answer>;

const pressed = z.object({ session: z.string(), nonce: z.string(), assertion: z.unknown() });

const ANSWER_MS = 20_000;
const PATIENCE_MS = 45_000;

/** Null when there was no answer: the desk was away, or lost what it needed in the middle. */
function askDesk(socketPath: string, wanted: DeskRequest): Promise<Answer | null> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve(null);
    const outgoing = request({
      socketPath,
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    outgoing.once('error', nothing);
    outgoing.once('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.once('error', nothing);
      incoming.once('end', () => {
        resolve(incoming.statusCode === 200 ? answer.parse(JSON.parse(text)) : null);
      });
    });
    outgoing.end(JSON.stringify(wanted));
  });
}

async function askUntilAnswered(socketPath: string, wanted: DeskRequest): Promise<Answer> {
  let given: Answer | null = null;
  await until(
    `the desk answers to ${wanted.do}`,
    async () => (given = await askDesk(socketPath, wanted)) !== null,
    PATIENCE_MS,
  );
  if (given === null) throw new Error('no answer');
  return given;
}

export type Stated =
  /** The desk said that the statement is recorded. */
  | 'acknowledged'
  /** An answer was lost; handed in again, the statement turned out to be recorded already. */
  | 'recorded-before';

/**
 * Presses a person's key on what they want and hands it in, the very same again after every lost
 * answer. @throws when it is refused for another reason than that it was taken before.
 */
export async function state(
  socketPath: string,
  wanted: Exclude<DeskRequest, { do: 'submit' }>,
): Promise<Stated> {
  const press = await askUntilAnswered(socketPath, wanted);
  if (!press.ok) throw new Error(`${wanted.do}: ${press.refusal.code}: ${press.refusal.sentence}`);
  const handed = { do: 'submit' as const, ...pressed.parse(press.value) };
  const taken = await askUntilAnswered(socketPath, handed);
  if (taken.ok) return 'acknowledged';
  if (taken.refusal.code === 'challenge-used') return 'recorded-before';
  throw new Error(`${wanted.do}: ${taken.refusal.code}: ${taken.refusal.sentence}`);
}
