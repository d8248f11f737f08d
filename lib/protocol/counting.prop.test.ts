import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSaid, type Said } from './counting.ts';
import { decide } from './decide.ts';
import type { PolicyFacts } from './policy-facts.ts';
import type { Decision, SignedStatement } from './statement.ts';
import {
  inputFor,
  names,
  NOW,
  policy,
  roster,
  say,
  withdrawal,
  type Name,
} from './testing/sample.ts';

/** Each key press once: making one costs more than checking it. */
const pressed = new Map<string, SignedStatement>();
function sayOnce(name: Name, decision: Decision): SignedStatement {
  const known = pressed.get(`${name} ${decision}`) ?? say(name, decision, withdrawal);
  pressed.set(`${name} ${decision}`, known);
  return known;
}

const said = (name: Name, decision: Decision): Said => {
  const person = roster.people[names.indexOf(name)];
  if (!person) throw new Error('The sample is incomplete.');
  return { person, decision, code: null };
};

const facts: PolicyFacts = {
  kind: 'withdrawal',
  asset: 'SOL',
  amount: withdrawal.amount,
  tier: 'warm',
  vault: 'warm-1',
  client: 'C-20418',
  destination: { class: 'client-wallet', ageSeconds: 864_000, firstUse: false },
  spent: [],
  now: NOW,
};

const other = fc.tuple(
  fc.constantFrom(...names),
  fc.constantFrom<Decision>('approve', 'cosign', 'approve', 'cosign', 'reject'),
);
/**
 * The usual two and a few others, in any part. One raise, as a set without one or with two never
 * comes to the counting.
 */
const sets = fc
  .tuple(
    fc.constantFrom(...names),
    fc.subarray<[Name, Decision]>([
      ['adam', 'approve'],
      ['cora', 'cosign'],
    ]),
    fc.array(other, { maxLength: 2 }),
  )
  .map(([raiser, usual, others]): [Name, Decision][] => [[raiser, 'raise'], ...usual, ...others])
  // A person says one thing once: the same key press twice is refused before the counting.
  .filter((all) => new Set(all.map((entry) => entry.join(' '))).size === all.length);

test('where all else is in order the decision says what the counting says, refusal by refusal', () => {
  let accepted = 0;
  fc.assert(
    fc.property(sets, (all) => {
      const answer = decide(
        inputFor(withdrawal, {
          statements: all.map(([name, decision]) => sayOnce(name, decision)),
        }),
      );
      const counted = countSaid(
        { roster, policy, facts, at: Date.parse(NOW) },
        all.map(([name, decision]) => said(name, decision)),
      );
      // The control party asks for its own group before it asks whether everybody is there.
      const own = { 'own-group-missing': 'statements-incomplete' } as Record<string, string>;
      const refusal = answer.ok ? null : (own[answer.refusal] ?? answer.refusal);
      expect(refusal).toBe(counted);
      if (answer.ok) accepted += 1;
    }),
    { numRuns: 250 },
  );
  expect(accepted).toBeGreaterThan(10);
});
