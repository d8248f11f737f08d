import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DecideInput } from './decide-input.ts';
import { factsOf, subjectOf } from './facts-of.ts';
import { findMismatch } from './intent-match.ts';
import type { Intent } from './intent.ts';
import { policyTightens } from './policy-change.ts';
import type { Policy, PolicyConditions, PolicyRule, Requirement } from './policy.ts';
import { findNeeds, type Needs } from './requirements.ts';
import { readFacts, type SignedFact } from './signed-facts.ts';
import { acceptedInput } from './testing/every-kind.ts';
import { at, destinationListing, keyCeremony, NOW, policy, withdrawal } from './testing/sample.ts';
import {
  booksOf,
  policyWithSources,
  priceOf,
  riskOf,
  signFact,
  standingOf,
} from './testing/sources.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 8_000 : 400;

/** What each source said at two times: within its highest age, and before. */
const sayings: SignedFact[] = [50, 150].flatMap((ageSeconds) => [
  ...[1, 9].flatMap((euros) =>
    (['exchange', 'bank'] as const).map((by) =>
      signFact(priceOf(euros * 1e9, { by, ageSeconds }), by),
    ),
  ),
  ...(['low', 'severe'] as const).map((verdict) =>
    signFact(riskOf(verdict, ageSeconds), 'screening'),
  ),
  ...(['good', 'blocked'] as const).map((standing) =>
    signFact(standingOf(standing, ageSeconds), 'compliance'),
  ),
  ...['0', '90'].map((units) => signFact(booksOf(units, ageSeconds), 'reconciliation')),
]);

const people = fc.constantFrom(1, 1, 2, 3);
const needs: fc.Arbitrary<Requirement[]> = fc
  .record({ control: people, custody: people, recovery: fc.constantFrom(0, 0, 1) })
  .map(({ control, custody, recovery }) => [
    { group: 'control', decision: 'approve', people: control },
    { group: 'custody', decision: 'cosign', people: custody },
    ...(recovery ? [{ group: 'recovery', decision: 'cosign', people: recovery } as const] : []),
  ]);
const outcome: fc.Arbitrary<PolicyRule['outcome']> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ needs, delay: fc.constantFrom(0, 60, 120), channel: fc.boolean() })
      .map(({ needs: list, delay, channel }) => ({
        effect: 'allow' as const,
        needs: list,
        ...(delay ? { delaySeconds: delay } : {}),
        ...(channel ? { secondChannel: true as const } : {}),
      })),
  },
  { weight: 1, arbitrary: fc.constant({ effect: 'deny' as const, reason: 'closed' }) },
);
const conditions: fc.Arbitrary<Omit<PolicyConditions, 'kinds'>> = fc.constantFrom<
  Omit<PolicyConditions, 'kinds'>
