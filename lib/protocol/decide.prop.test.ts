import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { DecideInput } from './decide-input.ts';
import type { Requirement } from './policy.ts';
import { isPartyRefusal } from './refusals.ts';
import type { Group, Roster } from './roster.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import type { Decision, SignedStatement } from './statement.ts';
import {
  at,
  inputFor,
  policy,
  press,
  roster,
  RP_ID,
  statementOf,
  withdrawal,
} from './testing/sample.ts';

const GROUPS: readonly Group[] = ['control', 'custody', 'recovery'];
const pool = Array.from({ length: 8 }, (_, place) => ({
  id: `p-person${'abcdefgh'[place]}aaa`,
  key: createSoftwareAuthenticator({
    rpId: RP_ID,
    algorithm: 'EdDSA',
    seed: new Uint8Array(32).fill(50 + place),
  }),
}));

type Person = { officer: boolean; group: Group | null; revoked: boolean };
type Said = { person: number; keyOf: number; decision: Decision; late: boolean };
type World = { people: Person[]; said: Said[]; needs: Requirement[]; party: Group };

const person = fc.record({
  officer: fc.boolean(),
  group: fc.option(fc.constantFrom(...GROUPS), { freq: 8 }),
  revoked: fc.constantFrom(false, false, false, false, false, true),
});

/** The usual three say the usual things; then a few things are added, changed or dropped. */
const world: fc.Arbitrary<World> = fc
  .record({
    people: fc.array(person, { minLength: 5, maxLength: 5 }),
    extra: fc.array(
      fc.record({
        person: fc.constantFrom(0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
        decision: fc.constantFrom<Decision>(
          'approve',
          'cosign',
          'approve',
          'cosign',
          'approve',
          'cosign',
          'raise',
          'reject',
          'cancel',
        ),
        borrow: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1),
        late: fc.constantFrom(false, false, false, false, false, false, true),
      }),
      { maxLength: 2 },
    ),
    drop: fc.constantFrom(null, null, null, null, null, 0, 1, 2),
    needs: fc.uniqueArray(
      fc.record({
        group: fc.constantFrom(...GROUPS),
        decision: fc.constantFrom('approve' as const, 'cosign' as const),
        people: fc.constantFrom(1, 1, 1, 2),
      }),
      { maxLength: 1, selector: (need) => `${need.group} ${need.decision}` },
    ),
    party: fc.constantFrom<Group>('control', 'custody', 'control', 'custody', 'recovery'),
  })
  .map(({ people, extra, drop, needs, party }) => {
    const usual: Person[] = [
      { officer: true, group: 'recovery', revoked: false },
      { officer: true, group: 'control', revoked: false },
      { officer: false, group: 'custody', revoked: false },
    ];
    const said: Said[] = (['raise', 'approve', 'cosign'] as const)
      .map((decision, place) => ({ person: place, keyOf: place, decision, late: false }))
      .filter((_, place) => place !== drop);
    const more = extra.map(({ person: who, decision, borrow, late }) => ({
      person: who,
      keyOf: (who + borrow) % 8,
      decision,
      late,
    }));
    return { people: [...usual, ...people], said: [...said, ...more], needs, party };
  });

const floor: Requirement[] = [
  { group: 'control', decision: 'approve', people: 1 },
  { group: 'custody', decision: 'cosign', people: 1 },
];
/** A policy can't go below the floor, so its needs are the random ones and, where absent, the floor. */
const policyNeeds = (needs: readonly Requirement[]): Requirement[] => [
  ...needs,
  ...floor.filter(
    (need) =>
      !needs.some((other) => other.group === need.group && other.decision === need.decision),
  ),
];

function rosterOf(people: readonly Person[]): Roster {
  return {
    ...roster,
    people: people.map(({ officer, group, revoked }, place) => {
      const { id, key } = pool[place] ?? { id: '', key: null };
      if (!key) throw new Error('more people than keys');
      return {
        id,
        roles: [officer ? 'officer' : 'auditor'],
        group,
        credentials: [
          {
            id: key.credentialId,
            publicKey: Buffer.from(key.publicKey).toString('base64url'),
            backupEligible: false,
            software: true,
            notAfter: null,
            revokedAt: revoked ? at(-30) : null,
          },
        ],
      };
    }),
  };
}

