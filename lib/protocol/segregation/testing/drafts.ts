/** Small random drafts of roster and policy, unsound in every way that their shape allows. */
import fc from 'fast-check';
import { intentKind } from '../../intent-kinds.ts';
import type { Policy, PolicyConditions, PolicyRule } from '../../policy.ts';
import type { Roster, RosterBackup, RosterDelegation, RosterPerson } from '../../roster.ts';
import { policy as samplePolicy, roster as sampleRoster } from '../../testing/sample.ts';

const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `p-${letter.repeat(10)}`);
const ends = ['2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'];
const end = fc.constantFrom(...ends);
/** Few keys, so that they are often shared. */
const credential = fc.record({
  id: fc.constantFrom('AAAA', 'AAAE', 'AAAI', 'AAAM', 'AAAQ'),
  publicKey: fc.constantFrom('BBBA', 'BBBE', 'BBBI', 'BBBM', 'BBBQ'),
  backupEligible: fc.constant(false),
  software: fc.constant(true),
  notAfter: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, end),
  revokedAt: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, end),
});

const group = fc.constantFrom('control' as const, 'custody' as const, 'recovery' as const);

const person = fc
  .record({
    roles: fc.constantFrom<RosterPerson['roles']>(
      ['officer'],
      ['officer', 'manager'],
      ['administrator'],
      ['auditor'],
    ),
    group: fc.oneof({ weight: 2, arbitrary: group }, fc.constant(null)),
    notAfter: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, end),
    credentials: fc.array(credential, { minLength: 1, maxLength: 2 }),
    /** One of the pool now and then, so that somebody stands there twice. */
    twin: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, fc.constantFrom(...ids)),
  })
  .map(({ notAfter, twin, ...entry }) => ({
    twin,
    entry: notAfter === null ? entry : { ...entry, notAfter },
  }));

/** One key for all in most drafts: they are about people who stand there several times. */
const people = fc
  .tuple(
    fc.array(person, { minLength: 2, maxLength: 5 }),
    fc.constantFrom(true, true, true, false),
    credential,
    fc.constantFrom(true, true, false),
  )
  .map(([list, oneHand, shared, isStaffed]): RosterPerson[] =>
    list.map(({ twin, entry }, place) => ({
      id: twin ?? ids[place] ?? '',
      ...entry,
      // Without staff in the groups that the floor asks for, nothing below it would be tried.
      ...(isStaffed && place < 3 ? { group: staff[place] ?? null } : {}),
      ...(isStaffed && place === 0 ? { roles: ['officer' as const] } : {}),
      credentials: oneHand ? [...entry.credentials, shared] : entry.credentials,
    })),
  );
const staff = [null, 'control', 'custody'] as const;

const delegation: fc.Arbitrary<RosterDelegation> = fc.record({
  from: fc.constantFrom(...ids),
  to: fc.constantFrom(...ids),
  notAfter: end,
});

const hexOf = (letter: string): string => letter.repeat(64);
const backup: fc.Arbitrary<RosterBackup> = fc.record({
  id: fc.constantFrom('one', 'two', 'three'),
  party: fc.constantFrom('control', 'custody', 'recovery', 'nobody'),
  threshold: fc.constantFrom(2, 2, 3),
  publicKey: fc.constantFrom(hexOf('a'), hexOf('b'), hexOf('c')),
  custodians: fc.array(fc.constantFrom(...ids, 'p-zzzzzzzzzz'), { minLength: 2, maxLength: 4 }),
});

export const rosters: fc.Arbitrary<Roster> = fc
  .record({
    people,
    delegations: fc.option(fc.array(delegation, { minLength: 1, maxLength: 5 }), { freq: 4 }),
    backups: fc.option(fc.array(backup, { minLength: 1, maxLength: 3 }), { freq: 2 }),
  })
  .map(({ people: list, delegations, backups }) => ({
    ...sampleRoster,
    people: list,
    ...(delegations ? { delegations } : {}),
    ...(backups ? { backups } : {}),
  }));

const someOf = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.max(1, values.length - 1) });

const hours = fc.record({
  zone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  days: fc.constantFrom<number[]>([1, 2, 3, 4, 5], [6, 7], [1, 2, 3, 4, 5, 6, 7]),
  from: fc.constantFrom('00:00', '08:00', '22:00'),
  to: fc.constantFrom('08:00', '18:00', '23:00'),
  holds: fc.constantFrom('inside' as const, 'outside' as const),
});

