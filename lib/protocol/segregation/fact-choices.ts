/**
 * What the facts of an operation can be, in parts that no condition looks at together. Of endlessly
 * many values those are named that a rule can tell apart, and of these the ones that are best for
 * whoever wants one rule, the aim, to decide:
 *
 * - Amounts, sums over windows, values and shortfalls only ever hold a rule when they are above a bound, and an
 *   age when it is below one. So the lowest that the aim allows, and the highest age, hold the fewest
 *   of the rules before it.
 * - Lists name what they hold for. So where the aim names none, a name that is in no list is best.
 * - A fact that no source of the policy can sign is missing. One that a source can sign is there: a
 *   missing fact never lets an operation by a rule that it would not get by with any value.
 */
import { spentQuestions } from '../facts-of.ts';
import { isCoinKind, type IntentKind } from '../intent-kinds.ts';
import { clientStanding, riskVerdict, type PolicyFacts } from '../policy-facts.ts';
import { findCapBreach, type FactSource, type Policy, type PolicyConditions } from '../policy.ts';
import { destinationClass, vaultTier } from '../scalars.ts';

/** Conditions that look at the same facts. */
export type Aspect = readonly Exclude<keyof PolicyConditions, 'kinds'>[];

/** No condition looks at facts of two aspects. */
export const aspects = [
  ['assets', 'amountAbove', 'velocity'],
  ['tiers', 'vaults'],
  ['clients'],
  ['destinationClasses', 'destinationYoungerThan', 'firstUse'],
  ['eurCentsAbove'],
  ['risks'],
  ['standings'],
  ['shortfallAbove'],
  ['hours'],
] as const satisfies readonly Aspect[];

type Aim = { policy: Policy; kind: IntentKind; when: PolicyConditions };

/** Longer than any rule may ask about, in seconds: a hundred years. */
const LONG_LISTED = 3_155_760_000;

const aboveOf = (bound: string | undefined): bigint =>
  bound === undefined ? 1n : BigInt(bound) + 1n;
const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/** A name of the right form that no rule lists. */
function unlisted(make: (number: number) => string, listed: readonly string[]): string {
  const known = new Set(listed);
  let number = 0;
  while (known.has(make(number))) number += 1;
  return make(number);
}

const listedBy = (
  { rules }: Policy,
  of: (when: PolicyConditions) => readonly string[] | undefined,
): string[] => rules.flatMap(({ when }) => of(when) ?? []);

/** What leaves: an asset that has a cap, the least that the aim allows, and what left before. */
function outflows({ policy, kind, when }: Aim): Partial<PolicyFacts>[] {
  if (kind === 'destination-listing') {
    const other = unlisted(
      (number) => `ASSET${number}`,
      listedBy(policy, ({ assets }) => assets),
    );
    return (when.assets ?? [other]).map((asset) => ({ asset }));
  }
  if (!isCoinKind(kind)) return [{}];
  const capped = [...new Set(policy.caps.map(({ asset }) => asset))];
  const amount = aboveOf(when.amountAbove);
  return capped.map((asset) => {
    const spent = spentQuestions([policy], asset).map(({ scope, hours }) => {
      const { velocity } = when;
      const asked = velocity?.scope === scope && velocity.hours === hours;
      const sum = asked ? larger(amount, aboveOf(velocity.above)) : amount;
      return { scope, hours, amount: String(sum - amount) };
    });
    return { asset, amount: String(amount), spent };
  });
}

function places({ policy, kind, when }: Aim): Partial<PolicyFacts>[] {
  const isKeyLife = kind === 'key-refresh' || kind === 'key-repair' || kind === 'key-backup';
  const isNamed = isCoinKind(kind) || kind === 'key-ceremony' || kind === 'proof-of-control';
  if (!isNamed && !isKeyLife) return [{}];
  const other = unlisted(
    (number) => `vault-${number}`,
    listedBy(policy, ({ vaults }) => vaults),
  );
  const known = (when.vaults ?? [other]).flatMap((vault) =>
    vaultTier.options.map((tier) => ({ vault, tier })),
  );
  // A party that lost its share may no longer know where the key belongs.
  return isKeyLife ? [...known, {}] : known;
}

const hasParticulars = (kind: IntentKind): boolean =>
  kind === 'withdrawal' || kind === 'destination-listing';

function clients({ policy, kind, when }: Aim): Partial<PolicyFacts>[] {
  if (!hasParticulars(kind)) return [{}];
  const other = unlisted(
    (number) => `C-${number + 1_000_000}`,
    listedBy(policy, (of) => of.clients),
  );
  return (when.clients ?? [other]).map((client) => ({ client }));
}

function destinations({ kind, when }: Aim): Partial<PolicyFacts>[] {
  if (!hasParticulars(kind)) return [{ destination: null }];
  const isListing = kind === 'destination-listing';
  const bound = when.destinationYoungerThan;
  const ageSeconds = isListing ? 0 : (bound ?? LONG_LISTED) - 1;
  return destinationClass.options.flatMap((of) =>
    (isListing ? [true] : [true, false]).map((firstUse) => ({
      destination: { class: of, ageSeconds, firstUse },
    })),
  );
}

const isSigned = ({ sources = [] }: Policy, fact: FactSource['fact']): boolean =>
  sources.some((source) => source.fact === fact);

/** Values are rounded up, so none is zero. */
function values({ policy, kind, when }: Aim): Partial<PolicyFacts>[] {
  if (!isCoinKind(kind)) return [{ eurCents: null }];
  return isSigned(policy, 'price') ? [{ eurCents: String(aboveOf(when.eurCentsAbove)) }] : [{}];
}

function risks({ policy, kind }: Aim): Partial<PolicyFacts>[] {
  if (!hasParticulars(kind)) return [{ risk: null }];
  return isSigned(policy, 'risk') ? riskVerdict.options.map((risk) => ({ risk })) : [{}];
}

function standings({ policy, kind }: Aim): Partial<PolicyFacts>[] {
  if (!hasParticulars(kind)) return [{ standing: null }];
  return isSigned(policy, 'standing')
    ? clientStanding.options.map((standing) => ({ standing }))
    : [{}];
}

/** The least that holds the aim holds the fewest of the rules before it. */
function shortfalls({ policy, kind, when }: Aim): Partial<PolicyFacts>[] {
  if (!isCoinKind(kind)) return [{ shortfall: null }];
  const { shortfallAbove: bound } = when;
  const shortfall = bound === undefined ? '0' : String(aboveOf(bound));
  return isSigned(policy, 'books') ? [{ shortfall }] : [{}];
}

/** Everything that is not in question, or does not apply. */
export const plainFacts = (kind: IntentKind, now: string): PolicyFacts => ({
  kind,
  asset: null,
  amount: null,
  tier: null,
  vault: null,
  client: null,
  spent: [],
  now,
});

/**
 * The facts that can let the rule with the conditions `when` decide, for each of the
 * {@link aspects} in their order.
 * @param instants as `typicalInstants` gives them for the policy.
 */
export function choicesFor(aim: Aim, instants: readonly string[]): Partial<PolicyFacts>[][] {
  const base = plainFacts(aim.kind, instants[0] ?? '');
  const capped = outflows(aim).filter(
    (choice) => findCapBreach(aim.policy, { ...base, ...choice }) === null,
  );
  return [
    capped,
    places(aim),
    clients(aim),
    destinations(aim),
    values(aim),
    risks(aim),
    standings(aim),
    shortfalls(aim),
    instants.map((now) => ({ now })),
  ];
}