function statementsOf(said: readonly Said[]): SignedStatement[] {
  return said.map(({ person: who, keyOf, decision, late }, place) => {
    const base = statementOf('raisa', decision, withdrawal);
    const statement = {
      ...base,
      person: pool[who]?.id ?? '',
      nonce: Buffer.alloc(32, place + 1).toString('base64url'),
      ...(late ? { expiresAt: at(-1) } : {}),
    };
    const key = pool[keyOf]?.key;
    if (!key) throw new Error('no such key');
    return press(statement, key);
  });
}

function inputOf({ people, said, needs, party }: World): DecideInput {
  const input = inputFor(withdrawal);
  const [rule] = policy.rules;
  if (!rule) throw new Error('sample is incomplete');
  return {
    ...input,
    roster: rosterOf(people),
    policy: {
      ...policy,
      rules: [{ ...rule, outcome: { effect: 'allow', needs: policyNeeds(needs) } }],
    },
    statements: statementsOf(said),
    party: { ...input.party, name: party, group: party },
  };
}

/** What the answer must be, said a second time and in plain counting. */
function expected({ people, said, needs, party }: World): boolean {
  const proven = said.every(
    ({ person: who, keyOf, late }) => who === keyOf && !late && people[who]?.revoked === false,
  );
  const raises = said.filter(({ decision }) => decision === 'raise');
  const stopped = said.some(({ decision }) => decision === 'reject' || decision === 'cancel');
  const apart = new Set(said.map(({ person: who }) => who)).size === said.length;
  const voices = said.filter(({ decision }) => decision !== 'raise');
  const grouped = voices.every(({ person: who }) => people[who]?.group !== null);
  const ownGroup =
    [...needs, ...floor].some(({ group }) => group === party) &&
    voices.some(({ person: who }) => people[who]?.group === party);
  const met = [...policyNeeds(needs), ...floor].every(
    (need) =>
      voices.filter(
        ({ person: who, decision }) =>
          people[who]?.group === need.group && decision === need.decision,
      ).length >= need.people,
  );
  const raiser = raises[0] && people[raises[0].person];
  return (
    proven &&
    raises.length === 1 &&
    raiser?.officer === true &&
    !stopped &&
    apart &&
    grouped &&
    ownGroup &&
    met
  );
}

test('random rosters, policies and statement sets are answered as plain counting answers them', () => {
  let accepted = 0;
  fc.assert(
    fc.property(world, (made) => {
      const answer = decide(inputOf(made));
      expect(answer.ok).toBe(expected(made));
      if (answer.ok) accepted += 1;
      else expect(isPartyRefusal(answer.refusal)).toBe(true);
    }),
    { numRuns: 400 },
  );
  // The property says something only when both answers occur.
  expect(accepted).toBeGreaterThan(20);
});

test('from any accepted set: revoking, rejecting, repeating or leaving out a needed person refuses', () => {
  fc.assert(
    fc.property(world.filter(expected), fc.nat(), (made, spot) => {
      const place = spot % made.said.length;
      const chosen = made.said[place];
      if (!chosen) return;
      const revoked = made.people.map((entry, who) =>
        who === chosen.person ? { ...entry, revoked: true } : entry,
      );
      expect(decide(inputOf({ ...made, people: revoked })).ok).toBe(false);
      const rejected: Said = { ...chosen, decision: 'reject' };
      expect(decide(inputOf({ ...made, said: [...made.said, rejected] })).ok).toBe(false);
      expect(decide(inputOf({ ...made, said: [...made.said, chosen] })).ok).toBe(false);
      const raiser = made.said.find(({ decision }) => decision === 'raise');
      for (const decision of ['approve', 'cosign'] as const) {
        const doubled: Said[] = raiser ? [...made.said, { ...raiser, decision }] : [];
        expect(decide(inputOf({ ...made, said: doubled })).ok).toBe(false);
      }
      const without = { ...made, said: made.said.filter((_, index) => index !== place) };
      expect(decide(inputOf(without)).ok).toBe(expected(without));
    }),
    { numRuns: 40 },
  );
});

test('nothing from outside makes the decision throw', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (intent, statements) => {
      expect(decide(inputFor(withdrawal, { intent, statements })).ok).toBe(false);
      expect(decide(inputFor(withdrawal, { statements })).ok).toBe(false);
    }),
  );
  const trap = (): never => {
    throw new Error('trap');
  };
  const hostile: unknown = new Proxy({}, { get: trap, has: trap, ownKeys: trap });
  expect(decide(inputFor(withdrawal, { intent: hostile }))).toEqual({
    ok: false,
    refusal: 'intent-malformed',
  });
  expect(decide(inputFor(withdrawal, { statements: [hostile] })).ok).toBe(false);
});
