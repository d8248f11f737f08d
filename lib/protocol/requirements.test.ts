import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intentKind, isStopKind, type IntentKind } from './intent-kinds.ts';
import { findPolicyFault, requirementFloor } from './policy-faults.ts';
import type { PolicyFacts } from './policy-facts.ts';
import type { Policy, PolicyRule, Requirement } from './policy.ts';
import { findNeeds, isMet, strictest, type Voice } from './requirements.ts';
import { refusalOf } from './testing/changed-input.ts';
import { acceptedInput, everyKind, nextPolicy, statementsFor } from './testing/every-kind.ts';
import { NOW, personIdOf, policy, roster, say, type Name } from './testing/sample.ts';

const approve = (people: number): Requirement => ({
  group: 'control',
  decision: 'approve',
  people,
});
const cosign = (people: number): Requirement => ({ group: 'custody', decision: 'cosign', people });
const rule = (kind: IntentKind, needs: Requirement[], more: object = {}): PolicyRule => ({
  id: kind,
  name: kind,
  when: { kinds: [kind] },
  outcome: { effect: 'allow', needs, ...more },
});
const factsOf = (kind: IntentKind): PolicyFacts => ({
  kind,
  asset: null,
  amount: null,
  tier: null,
  vault: null,
  client: null,
  spent: [],
  now: NOW,
});
const withRules = (...rules: PolicyRule[]): Policy => ({ ...policy, rules });

describe('of several policies the strictest of everything counts, and never less than the floor', () => {
  test('needs, wait and second channel', () => {
    const one = withRules(rule('withdrawal', [approve(3), cosign(1)], { delaySeconds: 60 }));
    const two = withRules(rule('withdrawal', [approve(1), cosign(2)], { secondChannel: true }));
    expect(findNeeds([one, two], factsOf('withdrawal'))).toEqual({
      ok: true,
      needs: [approve(3), cosign(2)],
      delaySeconds: 60,
      secondChannel: true,
    });
  });

  test('one that denies, or can not be answered, ends it', () => {
    const open = withRules(rule('withdrawal', [approve(1), cosign(1)]));
    const shut = withRules({
      ...rule('withdrawal', []),
      outcome: { effect: 'deny', reason: 'closed' },
    });
    const asking = withRules({
      ...rule('withdrawal', [approve(1), cosign(1)]),
      when: { kinds: ['withdrawal'], risks: ['low'] },
    });
    for (const order of [
      [open, shut],
      [shut, open],
    ])
      expect(findNeeds(order, factsOf('withdrawal'))).toEqual({
        ok: false,
        refusal: 'policy-denies',
      });
    expect(findNeeds([open, asking], factsOf('withdrawal'))).toEqual({
      ok: false,
      refusal: 'fact-missing',
    });
  });

  test.each(intentKind.options)('%s: the floor, whatever a policy says', (kind) => {
    const lax = withRules(rule(kind, []));
    const found = findNeeds([lax], factsOf(kind));
    expect(found.ok && found.needs).toEqual(requirementFloor[kind]);
    // Three people for everything that gives or moves something; nobody but the raiser for a stop.
    const people = requirementFloor[kind].reduce((sum, need) => sum + need.people, 1);
    if (isStopKind(kind)) expect(people).toBe(1);
    else expect(people).toBeGreaterThanOrEqual(3);
  });
});

describe('different people count, not statements', () => {
  const voice = (person: string, of: Requirement): Voice => ({ ...of, person, code: null });
  test.each<[string, Voice[], boolean]>([
    ['two people', [voice('a', approve(1)), voice('b', approve(1))], true],
    ['one person twice', [voice('a', approve(1)), voice('a', approve(1))], false],
    [
      'another decision',
      [voice('a', approve(1)), voice('b', { ...approve(1), decision: 'cosign' })],
      false,
    ],
    [
      'another group',
      [voice('a', approve(1)), voice('b', { ...approve(1), group: 'custody' })],
      false,
    ],
    ['nobody', [], false],
  ])('%s', (_, voices, met) => expect(isMet(approve(2), voices)).toBe(met));

  const requirement = fc.record({
    group: fc.constantFrom('control' as const, 'custody' as const, 'recovery' as const),
    decision: fc.constantFrom('approve' as const, 'cosign' as const),
    people: fc.integer({ min: 1, max: 4 }),
  });
  test('what meets the strictest of several lists meets each of them, and the other way round', () => {
    const voices = fc.array(
      fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd', 'e'), of: requirement }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.array(requirement), fc.array(requirement), voices, (one, two, said) => {
        const heard = said.map(({ person, of }) => voice(person, of));
        const all = (needs: readonly Requirement[]): boolean =>
          needs.every((need) => isMet(need, heard));
        expect(all(strictest(one, two))).toBe(all(one) && all(two));
      }),
    );
  });
});

