import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findUnmet } from './policy-conditions.ts';
import { clientStanding, riskVerdict, type PolicyFacts } from './policy-facts.ts';
import {
  evaluatePolicy,
  findCapBreach,
  type Policy,
  type PolicyConditions,
  type PolicyRule,
  type PolicyVerdict,
} from './policy.ts';
import { destinationClass } from './scalars.ts';
import { at, policy } from './testing/sample.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const numRuns = isLong ? 20_000 : 1_000;

const figure = fc.constantFrom('0', '10', '11', '50', '1000');
/** At most three conditions, so that rules match now and then. */
const conditions: fc.Arbitrary<PolicyConditions> = fc
  .record({
    kinds: fc.constantFrom<PolicyConditions['kinds']>(
      ['withdrawal'],
      ['withdrawal', 'release'],
      ['release'],
    ),
    named: fc.shuffledSubarray(
      [
        'assets',
        'amountAbove',
        'eurCentsAbove',
        'destinationYoungerThan',
        'firstUse',
        'destinationClasses',
        'velocity',
        'risks',
        'standings',
        'shortfallAbove',
      ],
      { maxLength: 3 },
    ),
    of: fc.record({
      assets: fc.constantFrom(['SOL'], ['SOL'], ['USDC']),
      amountAbove: figure,
      eurCentsAbove: figure,
      destinationYoungerThan: fc.constantFrom(10, 100),
      firstUse: fc.boolean(),
      destinationClasses: fc.subarray(destinationClass.options, { minLength: 1 }),
      velocity: fc.record({
        scope: fc.constantFrom('asset' as const, 'client' as const),
        hours: fc.constantFrom(1, 24),
        above: figure,
      }),
      risks: fc.subarray(riskVerdict.options, { minLength: 1 }),
      standings: fc.subarray(clientStanding.options, { minLength: 1 }),
      shortfallAbove: figure,
    }),
  })
  .map(({ kinds, named, of }) => ({
    kinds,
    ...Object.fromEntries(Object.entries(of).filter(([name]) => named.includes(name))),
  }));
const outcome = fc.constantFrom<PolicyRule['outcome']>(
  { effect: 'deny', reason: 'closed' },
  {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 1 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ],
  },
);
const drafts: fc.Arbitrary<Policy> = fc
  .array(fc.record({ when: conditions, outcome }), { minLength: 1, maxLength: 8 })
  .map((rules) => ({
    ...policy,
    rules: rules.map((rule, place) => ({ ...rule, id: `rule-${place}`, name: `Rule ${place}` })),
  }));

const known: fc.Arbitrary<PolicyFacts> = fc.record({
  kind: fc.constant('withdrawal' as const),
  asset: fc.constant('SOL'),
  amount: fc.constantFrom('5', '11', '500'),
  tier: fc.constant('warm' as const),
  vault: fc.constant('warm-1'),
  client: fc.constant('C-20418'),
  destination: fc.record({
    class: fc.constantFrom(...destinationClass.options),
    ageSeconds: fc.constantFrom(0, 50, 500),
    firstUse: fc.boolean(),
  }),
  eurCents: figure,
  risk: fc.constantFrom(...riskVerdict.options),
  standing: fc.constantFrom(...clientStanding.options),
  shortfall: figure,
  spent: fc.constant(
    (['asset', 'client'] as const).flatMap((scope) =>
      [1, 24].map((hours) => ({ scope, hours, amount: '30' })),
    ),
  ),
  now: fc.constant(at(0)),
});

/** What somebody may keep back. */
const secrets = ['destination', 'eurCents', 'risk', 'standing', 'shortfall', 'spent'] as const;
function without(facts: PolicyFacts, kept: readonly (typeof secrets)[number][]): PolicyFacts {
  const left = Object.fromEntries(
    Object.entries(facts).filter(([name]) => !kept.some((fact) => fact === name)),
  );
  return { ...left, spent: kept.includes('spent') ? [] : facts.spent } as PolicyFacts;
}

