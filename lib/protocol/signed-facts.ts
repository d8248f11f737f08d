/**
 * Facts that somebody outside knows and signs: prices, verdicts about addresses, standings of
 * clients, what the books are short of. A policy names the sources whose word counts, with their keys and a highest age. What
 * carries them may be hostile: a fact without a good signature, or about something else, refuses
 * the whole set, because nobody honest sends one.
 */
import { z } from 'zod';
import {
  clientStanding,
  riskVerdict,
  type ClientStanding,
  type RiskVerdict,
} from './policy-facts.ts';
import type { FactSource, Policy } from './policy.ts';
import { isSignedBy } from './ed25519-verify.ts';
import {
  address,
  amount,
  assetCode,
  chainId,
  clientId,
  environment,
  instant,
  signatureHex,
  slug,
} from './scalars.ts';
import { taggedBytes } from './statement.ts';

const common = {
  type: z.literal('countersign/fact/v1'),
  organisation: slug,
  environment,
  source: slug,
  /** When the source looked. */
  observedAt: instant,
} as const;

export const priceFact = z.strictObject({
  ...common,
  fact: z.literal('price'),
  asset: assetCode,
  /** Smallest units in one whole unit, as a power of ten. */
  decimals: z.int().min(0).max(30),
  /** Millionths of a euro for one whole unit. */
  microEur: z.string().regex(/^[1-9]\d{0,30}$/),
});
export const riskFact = z.strictObject({
  ...common,
  fact: z.literal('risk'),
  chain: chainId,
  address,
  verdict: riskVerdict,
});
export const standingFact = z.strictObject({
  ...common,
  fact: z.literal('standing'),
  client: clientId,
  standing: clientStanding,
});
export const booksFact = z.strictObject({
  ...common,
  fact: z.literal('books'),
  asset: assetCode,
  /**
   * The largest open difference by which less is there than the books say, timing aside; smallest
   * unit, 0 when there is none.
   */
  shortfall: amount,
});

export const fact = z.discriminatedUnion('fact', [priceFact, riskFact, standingFact, booksFact]);
export type Fact = z.infer<typeof fact>;
export type PriceFact = z.infer<typeof priceFact>;

export const signedFact = z.strictObject({
  fact,
  /** Ed25519 over the type and the canonical text, each behind its length. */
  signature: signatureHex,
});
export type SignedFact = z.infer<typeof signedFact>;

/** The bytes a source signs. */
export const factBytes = (of: Fact): Uint8Array => taggedBytes(of);

/** How far ahead of the party's clock a fact may be dated, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

const isAuthentic = ({ fact: of, signature }: SignedFact, { publicKey }: FactSource): boolean =>
  isSignedBy({ publicKey, bytes: factBytes(of), signature });

export type KnownFacts = {
  price: PriceFact | null;
  risk: RiskVerdict | null;
  standing: ClientStanding | null;
  /** The largest open shortfall of the asset, in its smallest unit. */
  books: string | null;
};
/** Where nobody said anything that counts. */
export const nothingKnown: KnownFacts = { price: null, risk: null, standing: null, books: null };

export type FactRefusal =
  | 'fact-malformed'
  | 'fact-source-unknown'
  | 'fact-unauthentic'
  | 'fact-from-the-future';

export type FactSubject = {
  asset: string | null;
  client: string | null;
  destination: { chain: string; address: string } | null;
};

function isAbout(of: Fact, subject: FactSubject): boolean {
  switch (of.fact) {
    case 'price':
    case 'books':
      return of.asset === subject.asset;
    case 'risk':
      return subject.destination?.chain === of.chain && subject.destination.address === of.address;
    case 'standing':
      return of.client === subject.client;
  }
}

const riskOrder: readonly RiskVerdict[] = riskVerdict.options;
const standingOrder: readonly ClientStanding[] = clientStanding.options;
const worse = <T>(order: readonly T[], a: T | null, b: T): T =>
  a !== null && order.indexOf(a) >= order.indexOf(b) ? a : b;

/** Value in cents of a euro, rounded up, so that a limit is never missed by rounding. */
export function eurCentsOf(
  amount: bigint,
  price: Pick<PriceFact, 'decimals' | 'microEur'>,
): bigint {
  const scale = 10n ** BigInt(price.decimals) * 10_000n;
  return (amount * BigInt(price.microEur) + scale - 1n) / scale;
}

/** The higher of two prices, exactly. */
const isHigher = (a: PriceFact, b: PriceFact): boolean =>
  BigInt(a.microEur) * 10n ** BigInt(b.decimals) > BigInt(b.microEur) * 10n ** BigInt(a.decimals);