const conditions: Readonly<Record<string, fc.Arbitrary<Partial<PolicyConditions>>>> = {
  assets: someOf(['SOL', 'USDC', 'BTC']).map((assets) => ({ assets })),
  tiers: fc
    .subarray<'hot' | 'warm' | 'cold'>(['hot', 'warm', 'cold'], { minLength: 1 })
    .map((tiers) => ({ tiers })),
  vaults: someOf(['vault-0', 'vault-1', 'cellar']).map((vaults) => ({ vaults })),
  clients: someOf(['C-1000000', 'C-2000']).map((clients) => ({ clients })),
  amounts: fc.constantFrom('0', '1', '10', '99', '100').map((amountAbove) => ({ amountAbove })),
  euros: fc.constantFrom('0', '1', '50').map((eurCentsAbove) => ({ eurCentsAbove })),
  shortfalls: fc.constantFrom('0', '1', '40').map((shortfallAbove) => ({ shortfallAbove })),
  classes: fc
    .subarray<'client-wallet' | 'exchange' | 'custodian' | 'other'>(
      ['client-wallet', 'exchange', 'custodian', 'other'],
      { minLength: 1 },
    )
    .map((destinationClasses) => ({ destinationClasses })),
  ages: fc.constantFrom(1, 3600).map((destinationYoungerThan) => ({ destinationYoungerThan })),
  firstUse: fc.boolean().map((firstUse) => ({ firstUse })),
  velocity: fc
    .record({
      scope: fc.constantFrom('asset' as const, 'client' as const),
      hours: fc.constantFrom(24, 48),
      above: fc.constantFrom('0', '10', '150'),
    })
    .chain((velocity) =>
      fc.constantFrom({ velocity }, { velocity, assets: ['SOL'] }, { velocity, assets: ['USDC'] }),
    ),
  hours: hours.map((of) => ({ hours: of })),
  risks: fc
    .subarray<'low' | 'medium' | 'high' | 'severe'>(['low', 'medium', 'high', 'severe'], {
      minLength: 1,
    })
    .map((risks) => ({ risks })),
  standings: fc
    .subarray<'good' | 'under-review' | 'blocked'>(['good', 'under-review', 'blocked'], {
      minLength: 1,
    })
    .map((standings) => ({ standings })),
};

const need = fc.record({
  group,
  decision: fc.constantFrom('approve' as const, 'cosign' as const),
  people: fc.constantFrom(1, 1, 1, 2),
});

const outcome: fc.Arbitrary<PolicyRule['outcome']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      effect: fc.constant('allow' as const),
      needs: fc.array(need, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ effect: 'deny' as const, reason: 'Not this.' }) },
);

const kinds = fc.subarray([...intentKind.options], { minLength: 1, maxLength: 4 });
/** Withdrawals have the most facts, so they stand in most rules. */
const ruleKinds = fc.oneof(
  fc.constant(['withdrawal' as const]),
  fc.constant(['destination-listing' as const]),
  fc.constant(['key-refresh' as const]),
  fc.constant(['withdrawal' as const, 'destination-listing' as const]),
  kinds,
);

const when: fc.Arbitrary<PolicyConditions> = fc
  .tuple(ruleKinds, fc.subarray(Object.keys(conditions), { maxLength: 3 }))
  .chain(([of, names]) =>
    fc
      .tuple(...names.map((name) => conditions[name] ?? fc.constant({})))
      .map((parts) => Object.assign({ kinds: of }, ...parts) as PolicyConditions),
  );

const rule = (place: number): fc.Arbitrary<PolicyRule> =>
  fc.record({
    id: fc.constant(`rule-${place}`),
    name: fc.constant(`Rule ${place}`),
    when,
    outcome,
  });

const cap = fc.record({
  asset: fc.constantFrom('SOL', 'USDC'),
  perOperation: fc.constantFrom('0', '10', '100', '1000'),
  perDay: fc.constantFrom(null, '5', '200'),
});

const sources = (['price', 'risk', 'standing', 'books'] as const).map((fact, place) => ({
  name: fact,
  fact,
  publicKey: hexOf(String(place)),
  maxAgeSeconds: 60,
}));

export const policies: fc.Arbitrary<Policy> = fc
  .record({
    rules: fc
      .integer({ min: 0, max: 4 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => rule(place)))),
    caps: fc.array(cap, { minLength: 1, maxLength: 3 }),
    sources: fc.subarray(sources),
  })
  .map(({ rules, caps, sources: of }) => ({
    ...samplePolicy,
    rules,
    sources: of,
    caps: caps.map(({ perDay, ...rest }) => (perDay === null ? rest : { ...rest, perDay })),
  }));

/** One person behind enough entries for everything, so that only the rules are in question. */
export const oneHand: Roster = {
  ...sampleRoster,
  people: (['control', 'custody', 'recovery', 'control', null] as const).map((of, place) => ({
    id: ids[place] ?? '',
    roles: place === 4 ? ['officer', 'administrator'] : ['officer'],
    group: of,
    credentials: [
      {
        id: 'AAAA',
        publicKey: 'BBBA',
        backupEligible: false,
        software: true,
        notAfter: null,
        revokedAt: null,
      },
    ],
  })),
};

/**
 * The same with a group for only some of the entries and many delegations between them, also to
 * oneself and from people who have nothing to give.
 */
export const lending: fc.Arbitrary<Roster> = fc
  .record({
    groups: fc.array(fc.option(group, { freq: 2 }), { minLength: 5, maxLength: 5 }),
    delegations: fc.array(delegation, { minLength: 1, maxLength: 6 }),
    personEnds: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, end), {
      minLength: 5,
      maxLength: 5,
    }),
    keyEnds: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, end), {
      minLength: 5,
      maxLength: 5,
    }),
  })
  .map(({ groups, delegations, personEnds, keyEnds }) => ({
    ...oneHand,
    delegations,
    people: oneHand.people.map((entry, place) => ({
      ...entry,
      group: groups[place] ?? null,
      ...(typeof personEnds[place] === 'string' ? { notAfter: personEnds[place] } : {}),
      credentials: entry.credentials.map((key) => ({ ...key, notAfter: keyEnds[place] ?? null })),
    })),
  }));

/** Everything by the floor, so that only the people are in question. */
export const byTheFloor: Policy = {
  ...samplePolicy,
  rules: [
    {
      id: 'floor',
      name: 'As few people as may be',
      when: { kinds: ['withdrawal', 'key-ceremony', 'roster-change', 'release'] },
      outcome: {
        effect: 'allow',
        needs: [{ group: 'control', decision: 'approve', people: 1 }],
      },
    },
  ],
};
