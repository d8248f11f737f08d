/**
 * A colleague at the page of the party of their group: asks for the code of the second channel as a
 * person's browser does, with the software key.
 */
import { z } from 'zod';
import { refuse, ok, type Result } from '#lib/platform/result.ts';
import type { KeyRingEntry } from './key-ring.ts';

const TIMEOUT_MS = 10_000;

const refusedAnswer = z.looseObject({ ok: z.literal(false), sentence: z.string().max(500) });
export const preparedAnswer = z.looseObject({
  ok: z.literal(true),
  press: z.looseObject({ challenge: z.string().max(100) }),
  hand: z.looseObject({}),
});
const shownAnswer = z.looseObject({ ok: z.literal(true), code: z.string().max(40) });

export type AskedCode = { operation: string; intentDigest: string; attempt: number };

/** Sends what the party's own script would send. @throws where it does not answer, or not in the agreed form */
export async function postToParty<T>(
  origin: string,
  path: string,
  body: object,
  shape: z.ZodType<T>,
) {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return z.union([shape, refusedAnswer]).parse(await response.json());
}

const away = (): Result<string> =>
  refuse(
    'party-away',
    'The party whose code is asked for does not answer. Start it and try again.',
  );

/** @param origin of the party of the colleague's group. */
export async function readCodeAs(
  { operatorId, authenticator }: Pick<KeyRingEntry, 'operatorId' | 'authenticator'>,
  origin: string,
  { attempt, ...of }: AskedCode,
): Promise<Result<string>> {
  try {
    const ask = { who: { person: operatorId }, ask: { ...of, attempt: String(attempt) } };
    const prepared = await postToParty(origin, '/code/prepare', ask, preparedAnswer);
    if (!prepared.ok) return refuse('code-refused', prepared.sentence);
    const assertion = authenticator.assert({ challenge: prepared.press.challenge, origin });
    const shown = await postToParty(origin, '/code', { ...prepared.hand, assertion }, shownAnswer);
    return shown.ok ? ok(shown.code) : refuse('code-refused', shown.sentence);
  } catch {
    return away();
  }
}