>(
  {},
  {},
  { assets: ['SOL'], amountAbove: '10' },
  { eurCentsAbove: '2000' },
  { risks: ['high', 'severe'] },
  { risks: ['low'], standings: ['good'] },
  { standings: ['blocked'] },
  { assets: ['SOL'], shortfallAbove: '40' },
  { destinationYoungerThan: 600 },
  { firstUse: true },
  { assets: ['SOL'], velocity: { scope: 'asset', hours: 24, above: '40' } },
  { assets: ['SOL'], velocity: { scope: 'client', hours: 1, above: '20' } },
  { hours: { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', holds: 'outside' } },
  { destinationClasses: ['exchange'] },
  { tiers: ['warm'] },
);
const kindLists = fc.constantFrom<PolicyRule['when']['kinds']>(
  ['withdrawal'],
  ['withdrawal'],
  ['withdrawal', 'key-ceremony', 'destination-listing'],
  ['key-ceremony'],
);
const bound = fc.constantFrom('20', '50', '100', '200');
const perhaps = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(of, { nil: undefined });
/** Without the members that are undefined: they would have no canonical form. */
const tidy = <T extends object>(of: T): T =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;

const draft: fc.Arbitrary<Policy> = fc
  .record({
    rules: fc.array(fc.record({ kinds: kindLists, when: conditions, outcome }), {
      minLength: 1,
      maxLength: 5,
    }),
    perOperation: bound,
    perDay: perhaps(bound),
    sources: fc.subarray(policyWithSources.sources),
    coolDown: perhaps(fc.constantFrom(300, 900)),
    first: perhaps(bound),
    validity: perhaps(fc.constantFrom(3600, 86_400)),
    keyCap: perhaps(bound),
    audit: fc.boolean(),
    rest: fc.record({
      kinds: fc.constant<PolicyRule['when']['kinds']>([
        'withdrawal',
        'key-ceremony',
        'destination-listing',
      ]),
      when: fc.constant({}),
      outcome: needs.map((list) => ({ effect: 'allow' as const, needs: list })),
    }),
  })
  .map(({ rules, perOperation, perDay, sources, coolDown, first, validity, keyCap, audit, rest }) =>
    tidy({
      ...policy,
      caps: [tidy({ asset: 'SOL', perOperation, perDay })],
      sources,
      book: tidy({
        coolDownSeconds: coolDown,
        firstUseCaps: first === undefined ? undefined : [{ asset: 'SOL', amount: first }],
        validitySeconds: validity,
      }),
      keyCaps: keyCap === undefined ? undefined : [{ asset: 'SOL', perDay: keyCap }],
      audit: audit ? { reportDigest: 'ab'.repeat(32), finishedAt: at(-60) } : undefined,
      rules: [...rules, rest].map((entry, place) => ({
        id: `rule-${place}`,
        name: `Rule ${place}`,
        when: { ...entry.when, kinds: entry.kinds },
        outcome: entry.outcome,
      })),
    }),
  );

/** One part of the next policy: some part of another draft in its place, or a rule in, out or moved. */
type Edit = {
  what: number;
  place: number;
  outcome: PolicyRule['outcome'];
  when: Omit<PolicyConditions, 'kinds'>;
  other: Policy;
  age: number;
};
const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.nat(13),
  place: fc.nat(4),
  outcome,
  when: conditions,
  other: draft,
  age: fc.constantFrom(10, 60, 200),
});

function applied(of: Policy, { what, place, outcome: answer, when, other, age }: Edit): Policy {
  const changedAt = (change: (rule: PolicyRule) => PolicyRule): Policy => ({
    ...of,
    rules: of.rules.map((entry, at) => (at === place % of.rules.length ? change(entry) : entry)),
  });
  const inserted = (rule: PolicyRule): Policy => ({
    ...of,
    rules: of.rules.toSpliced(place, 0, rule),
  });
  const added = {
    id: 'added',
    name: 'Added',
    when: { ...when, kinds: ['withdrawal'] as PolicyRule['when']['kinds'] },
  };
  switch (what) {
    case 0:
    case 1:
      return changedAt((rule) => ({ ...rule, outcome: answer }));
    case 2:
      return changedAt((rule) => ({ ...rule, outcome: { effect: 'deny', reason: 'closed' } }));
    case 3:
      return inserted({ ...added, outcome: { effect: 'deny', reason: 'closed' } });
    case 4:
      return inserted({ ...added, outcome: answer });
    case 5:
      return of.rules.length > 1
        ? { ...of, rules: of.rules.toSpliced(place % of.rules.length, 1) }
        : of;
    case 6:
      return changedAt((rule) => ({ ...rule, when: { ...when, kinds: rule.when.kinds } }));
    case 7:
      return { ...of, rules: of.rules.toReversed() };
    case 8:
      return { ...of, caps: other.caps };
    case 9:
      return tidy({ ...of, book: other.book });
    case 10:
      return tidy({ ...of, keyCaps: other.keyCaps });
    case 11:
      return tidy({ ...of, audit: other.audit });
    case 12:
      return tidy({ ...of, sources: other.sources });
    default:
      return {
        ...of,
        sources: (of.sources ?? []).map((source, at) =>
          at === place ? { ...source, maxAgeSeconds: age } : source,
        ),
      };
  }
}

