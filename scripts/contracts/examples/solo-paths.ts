import type { Policy } from '#lib/protocol/policy.ts';
import type { Roster, RosterBackup, RosterPerson } from '#lib/protocol/roster.ts';
import type { SoloPath } from '#lib/protocol/segregation.ts';
import { personIdOf, personWith, policy, roster, type Name } from '#lib/protocol/testing/sample.ts';
import type { Answered, Examples } from './example.ts';

export type SoloPathExample = Answered<{ roster: Roster; policy: Policy }, SoloPath | null>;

/** The sample's people, some of them with the key of another, or without a group. */
function people(changes: Partial<Record<Name, Partial<RosterPerson>>>): RosterPerson[] {
  const byId = new Map(
    Object.entries(changes).map(([name, change]) => [personIdOf(name as Name), change]),
  );
  return roster.people.map((person) => ({ ...person, ...byId.get(person.id) }));
}
const keysOf = (name: Name): Pick<RosterPerson, 'credentials'> => ({
  credentials: personWith(name).credentials,
});

const id = personIdOf;
/** Raisa's key stands beside Adam and Cora as well. */
const threeInOne: Roster = {
  ...roster,
  people: people({ adam: keysOf('raisa'), cora: keysOf('raisa') }),
};
const sameKey = (name: Name): string =>
  `${id(name)} has the same key id as ${id('raisa')}, so they are one person.`;

const backup = (party: string, custodians: Name[], letter: string): RosterBackup => ({
  id: `keep-${party}`,
  party,
  threshold: 2,
  publicKey: letter.repeat(64),
  custodians: custodians.map((name) => id(name)),
});

/** Nothing but withdrawals out of warm vaults is allowed at all, and these are denied before. */
const shut: Policy = {
  ...policy,
  rules: [
    {
      id: 'warm-closed',
      name: 'Nothing leaves a warm vault',
      when: { kinds: ['withdrawal'], tiers: ['warm'] },
      outcome: { effect: 'deny', reason: 'Warm vaults are closed for withdrawals.' },
    },
    ...policy.rules
      .filter(({ when }) => when.kinds.includes('withdrawal'))
      .map((rule) => ({ ...rule, when: { ...rule.when, tiers: ['warm' as const] } })),
  ],
};

export const soloPaths: Examples<SoloPathExample> = {
  '1-nobody-alone': { input: { roster, policy }, expected: null },
  '2-one-key-under-three-ids': {
    input: { roster: threeInOne, policy },
    expected: {
      person: id('raisa'),
      operation: 'withdrawal',
      steps: [
        sameKey('adam'),
        sameKey('cora'),
        `${id('raisa')} (officer) raises a withdrawal.`,
        `${id('adam')} approves for the group control.`,
        `${id('cora')} co-signs for the group custody.`,
        'The rule "Usual people for withdrawal" (withdrawal) asks for nobody else.',
      ],
    },
  },
  '3-the-same-where-no-rule-lets-them': {
    input: { roster: threeInOne, policy: shut },
    expected: null,
  },
  '4-a-borrowed-group': {
    input: {
      roster: {
        ...roster,
        people: people({ anna: keysOf('raisa'), cora: keysOf('raisa') }),
        delegations: [{ from: id('adam'), to: id('anna'), notAfter: '2026-09-01T00:00:00.000Z' }],
      },
      policy,
    },
    expected: {
      person: id('raisa'),
      operation: 'withdrawal',
      steps: [
        sameKey('cora'),
        sameKey('anna'),
        `${id('raisa')} (officer) raises a withdrawal.`,
        `${id('anna')} approves for the group control, by the delegation of ${id('adam')} that ends 2026-09-01T00:00:00.000Z.`,
        `${id('cora')} co-signs for the group custody.`,
        'The rule "Usual people for withdrawal" (withdrawal) asks for nobody else.',
      ],
    },
  },
  '5-a-key-from-its-backups': {
    input: {
      roster: {
        ...roster,
        people: people({ otto: keysOf('raisa') }),
        backups: [
          backup('control', ['raisa', 'otto', 'kim'], 'a'),
          backup('custody', ['otto', 'raisa', 'remy'], 'b'),
        ],
      },
      policy,
    },
    expected: {
      person: id('raisa'),
      operation: 'key-recovery',
      steps: [
        sameKey('otto'),
        `${id('raisa')} and ${id('otto')} hold 2 parts of the backup keep-control, which opens with 2: a share of the party control.`,
        `${id('raisa')} and ${id('otto')} hold 2 parts of the backup keep-custody, which opens with 2: a share of the party custody.`,
        '2 shares rebuild a key whose threshold is 2, on any machine and past every party.',
      ],
    },
  },
};
