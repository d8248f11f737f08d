/** What a withdrawal is worth in euro, for whoever reads it. The parties take no part of this. */
import type { Database } from '#lib/platform/db/client.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { subjectOf } from '#lib/protocol/facts-of.ts';
import { movesCoins, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { eurCentsOf } from '#lib/protocol/signed-facts.ts';
import { newestFact } from './fact-cache.ts';

export type EurValue = {
  /** "1,234.56", rounded up to the cent as the policy counts it. */
  eur: string;
  /** EUR for one whole unit, with six decimals. */
  price: string;
  source: string;
  /** ISO instant at which the source looked. */
  observedAt: string;
};

/**
 * @param at the price is the newest signed one of then that the policy does not hold for too old.
 * @returns null for what moves nothing, and where no source has said a price.
 */
export async function findEurValue(
  intent: Intent,
  { policy, at }: { policy: Policy; at: Date },
  db: Database,
): Promise<EurValue | null> {
  if (!movesCoins(intent)) return null;
  const subject = subjectOf(intent);
  const sources = (policy.sources ?? []).filter(({ fact }) => fact === 'price');
  const found = await Promise.all(
    sources.map((source) => newestFact(db, { source, policy, subject, now: at })),
  );
  const values = found.flatMap((signed) => {
    if (signed?.fact.fact !== 'price') return [];
    const { fact } = signed;
    return [{ cents: eurCentsOf(BigInt(intent.amount), fact), fact }];
  });
  // The dearest, as the policy takes it.
  const [dearest] = values.sort((a, b) => (a.cents < b.cents ? 1 : -1));
  if (!dearest) return null;
  const { cents, fact } = dearest;
  return {
    eur: formatAmount(cents, 2),
    price: formatAmount(BigInt(fact.microEur), 6),
    source: fact.source,
    observedAt: fact.observedAt,
  };
}
