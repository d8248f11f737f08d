/** Asks a running party over its own local door; for whoever sits at its machine. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { createChannel } from '../client/channel.ts';
import { adminSocketPath } from './admin-socket.ts';

const refusal = z.object({ ok: z.literal(false), sentence: z.string().max(1000) });
const shown = z.object({ ok: z.literal(true), text: z.string() });
const coded = z.object({
  ok: z.literal(true),
  code: z.string().max(20),
  isAsked: z.boolean().nullable(),
});

export type ShowOutcome = { ok: true; text: string } | { ok: false; sentence: string };

const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 1024 * 1024;

const notRunning =
  'The party does not answer at its data folder. Start it, and run this as the user that it runs as, on its own machine.';

const codeWords = (code: string, isAsked: boolean | null, person: string): string =>
  [
    '',
    `Code of ${person}: ${code}`,
    isAsked === false
      ? '  Policy asks for no code for this operation.'
      : '  To be typed on the console by that person alone, after comparing amount, address and digest.',
  ].join('\n');

/**
 * @param of.dataFolder of the party that runs.
 * @param of.person whose code is wanted; null for the operation alone.
 * @returns what the party says about the operation, as text for a terminal.
 */
export async function showOperation(of: {
  party: string;
  dataFolder: string;
  operation: string;
  person: string | null;
}): Promise<ShowOutcome> {
  const path = adminSocketPath(of.dataFolder);
  if (path === null)
    return {
      ok: false,
      sentence:
        "The path of the party's data folder is too long for its local door. Use the party's page, or a shorter path.",
    };
  if (!existsSync(path)) return { ok: false, sentence: notRunning };
  const address = { name: of.party, rpc: `unix:${path}`, origin: '', expected: 'online' } as const;
  const channel = createChannel(address, { timeoutMs: TIMEOUT_MS, answerMax: ANSWER_MAX });
  try {
    const { party, operation, person } = of;
    const view = await ask(channel.post('/show', JSON.stringify({ party, operation })), shown);
    if (!view.ok || person === null) return view.ok ? { ok: true, text: view.value.text } : view;
    const code = await ask(
      channel.post('/code', JSON.stringify({ party, operation, person })),
      coded,
    );
    if (!code.ok) return code;
    const words = codeWords(code.value.code, code.value.isAsked, person);
    return { ok: true, text: `${view.value.text}\n${words}` };
  } finally {
    channel.close();
  }
}

async function ask<T>(
  reply: ReturnType<ReturnType<typeof createChannel>['post']>,
  form: z.ZodType<T>,
): Promise<{ ok: true; value: T } | { ok: false; sentence: string }> {
  const given = await reply;
  if (!given.ok) return { ok: false, sentence: notRunning };
  const good = form.safeParse(given.body);
  if (good.success) return { ok: true, value: good.data };
  const no = refusal.safeParse(given.body);
  return no.success
    ? { ok: false, sentence: no.data.sentence }
    : { ok: false, sentence: 'The party answered in a form that this command does not know.' };
}