type World = {
  intent: Intent;
  facts: SignedFact[];
  spent: DecideInput['party']['spent'];
  listedSeconds: number;
  used: boolean;
  now: string;
};
const spentList = fc
  .subarray(['asset', 'vault', 'client', 'destination'] as const)
  .chain((scopes) =>
    fc
      .record({
        amount: fc.constantFrom('0', '15', '45'),
        hours: fc.subarray([1, 24], { minLength: 1 }),
      })
      .map(({ amount, hours }) =>
        scopes.flatMap((scope) => hours.map((of) => ({ scope, hours: of, amount }))),
      ),
  );
const intents: Intent[] = [
  ...['3', '11', '30', '80'].map((amount) => ({ ...withdrawal, amount })),
  keyCeremony,
  destinationListing,
];
const world: fc.Arbitrary<World> = fc.record({
  intent: fc.constantFrom(...intents),
  facts: fc.subarray(sayings, { maxLength: 3 }),
  spent: spentList,
  listedSeconds: fc.constantFrom(100, 500, 2000),
  used: fc.boolean(),
  now: fc.constantFrom(NOW, at(10)),
});

/** What a policy asks of an operation in a world, or null where it says no. */
function asked(
  of: Policy,
  { intent, facts, spent, listedSeconds, used, now }: World,
): Needs | null {
  const input = acceptedInputs.get(intent);
  if (!input) throw new Error('unknown intent');
  const destinations = input.party.destinations.map((entry) => ({
    ...entry,
    used,
    listedAt: at(-listedSeconds),
  }));
  const party = { ...input.party, spent, destinations };
  const read = readFacts(facts, { policy: of, subject: subjectOf(intent), now });
  const known = read.ok ? factsOf(intent, { party, known: read.known, now }) : null;
  const answer = known && findNeeds([of], known);
  if (!answer?.ok) return null;
  return findMismatch(intent, { ...input, policy: of, party, now }) === null ? answer : null;
}
const acceptedInputs = new Map(intents.map((intent) => [intent, acceptedInput(intent)]));

const groupsOf = ({ needs: list }: Needs): string[] =>
  [...new Set(list.map(({ group }) => group))].sort();

test(
  'what the tighter policy allows, the one before allows to no more people, after no longer a wait, by the same groups',
  { timeout: 120_000 },
  () => {
    const seen = { tightenings: 0, allowed: 0, refused: 0 };
    fc.assert(
      fc.property(
        draft,
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        fc.array(world, { minLength: 15, maxLength: 15 }),
        (current, edits, worlds) => {
          const next = edits.reduce(applied, current);
          if (!policyTightens(current, next)) return;
          seen.tightenings += 1;
          const named = new Set((next.sources ?? []).map(({ name }) => name));
          for (const made of worlds) {
            // A fact of a source that is not named refuses everything, so nobody sends one.
            const facts = made.facts.filter(({ fact }) => named.has(fact.source));
            const of = { ...made, facts };
            const after = asked(next, of);
            if (!after) {
              seen.refused += 1;
              continue;
            }
            seen.allowed += 1;
            const before = asked(current, of);
            expect(before).not.toBeNull();
            if (!before) continue;
            for (const { group, decision, people: count } of before.needs)
              expect(
                after.needs.some(
                  (need) =>
                    need.group === group && need.decision === decision && need.people >= count,
                ),
              ).toBe(true);
            expect(groupsOf(after)).toEqual(groupsOf(before));
            expect(after.delaySeconds).toBeGreaterThanOrEqual(before.delaySeconds);
            expect(after.secondChannel || !before.secondChannel).toBe(true);
          }
        },
      ),
      { numRuns: runs },
    );
    // The property says something only when all of these occur.
    expect(seen.tightenings).toBeGreaterThan(runs / 20);
    expect(seen.allowed).toBeGreaterThan(runs / 4);
    expect(seen.refused).toBeGreaterThan(runs / 4);
  },
);
