/** A colleague at a party's own page, rejecting an operation there as a person's browser does: no console takes part. */
import { z } from 'zod';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { KeyRingEntry } from './key-ring.ts';
import { postToParty, preparedAnswer } from './read-code.ts';

const takenAnswer = z.looseObject({ ok: z.literal(true), goTo: z.string().max(200) });

/**
 * @param origin of the party.
 * @returns the path at which every party that has heard of it says so.
 */
export async function sayNoAs(
  { operatorId, authenticator }: Pick<KeyRingEntry, 'operatorId' | 'authenticator'>,
  origin: string,
  of: { operation: string; intentDigest: string; attempt: number },
): Promise<Result<string>> {
  const { attempt, ...named } = of;
  const ask = { what: 'reject', ...named, attempt: String(attempt), reason: 'other', note: '' };
  const prepared = await postToParty(
    origin,
    '/no/prepare',
    { who: { person: operatorId }, ask },
    preparedAnswer,
  );
  if (!prepared.ok) return refuse('no-refused', prepared.sentence);
  const assertion = authenticator.assert({ challenge: prepared.press.challenge, origin });
  const taken = await postToParty(origin, '/no', { ...prepared.hand, assertion }, takenAnswer);
  return taken.ok ? ok(taken.goTo) : refuse('no-refused', taken.sentence);
}
