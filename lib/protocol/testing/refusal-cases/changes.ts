/** One way to each refusal about changes of roster and policy. */
import { decide } from '../../decide.ts';
import type { DecideInput } from '../../decide-input.ts';
import { digestOf, type Intent } from '../../intent.ts';
import type { Policy, PolicyRule } from '../../policy.ts';
import type { PartyRefusal } from '../../refusals.ts';
import type { Roster, RosterPerson } from '../../roster.ts';
import { createSoftwareAuthenticator } from '../../software-authenticator.ts';
import { acceptedInput, changeTo, nextPolicy } from '../every-kind.ts';
import {
  at,
  NOW,
  names,
  personIdOf,
  personWith,
  policy,
  press,
  roster,
  rosterChange,
  say,
  statementOf,
  type Name,
} from '../sample.ts';
import { on, rosterWith, rosterWithKey, type Case } from './case.ts';

/** Said by the usual three, who are not the ones that the change is about. */
const stated = (intent: Intent, changes: Partial<DecideInput> = {}): Case =>
  on(intent, {
    statements: [
      say('remy', 'raise', intent),
      say('carl', 'approve', intent),
      say('cora', 'cosign', intent),
    ],
    ...changes,
  });
const rosterTo = (next: Partial<Roster>, current: Roster = roster): Case => {
  const of: Intent = {
    ...rosterChange,
    roster: { ...current, version: 2, previous: digestOf(current), ...next },
  };
  return stated(of, { roster: current });
};
const policyTo = (changes: Partial<Policy>): Case => stated(changeTo(nextPolicy(changes)));
const allowing = (
  needs: Extract<PolicyRule['outcome'], { effect: 'allow' }>['needs'],
  when: Partial<PolicyRule['when']> = {},
): PolicyRule => ({
  id: 'more',
  name: 'More',
  when: { kinds: ['withdrawal'], ...when },
  outcome: { effect: 'allow', needs },
});
const usual = [
  { group: 'control', decision: 'approve', people: 1 },
  { group: 'custody', decision: 'cosign', people: 1 },
] as const;
const withRule = (rule: PolicyRule): Case => policyTo({ rules: [rule, ...policy.rules] });
const [first, second] = roster.people;
const [key] = second?.credentials ?? [];
if (!first || !second || !key) throw new Error('sample is incomplete');
const [control, ...otherParties] = roster.parties;
if (!control) throw new Error('sample is incomplete');

/** An organisation as production asks: two keys for everyone, not in software by its roster, and TLS. */
const HOST = 'console.custodian.example';
const authenticators = new Map(
  names.map((name, place) => [
    name,
    [100, 150].map((base) =>
      createSoftwareAuthenticator({ rpId: HOST, seed: new Uint8Array(32).fill(base + place) }),
    ),
  ]),
);
const hardware = (name: Name): RosterPerson => ({
  ...personWith(name),
  credentials: (authenticators.get(name) ?? []).flatMap((held) =>
    personWith(name, held).credentials.map((entry) => ({ ...entry, software: false })),
  ),
});
const production: Roster = {
  ...roster,
  environment: 'production',
  relyingParty: { id: HOST, origins: [`https://${HOST}`] },
  people: names.map(hardware),
};
/** Decides on a roster change in production. */
const inProduction =
  (changes: Partial<Roster>): Case =>
  () => {
    const of: Intent = {
      ...rosterChange,
      environment: 'production',
      roster: { ...production, version: 2, previous: digestOf(production), ...changes },
    };
    const statements = (
      [
        ['remy', 'raise'],
        ['carl', 'approve'],
        ['cora', 'cosign'],
      ] as const
    ).map(([name, decision]) => {
      const [held] = authenticators.get(name) ?? [];
      if (!held) throw new Error('sample is incomplete');
      const statement = { ...statementOf(name, decision, of), environment: 'production' as const };
      return press(statement, held, { origin: `https://${HOST}` });
    });
    const answer = decide({
      ...acceptedInput(of),
      roster: production,
      policy: { ...policy, environment: 'production' },
      statements,
    });
    return answer.ok ? null : answer.refusal;
  };
