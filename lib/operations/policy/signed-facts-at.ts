/** What sources had said at an instant, as the console keeps it. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import {
  nothingKnown,
  readFacts,
  signedFact,
  type FactSubject,
  type KnownFacts,
  type SignedFact,
} from '#lib/protocol/signed-facts.ts';
import { askedOf } from '../facts/fact-cache.ts';

export type FactQuestion = { subject: FactSubject; at: Date };

/** More facts than this about one operation are not read; the decision takes no more either. */
const factsMax = 16;

type Row = { place: number; document: unknown; signature: string };

/** The newest word of every source of a policy for each question, at the instant it names. */
export async function signedFactsAt(
  db: Database,
  { sources = [] }: Policy,
  questions: readonly FactQuestion[],
): Promise<SignedFact[][]> {
  const asked = questions.flatMap(({ subject, at }, place) =>
    sources.flatMap((source) => {
      const about = askedOf(source, subject);
      return about === null ? [] : [{ place, source: source.name, fact: source.fact, about, at }];
    }),
  );
  const found: SignedFact[][] = questions.map(() => []);
  if (asked.length === 0) return found;
  const rows = await db.$queryRaw<Row[]>`
    SELECT q.place, f.document, f.signature
    FROM unnest(
      ${asked.map(({ place }) => place)}::int[], ${asked.map(({ source }) => source)}::text[],
      ${asked.map(({ fact }) => fact)}::text[], ${asked.map(({ about }) => about)}::text[],
      ${asked.map(({ at }) => at.toISOString())}::timestamptz[]
    ) AS q(place, source, fact, subject, at)
    CROSS JOIN LATERAL (
      SELECT document, signature FROM signed_fact s
      WHERE s.source = q.source AND s.fact = q.fact AND s.subject = q.subject
        AND s.observed_at <= q.at
      ORDER BY s.observed_at DESC LIMIT 1
    ) f`;
  for (const { place, document, signature } of rows) {
    // A row that was changed by hand is no word of anybody.
    const read = signedFact.safeParse({ fact: document, signature });
    if (read.success) found[place]?.push(read.data);
  }
  return found;
}

/**
 * What counts of it under a policy: signed by the sources it names, and not too old. A word that is
 * not what its source signed makes all of it count for nothing, as at the parties.
 */
export function knownUnder(
  policy: Policy,
  signed: readonly SignedFact[],
  { subject, at }: FactQuestion,
): KnownFacts {
  if (signed.length === 0) return nothingKnown;
  const candidates = signed.slice(0, factsMax);
  const read = readFacts(candidates, { policy, subject, now: at.toISOString() });
  return read.ok ? read.known : nothingKnown;
}
