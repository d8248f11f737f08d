import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientStanding, riskVerdict, type PolicyFacts } from '../policy-facts.ts';
import { evaluatePolicy, type Policy, type PolicyConditions } from '../policy.ts';
import { destinationClass, vaultTier } from '../scalars.ts';
import { policy as sample } from '../testing/sample.ts';
import { findDecidingFacts, groundOf } from './deciding-facts.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 20_000 : 150;
const timeout = isLong ? 20 * 60_000 : 30_000;

const some = <T>(values: readonly T[]): fc.Arbitrary<T[] | undefined> =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 3 });

/** Lists of everything that has few values: with many rules they cover each other in part. */
const when = fc
  .record({
    tiers: some(vaultTier.options),
    destinationClasses: some(destinationClass.options),
    risks: some(riskVerdict.options),
    standings: some(clientStanding.options),
    firstUse: fc.option(fc.boolean(), { nil: undefined, freq: 2 }),
  })
  .map(
    (lists) =>
      Object.fromEntries(
        Object.entries({ kinds: ['withdrawal'], ...lists }).filter(([, of]) => of !== undefined),
      ) as PolicyConditions,
  );

const outcome = { effect: 'deny', reason: 'Not this.' } as const;
const policies = fc.array(when, { minLength: 2, maxLength: 14 }).map((whens): Policy => ({
  ...sample,
  sources: (['risk', 'standing'] as const).map((fact, place) => ({
    name: fact,
    fact,
    publicKey: String(place).repeat(64),
    maxAgeSeconds: 60,
  })),
  rules: whens.map((of, place) => ({ id: `r-${place}`, name: `${place}`, when: of, outcome })),
}));

const everything: PolicyFacts[] = vaultTier.options.flatMap((tier) =>
  destinationClass.options.flatMap((of) =>
    [true, false].flatMap((firstUse) =>
      riskVerdict.options.flatMap((risk) =>
        clientStanding.options.map((standing) => ({
          kind: 'withdrawal' as const,
          asset: 'SOL',
          amount: '1',
          tier,
          vault: 'warm-1',
          client: 'C-20418',
          destination: { class: of, ageSeconds: 10 ** 6, firstUse },
          risk,
          standing,
          spent: [],
          now: '2026-03-02T10:00:00.000Z',
        })),
      ),
    ),
  ),
);

test(
  'a rule has deciding facts exactly when it decides for some of all that there are',
  () => {
    const seen = { decides: 0, covered: 0 };
    fc.assert(
      fc.property(policies, (policy) => {
        const deciding = new Set(everything.map((facts) => evaluatePolicy(policy, facts).rule));
        const ground = groundOf(policy);
        for (const [place, { id }] of policy.rules.entries()) {
          const budget = { steps: 1_000_000 };
          const facts = findDecidingFacts(ground, { kind: 'withdrawal', place }, budget);
          expect(facts !== null, id).toBe(deciding.has(id));
          if (facts === null) seen.covered += 1;
          else {
            if (facts === 'unsure') throw new Error('The search did not end.');
            expect(evaluatePolicy(policy, facts).rule).toBe(id);
            seen.decides += 1;
          }
        }
      }),
      { numRuns: runs },
    );
    expect(seen.covered).toBeGreaterThan(runs / 5);
    expect(seen.decides).toBeGreaterThan(runs);
  },
  timeout,
);