const inProductionWithKeys = (
  name: Name,
  change: (keys: RosterPerson['credentials']) => RosterPerson['credentials'],
): Case =>
  inProduction({
    people: rosterWith(
      name,
      ({ credentials }) => ({ credentials: change(credentials) }),
      production,
    ).people,
  });

export const changeCases = {
  'roster-duplicate-person': rosterTo({ people: [...roster.people, first] }),
  'roster-duplicate-credential': rosterTo({
    people: rosterWith('adam', () => ({ credentials: [key, { ...key, publicKey: 'AAAA' }] }))
      .people,
  }),
  'roster-duplicate-key-material': rosterTo({
    people: rosterWith('adam', () => ({ credentials: [key, { ...key, id: 'AAAA' }] })).people,
  }),
  'roster-key-unreadable': rosterTo({
    people: rosterWith('adam', () => ({ credentials: [{ ...key, id: 'AAAA', publicKey: 'AAAA' }] }))
      .people,
  }),
  'roster-duplicate-party': rosterTo({
    parties: [control, ...otherParties.map((party) => ({ ...party, index: 1 }))],
  }),
  'roster-delegation-unsound': rosterTo({
    delegations: [{ from: personIdOf('anna'), to: personIdOf('otto'), notAfter: at(60) }],
  }),
  'roster-backup-unsound': rosterTo({
    backups: [
      {
        id: 'one',
        party: 'control',
        threshold: 3,
        publicKey: 'ab'.repeat(32),
        custodians: [first.id, second.id],
      },
    ],
  }),
  'roster-group-without-people': rosterTo({
    people: roster.people.filter(({ group }) => group !== 'custody'),
  }),
  'roster-group-without-party': rosterTo({
    parties: roster.parties.filter(({ group }) => group !== 'custody'),
  }),
  'roster-software-key-in-production': inProductionWithKeys('adam', (keys) =>
    keys.map((entry) => ({ ...entry, software: true })),
  ),
  'roster-synced-key-in-production': inProductionWithKeys('adam', (keys) =>
    keys.map((entry) => ({ ...entry, backupEligible: true })),
  ),
  'roster-too-few-keys-in-production': inProductionWithKeys('adam', (keys) => keys.slice(1)),
  'roster-insecure-origin-in-production': inProduction({
    relyingParty: { id: HOST, origins: [`http://${HOST}`] },
  }),
  'roster-version-chain': rosterTo({ previous: 'ab'.repeat(32) }),
  'roster-parties-changed': rosterTo({
    parties: [{ ...control, origin: 'http://localhost:3101' }, ...otherParties],
  }),
  'roster-credential-revived': rosterTo(
    { people: roster.people },
    rosterWithKey('adam', { revokedAt: NOW }),
  ),
  'roster-credential-moved': rosterTo({
    people: rosterWith(
      'adam',
      () => ({ credentials: [] }),
      rosterWith('otto', () => ({ credentials: [key] })),
    ).people,
  }),
  'roster-locks-out': rosterTo({
    people: roster.people.filter(
      ({ id }) =>
        ['carl', 'cora'].some((name) => personIdOf(name as Name) === id) ||
        id === personIdOf('otto'),
    ),
  }),
  'policy-duplicate-rule': policyTo({ rules: [...policy.rules, ...policy.rules.slice(0, 1)] }),
  'policy-duplicate-cap': policyTo({ caps: [...policy.caps, ...policy.caps] }),
  'policy-duplicate-need': withRule(allowing([...usual, usual[0]])),
  'policy-duplicate-vault': policyTo({
    ownVaults: ['cold-1', 'cold-2'].map((name) => ({
      vault: name,
      chain: 'solana:sandbox',
      address: '6bVYkLzAXG7kYAgN4jZxWEjPaU4dMzZRR5nPdWrn9oXn',
    })),
  }),
  'policy-duplicate-source': policyTo({
    sources: (['price', 'risk'] as const).map((fact) => ({
      name: fact,
      fact,
      publicKey: 'ab'.repeat(32),
      maxAgeSeconds: 60,
    })),
  }),
  'policy-amount-needs-one-asset': withRule(allowing([...usual], { amountAbove: '1' })),
  'policy-empty-hours': withRule(
    allowing([...usual], {
      hours: { zone: 'UTC', days: [1], from: '09:00', to: '09:00', holds: 'inside' },
    }),
  ),
  'policy-wait-outlives-statements': policyTo({ timeLockSeconds: 3600 }),
  'policy-weaker-than-floor': withRule(allowing([usual[0]])),
  'policy-stop-has-no-rule': withRule({ ...allowing([...usual]), when: { kinds: ['freeze'] } }),
  'policy-version-chain': policyTo({ previous: 'ab'.repeat(32) }),
  'policy-locks-out': policyTo({
    rules: policy.rules.map((rule) =>
      rule.id === 'roster-change'
        ? { ...rule, outcome: { effect: 'allow', needs: [{ ...usual[0], people: 4 }, usual[1]] } }
        : rule,
    ),
  }),
  'policy-shuts-release': policyTo({ rules: policy.rules.filter(({ id }) => id !== 'release') }),
} as const satisfies Partial<Record<PartyRefusal, Case>>;