test('the first rule whose conditions hold decides, and the trace has one line for each rule up to it', () => {
  const seen = { decided: 0, fellThrough: 0 };
  fc.assert(
    fc.property(drafts, known, (draft, facts) => {
      const verdict = evaluatePolicy(draft, facts);
      const place = draft.rules.findIndex(({ when }) => findUnmet(when, facts).unmet === null);
      expect(findCapBreach(draft, facts)).toBeNull();
      if (place === -1) {
        seen.fellThrough += 1;
        expect(verdict).toMatchObject({ rule: null, missing: null, outcome: { effect: 'deny' } });
        expect(verdict.trace).toHaveLength(draft.rules.length);
      } else {
        seen.decided += 1;
        expect(verdict.rule).toBe(draft.rules[place]?.id);
        expect(verdict.outcome).toEqual(draft.rules[place]?.outcome);
        expect(verdict.trace).toHaveLength(place + 1);
      }
      for (const [line, entry] of verdict.trace.entries()) {
        expect(entry.rule).toBe(draft.rules[line]?.id);
        expect(entry.matched).toBe(entry.unmet === null);
        expect(entry.matched).toBe(line === place);
      }
    }),
    { numRuns },
  );
  expect(seen.decided).toBeGreaterThan(numRuns / 10);
  expect(seen.fellThrough).toBeGreaterThan(numRuns / 50);
});

/** The answer, without which of the conditions that don't hold was met first. */
const answerOf = ({ outcome: of, rule, missing, trace }: PolicyVerdict) => ({
  of,
  rule,
  missing,
  looked: trace.map(({ rule: id, matched }) => ({ id, matched })),
});

test('keeping facts back leaves the answer as it is or makes it a no; it never lets another rule decide', () => {
  const seen = { same: 0, missing: 0 };
  fc.assert(
    fc.property(
      drafts,
      known,
      fc.subarray([...secrets], { minLength: 1 }),
      (draft, facts, kept) => {
        const full = evaluatePolicy(draft, facts);
        const less = evaluatePolicy(draft, without(facts, kept));
        if (less.missing === null) {
          seen.same += 1;
          expect(answerOf(less)).toEqual(answerOf(full));
          return;
        }
        seen.missing += 1;
        expect(less.outcome.effect).toBe('deny');
        expect(less.rule).toBeNull();
        // It stopped at a rule that all facts would have got to as well, or would have decided.
        expect(less.trace.length).toBeLessThanOrEqual(full.trace.length);
        expect(less.trace.slice(0, -1).every(({ matched }) => !matched)).toBe(true);
      },
    ),
    { numRuns },
  );
  expect(seen.same).toBeGreaterThan(numRuns / 10);
  expect(seen.missing).toBeGreaterThan(numRuns / 10);
});

test('an allowance under some facts stands whatever the facts turn out to be that nobody knew', () => {
  fc.assert(
    fc.property(
      drafts,
      known,
      known,
      fc.subarray([...secrets], { minLength: 1 }),
      (draft, facts, others, kept) => {
        const less = evaluatePolicy(draft, without(facts, kept));
        if (less.missing !== null) return;
        const learnt = Object.fromEntries(kept.map((name) => [name, others[name]]));
        expect(answerOf(evaluatePolicy(draft, { ...facts, ...learnt }))).toEqual(answerOf(less));
      },
    ),
    { numRuns },
  );
});

test('a rule about a shortfall above a bound holds for exactly the larger ones, and for no unknown one', () => {
  const units = fc.bigInt({ min: 0n, max: 10n ** 78n - 1n });
  const seen = { above: 0, below: 0 };
  fc.assert(
    fc.property(
      known,
      units,
      fc.oneof(units, fc.bigInt({ min: -1n, max: 1n })),
      (facts, bound, other) => {
        // Half of the time next to the bound, where one more or less counts.
        const near = bound + other;
        const shortfall = other > 1n ? other : near < 0n ? 0n : near;
        const when: PolicyConditions = {
          kinds: ['withdrawal'],
          assets: ['SOL'],
          shortfallAbove: bound.toString(),
        };
        const isAbove = shortfall > bound;
        seen[isAbove ? 'above' : 'below'] += 1;
        const told = { ...facts, shortfall: shortfall.toString() };
        expect(findUnmet(when, told).unmet).toBe(isAbove ? null : 'shortfall');
        const { shortfall: _kept, ...silent } = facts;
        expect(findUnmet(when, silent)).toEqual({ unmet: 'shortfall', isMissing: true });
      },
    ),
    { numRuns },
  );
  expect(Math.min(seen.above, seen.below)).toBeGreaterThan(numRuns / 10);
});