describe('a release takes more people than a withdrawal', () => {
  const withdrawal = rule('withdrawal', [approve(1), cosign(1)]);
  const vital = rule('policy-change', [approve(1), cosign(1)]);
  const faultOf = (...rules: PolicyRule[]) => findPolicyFault(withRules(...rules, vital));

  test('also more than the withdrawal that takes the most', () => {
    const large = { ...rule('withdrawal', [approve(2), cosign(2)]), id: 'large' };
    expect(faultOf(withdrawal, rule('release', [approve(2), cosign(1)]))).toBeNull();
    expect(faultOf(withdrawal, rule('release', [approve(1), cosign(2)]))).toBe('weaker-than-floor');
    expect(faultOf(large, withdrawal, rule('release', [approve(2), cosign(2)]))).toBe(
      'weaker-than-floor',
    );
    expect(faultOf(large, withdrawal, rule('release', [approve(3), cosign(2)]))).toBeNull();
    // One that denies takes nobody.
    const closed: PolicyRule = { ...large, outcome: { effect: 'deny', reason: 'closed' } };
    expect(faultOf(closed, withdrawal, rule('release', [approve(2), cosign(1)]))).toBeNull();
  });

  test('one rule for both can be for neither', () => {
    const both: PolicyRule = {
      ...rule('withdrawal', [approve(2), cosign(2)]),
      when: { kinds: ['withdrawal', 'release'] },
    };
    expect(faultOf(both)).toBe('weaker-than-floor');
  });

  const { release } = everyKind;
  const needed = ['raisa', 'adam', 'carl', 'cora', 'kim', 'remy'] as const satisfies Name[];
  test.each(needed)('with everybody who is needed but %s it is refused', (silent) => {
    const all = statementsFor(release);
    expect(all.map(({ statement }) => statement.person).sort()).toEqual(
      needed.map(personIdOf).sort(),
    );
    const statements = all.filter(({ statement }) => statement.person !== personIdOf(silent));
    expect(refusalOf(acceptedInput(release, { statements }))).toBe(
      silent === 'raisa' ? 'raise-missing' : 'statements-incomplete',
    );
  });

  test('nobody makes up for somebody of another group', () => {
    const others = statementsFor(release).filter(
      ({ statement }) => statement.person !== personIdOf('kim'),
    );
    const people = roster.people.map((person) =>
      person.id === personIdOf('otto') ? { ...person, group: 'recovery' as const } : person,
    );
    const statements = [...others, say('otto', 'cosign', release)];
    expect(refusalOf(acceptedInput(release, { roster: { ...roster, people }, statements }))).toBe(
      'statements-incomplete',
    );
  });

  test('a policy that asks for less than the one of the raise helps nobody', () => {
    const before: Policy = policy;
    const after = nextPolicy({
      rules: policy.rules.map((of) =>
        of.id === 'release' ? rule('release', [approve(2), cosign(1)]) : of,
      ),
    });
    const few = statementsFor(release).filter(({ statement }) =>
      ['raisa', 'adam', 'carl', 'cora'].some(
        (name) => personIdOf(name as Name) === statement.person,
      ),
    );
    expect(
      refusalOf(acceptedInput(release, { policy: after, policyAtRaise: before, statements: few })),
    ).toBe('statements-incomplete');
    const anew = (['raisa', 'adam', 'carl', 'cora'] as const).map((name, place) =>
      say(name, place === 0 ? 'raise' : place === 3 ? 'cosign' : 'approve', release, {
        policyVersion: 2,
        attempt: 2,
      }),
    );
    expect(refusalOf(acceptedInput(release, { policy: after, statements: anew }))).toBeNull();
  });
});