export const changeBoundaries: readonly (readonly [string, PartyRefusal | null, Case])[] = [
  [
    'a roster that follows',
    null,
    rosterTo({ people: rosterWith('otto', () => ({ roles: ['auditor', 'dpo'] })).people }),
  ],
  [
    'a roster that follows in production',
    null,
    inProduction({
      people: rosterWith('otto', () => ({ roles: ['auditor', 'dpo'] }), production).people,
    }),
  ],
  ['a roster of another organisation', 'wrong-organisation', rosterTo({ organisation: 'other' })],
  ['a roster of another environment', 'wrong-environment', rosterTo({ environment: 'production' })],
  ['a roster two versions on', 'roster-version-chain', rosterTo({ version: 3 })],
  [
    'a key that somebody revoked since, listed as good',
    'roster-credential-revived',
    () => {
      const of: Intent = {
        ...rosterChange,
        roster: {
          ...rosterChange.roster,
          people: rosterWith('otto', () => ({ roles: ['auditor', 'dpo'] })).people,
        },
      };
      const { party } = acceptedInput(of);
      return stated(of, { party: { ...party, revokedCredentials: [key.id] } })();
    },
  ],
  [
    'a policy that follows',
    null,
    policyTo({ caps: [{ asset: 'SOL', perOperation: '900000000000' }] }),
  ],
  ['a policy of another organisation', 'wrong-organisation', policyTo({ organisation: 'other' })],
  ['a policy of another environment', 'wrong-environment', policyTo({ environment: 'production' })],
  ['a policy two versions on', 'policy-version-chain', policyTo({ version: 3 })],
  [
    'a policy that the people left could not change',
    'policy-locks-out',
    () => {
      const of = changeTo(
        nextPolicy({
          rules: policy.rules.map((rule) =>
            rule.id === 'roster-change'
              ? {
                  ...rule,
                  outcome: { effect: 'allow', needs: [{ ...usual[0], people: 3 }, usual[1]] },
                }
              : rule,
          ),
        }),
      );
      const { party } = acceptedInput(of);
      const all = stated(of);
      return all() ?? stated(of, { party: { ...party, revokedCredentials: [key.id] } })();
    },
  ],
  [
    'a rule that releases with as many people as a withdrawal',
    'policy-weaker-than-floor',
    policyTo({
      rules: policy.rules.map((rule) =>
        rule.id === 'withdrawal'
          ? allowing([
              { ...usual[0], people: 3 },
              { ...usual[1], people: 2 },
            ])
          : rule,
      ),
    }),
  ],
  [
    'a rule that releases with one more',
    null,
    policyTo({
      rules: policy.rules.map((rule) =>
        rule.id === 'withdrawal'
          ? allowing([
              { ...usual[0], people: 2 },
              { ...usual[1], people: 2 },
            ])
          : rule,
      ),
    }),
  ],
];