const larger = (a: string | null, b: string): string =>
  a !== null && BigInt(a) >= BigInt(b) ? a : b;

function addTo(known: KnownFacts, of: Fact): void {
  switch (of.fact) {
    case 'price':
      if (known.price === null || isHigher(of, known.price)) known.price = of;
      break;
    case 'risk':
      known.risk = worse(riskOrder, known.risk, of.verdict);
      break;
    case 'standing':
      known.standing = worse(standingOrder, known.standing, of.standing);
      break;
    case 'books':
      known.books = larger(known.books, of.shortfall);
  }
}

/** Whoever relays could leave the more careful word out, so a fact is known once every source of it spoke. */
function whenAllSpoke(of: {
  sources: readonly FactSource[];
  known: KnownFacts;
  heard: ReadonlySet<FactSource>;
}): KnownFacts {
  const { sources, known, heard } = of;
  const everySpoke = (fact: keyof KnownFacts): boolean =>
    sources.every((source) => source.fact !== fact || heard.has(source));
  return {
    price: everySpoke('price') ? known.price : null,
    risk: everySpoke('risk') ? known.risk : null,
    standing: everySpoke('standing') ? known.standing : null,
    books: everySpoke('books') ? known.books : null,
  };
}

/** Of what is known under each policy the most careful; nothing where one of them knows nothing. */
function merge(all: readonly KnownFacts[]): KnownFacts {
  const merged: KnownFacts = { ...nothingKnown };
  const everyKnows = (fact: keyof KnownFacts): boolean =>
    all.every((known) => known[fact] !== null);
  for (const { price, risk, standing, books } of all) {
    if (price && everyKnows('price')) addTo(merged, price);
    if (risk && everyKnows('risk')) merged.risk = worse(riskOrder, merged.risk, risk);
    if (standing && everyKnows('standing'))
      merged.standing = worse(standingOrder, merged.standing, standing);
    if (books !== null && everyKnows('books')) merged.books = larger(merged.books, books);
  }
  return merged;
}

/** One word of each source that two policies can name. */
const FACTS_MAX = 64;

function parse(candidates: unknown): SignedFact[] | null {
  try {
    return z.array(signedFact).max(FACTS_MAX).safeParse(candidates).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Reads what sources signed. Facts that are too old, or about something else, count for nothing; of
 * several about the same, the most careful counts: the highest price, the worst verdict, the largest shortfall. A fact is
 * known under a policy once every source that it names for the fact spoke; with two policies, when it
 * is known under both.
 * @param candidates from outside; anything at all. Absent means none.
 * @param context.atRaise the policy of the raise, where it was another than the one in force.
 */
export function readFacts(
  candidates: unknown,
  context: { policy: Policy; atRaise?: Policy | undefined; subject: FactSubject; now: string },
): { ok: true; known: KnownFacts } | { ok: false; refusal: FactRefusal } {
  const { policy, atRaise, subject } = context;
  const grounds = (atRaise ? [policy, atRaise] : [policy]).map(({ sources = [] }) => ({
    sources,
    known: { ...nothingKnown },
    heard: new Set<FactSource>(),
  }));
  const parsed = candidates === undefined ? [] : parse(candidates);
  if (!parsed) return { ok: false, refusal: 'fact-malformed' };
  const now = Date.parse(context.now);
  for (const signed of parsed) {
    const { fact: of } = signed;
    const named = grounds.flatMap(({ sources, known, heard }) => {
      const source = sources.find(({ name, fact: kind }) => name === of.source && kind === of.fact);
      return source ? [{ source, known, heard }] : [];
    });
    const own = of.organisation === policy.organisation && of.environment === policy.environment;
    if (named.length === 0 || !own) return { ok: false, refusal: 'fact-source-unknown' };
    // A source may have had another key when the operation was raised.
    const proven = named.filter(({ source }) => isAuthentic(signed, source));
    if (proven.length === 0) return { ok: false, refusal: 'fact-unauthentic' };
    const age = now - Date.parse(of.observedAt);
    if (age < -CLOCK_TOLERANCE) return { ok: false, refusal: 'fact-from-the-future' };
    for (const { source, known, heard } of proven)
      if (age <= source.maxAgeSeconds * 1000 && isAbout(of, subject)) {
        heard.add(source);
        addTo(known, of);
      }
  }
  return { ok: true, known: merge(grounds.map(whenAllSpoke)) };
}
