/** Answers one question of a console as the source of shortfalls. */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { assetCode } from '#lib/protocol/scalars.ts';
import type { SignedFact } from '#lib/protocol/signed-facts.ts';
import { questionHead } from '../sources/question.ts';
import { signWith } from '../sources/source-keys.ts';
import { readShortfall } from './read-books.ts';

/** As the policy names the sandbox's source of shortfalls. */
export const booksSourceName = 'sandbox-books';

const question = z.strictObject({ ...questionHead, fact: z.literal('books'), asset: assetCode });

export type Books = { url: string; key: KeyObject; now: () => Date };

/** @returns null for what is no question to this source, or about what it does not know. */
export async function answerBooks(
  asked: unknown,
  { url, key, now }: Books,
): Promise<SignedFact | null> {
  const parsed = question.safeParse(asked);
  if (!parsed.success) return null;
  const { organisation, environment, source, asset } = parsed.data;
  if (source !== booksSourceName || environment !== 'sandbox') return null;
  // Before it looks: what is found in between is in the next word.
  const at = now();
  const shortfall = await readShortfall(url, asset, at);
  if (shortfall === null) return null;
  return signWith(key, {
    type: 'countersign/fact/v1',
    organisation,
    environment,
    source,
    observedAt: at.toISOString(),
    fact: 'books',
    asset,
    shortfall,
  });
}
