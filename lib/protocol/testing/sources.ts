/** Sources that sign facts about the sample, with keys made for each run. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { FactSource } from '../policy.ts';
import { factBytes, type Fact, type SignedFact } from '../signed-facts.ts';
import { at, policy, withdrawal } from './sample.ts';

const facts = {
  exchange: 'price',
  bank: 'price',
  screening: 'risk',
  compliance: 'standing',
  reconciliation: 'books',
} as const;
export type SourceName = keyof typeof facts;
export const sourceNames = Object.keys(facts) as SourceName[];

const pairs = Object.fromEntries(
  sourceNames.map((name) => [name, generateKeyPairSync('ed25519')]),
) as Record<SourceName, { publicKey: KeyObject; privateKey: KeyObject }>;

/** In seconds: how long what a sample source says counts. */
export const MAX_AGE = 100;

/** The source as a policy names it; anything can be changed. */
export function sourceOf(name: SourceName, changes: Partial<FactSource> = {}): FactSource {
  const raw = pairs[name].publicKey.export({ format: 'jwk' }).x ?? '';
  const publicKey = Buffer.from(raw, 'base64url').toString('hex');
  return { name, fact: facts[name], publicKey, maxAgeSeconds: MAX_AGE, ...changes };
}

/** The sample policy with every source named. */
export const policyWithSources = { ...policy, sources: sourceNames.map((name) => sourceOf(name)) };

/** Signs a fact with the key of one source, whoever it says it is from. */
export const signFact = (of: Fact, by: SourceName): SignedFact => ({
  fact: of,
  signature: sign(null, factBytes(of), pairs[by].privateKey).toString('hex'),
});

const { organisation, environment } = policy;
const head = (source: SourceName, ageSeconds: number) =>
  ({
    type: 'countersign/fact/v1',
    organisation,
    environment,
    source,
    observedAt: at(-ageSeconds),
  }) as const;

/** One SOL is worth so many euros. */
export const priceOf = (
  euros: number,
  { by = 'exchange', ageSeconds = 10 }: { by?: 'exchange' | 'bank'; ageSeconds?: number } = {},
): Fact => ({
  ...head(by, ageSeconds),
  fact: 'price',
  asset: withdrawal.asset,
  decimals: 9,
  microEur: String(euros * 1_000_000),
});

/** About the address of the sample withdrawal. */
export const riskOf = (verdict: 'low' | 'medium' | 'high' | 'severe', ageSeconds = 10): Fact => ({
  ...head('screening', ageSeconds),
  fact: 'risk',
  chain: withdrawal.chain,
  address: withdrawal.destination.address,
  verdict,
});

/** About the client of the sample withdrawal. */
export const standingOf = (
  standing: 'good' | 'under-review' | 'blocked',
  ageSeconds = 10,
): Fact => ({
  ...head('compliance', ageSeconds),
  fact: 'standing',
  client: withdrawal.client,
  standing,
});

/** The books are short of so many smallest units of the sample withdrawal's asset. */
export const booksOf = (shortfall: string, ageSeconds = 10): Fact => ({
  ...head('reconciliation', ageSeconds),
  fact: 'books',
  asset: withdrawal.asset,
  shortfall,
});
