/** A small organisation with software keys that never change, for tests and contract examples. */
import type { DecideInput } from '../decide-input.ts';
import {
  digestOf,
  type DestinationListingIntent,
  type Intent,
  type KeyCeremonyIntent,
  type RosterChangeIntent,
  type WithdrawalIntent,
} from '../intent.ts';
import type { Policy } from '../policy.ts';
import type { Group, Role, Roster, RosterPerson } from '../roster.ts';
import {
  createSoftwareAuthenticator,
  type AssertOptions,
  type SoftwareAuthenticator,
} from '../software-authenticator.ts';
import { challengeOf, type Decision, type SignedStatement, type Statement } from '../statement.ts';

export const NOW = '2026-03-02T10:00:00.000Z';
export const ORIGIN = 'http://localhost:3000';
export const RP_ID = 'localhost';
export const OPERATION = '0b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d';
export const VAULT_ADDRESS = '7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv';
export const DESTINATION_ADDRESS = '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T';
export const FEE_PAYER = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';

/** An instant some seconds before or after {@link NOW}. */
export const at = (seconds: number): string =>
  new Date(Date.parse(NOW) + seconds * 1000).toISOString();

type Cast = Readonly<Record<string, { id: string; roles: Role[]; group: Group | null }>>;
const cast = {
  raisa: { id: 'p-raisaaaaaa', roles: ['officer'], group: 'control' },
  adam: { id: 'p-adamaaaaaa', roles: ['officer'], group: 'control' },
  carl: { id: 'p-carlaaaaaa', roles: ['officer'], group: 'control' },
  cora: { id: 'p-coraaaaaaa', roles: ['officer'], group: 'custody' },
  kim: { id: 'p-kimaaaaaaa', roles: ['officer'], group: 'custody' },
  remy: { id: 'p-remyaaaaaa', roles: ['officer'], group: 'recovery' },
  anna: { id: 'p-annaaaaaaa', roles: ['administrator'], group: null },
  otto: { id: 'p-ottoaaaaaa', roles: ['auditor'], group: null },
} as const satisfies Cast;
export type Name = keyof typeof cast;
export const names = Object.keys(cast) as Name[];
export const personIdOf = (name: Name): string => cast[name].id;

const seedOf = (index: number): Uint8Array => new Uint8Array(32).fill(index + 1);

/** Keys by name; every second one is an Ed25519 key, the others P-256. */
export const keys = Object.fromEntries(
  names.map((name, index) => [
    name,
    createSoftwareAuthenticator({
      rpId: RP_ID,
      algorithm: index % 2 === 0 ? 'ES256' : 'EdDSA',
      seed: seedOf(index),
    }),
  ]),
) as Record<Name, SoftwareAuthenticator>;

/** The roster entry of a person with one key. */
export function personWith(name: Name, key: SoftwareAuthenticator = keys[name]): RosterPerson {
  const { id, roles, group } = cast[name];
  const publicKey = Buffer.from(key.publicKey).toString('base64url');
  const { credentialId, backupEligible } = key;
  return {
    id,
    roles: [...roles],
    group,
    credentials: [
      {
        id: credentialId,
        publicKey,
        backupEligible,
        software: true,
        notAfter: null,
        revokedAt: null,
      },
    ],
  };
}

const common = { organisation: 'sample-custody', environment: 'sandbox' } as const;
const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0').repeat(32);

export const roster: Roster = {
  type: 'countersign/roster/v1',
  ...common,
  version: 1,
  previous: null,
  relyingParty: { id: RP_ID, origins: [ORIGIN] },
  people: names.map((name) => personWith(name)),
  parties: (['control', 'custody', 'recovery'] as const).map((group, place) => ({
    name: group,
    group,
    index: place + 1,
    identityKey: hexOf(0x10 + place),
    exchangeKey: hexOf(0x20 + place),
  })),
};

const allow = (
  kinds: Policy['rules'][number]['when']['kinds'],
  recovery: boolean,
): Policy['rules'][number] => ({
  id: kinds[0] ?? 'none',
  name: `Usual people for ${kinds.join(', ')}`,
  when: { kinds },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 1 },
      { group: 'custody', decision: 'cosign', people: 1 },
      ...(recovery ? [{ group: 'recovery', decision: 'cosign', people: 1 } as const] : []),
    ],
  },
});

export const policy: Policy = {
  type: 'countersign/policy/v1',
  ...common,
  version: 1,
  previous: null,
  lifetimes: {
    withdrawal: 900,
    'key-ceremony': 3600,
    'key-refresh': 3600,
    'key-repair': 3600,
    'key-backup': 3600,
    'roster-change': 3600,
    'policy-change': 3600,
    'destination-listing': 3600,
    'destination-removal': 3600,
    freeze: 3600,
    release: 3600,
    revocation: 3600,
  },
  caps: [{ asset: 'SOL', perOperation: '500000000000' }],
  rules: [
    allow(['withdrawal'], false),
    allow(['proof-of-control'], false),
    allow(['vault-transfer'], false),
    allow(['key-ceremony', 'key-refresh', 'key-repair', 'key-backup'], true),
    allow(['roster-change', 'policy-change', 'destination-listing'], false),
    {
      id: 'release',
      name: 'One more than a withdrawal to release a freeze',
      when: { kinds: ['release'] },
      outcome: {
        effect: 'allow',
        needs: [
          { group: 'control', decision: 'approve', people: 2 },
          { group: 'custody', decision: 'cosign', people: 2 },
          { group: 'recovery', decision: 'cosign', people: 1 },
        ],
      },
    },
  ],
};

const commonIntent = {
  type: 'countersign/intent/v1',
  ...common,
  operation: OPERATION,
  notAfter: at(3600),
} as const;

export const withdrawal: WithdrawalIntent = {
  ...commonIntent,
  kind: 'withdrawal',
  client: 'C-20418',
  vault: 'warm-1',
  chain: 'solana:sandbox',
  asset: 'SOL',
  amount: '1250000000',
  destination: { id: 'acme-treasury', address: DESTINATION_ADDRESS },
  highestFee: '10000',
  memo: 'invoice 7',
  reasonCommitment: hexOf(0xab),
  travelRule: null,
};

export const keyCeremony: KeyCeremonyIntent = {
  ...commonIntent,
  kind: 'key-ceremony',
  key: 'key-warm-2',
  suite: 'FROST-ED25519-SHA512-v1',
  threshold: 2,
  parties: ['control', 'custody', 'recovery'],
  vault: { id: 'warm-2', tier: 'warm', chain: 'solana:sandbox' },
};

export const rosterChange: RosterChangeIntent = {
  ...commonIntent,
  kind: 'roster-change',
  roster: {
    ...roster,
    version: 2,
    previous: digestOf(roster),
    people: roster.people.map((person) =>
      person.id === cast.otto.id ? { ...person, roles: ['auditor', 'dpo'] } : person,
    ),
  },
};

export const destinationListing: DestinationListingIntent = {
  ...commonIntent,
  kind: 'destination-listing',
  destination: {
    id: 'acme-payroll',
    client: 'C-20418',
    chain: 'solana:sandbox',
    asset: 'SOL',
    address: 'BPFLoaderUpgradeab1e11111111111111111111111',
    class: 'client-wallet',
    evidence: { method: 'signed-message', commitment: hexOf(0xef) },
    expiresAt: at(31_536_000),
  },
};

/** What a person would sign about an intent; anything can be changed. */
export function statementOf(
  name: Name,
  decision: Decision,
  intent: Intent,
  changes: Partial<Statement> = {},
): Statement {
  const place =
    names.indexOf(name) * 5 + ['raise', 'approve', 'cosign', 'reject', 'cancel'].indexOf(decision);
  return {
    type: 'countersign/statement/v1',
    ...common,
    operation: intent.operation,
    intentDigest: digestOf(intent),
    decision,
    person: cast[name].id,
    attempt: 1,
    rosterVersion: 1,
    policyVersion: 1,
    reason:
      decision === 'reject' || decision === 'cancel'
        ? { code: 'wrong-details', noteCommitment: hexOf(0xcd) }
        : null,
    nonce: Buffer.alloc(32, place + 1).toString('base64url'),
    issuedAt: at(-60 + place),
    expiresAt: at(600),
    ...changes,
  };
}

/** Signs a statement as a browser would have it signed at the console's origin. */
export function press(
  statement: Statement,
  key: SoftwareAuthenticator,
  changes: Partial<AssertOptions> = {},
): SignedStatement {
  const assertion = key.assert({ challenge: challengeOf(statement), origin: ORIGIN, ...changes });
  return { statement, assertion };
}

/** One person's signed statement. */
export function say(
  name: Name,
  decision: Decision,
  intent: Intent,
  changes: Partial<Statement> = {},
  assertion: Partial<AssertOptions> = {},
): SignedStatement {
  return press(statementOf(name, decision, intent, changes), keys[name], assertion);
}

/** Raise, approval and co-signature (and one of the recovery group for a key ceremony). */
export function fullSet(intent: Intent): SignedStatement[] {
  return [
    say('raisa', 'raise', intent),
    say('adam', 'approve', intent),
    say('cora', 'cosign', intent),
    ...(intent.kind === 'key-ceremony' ? [say('remy', 'cosign', intent)] : []),
  ];
}

/** What the control party holds, and a transaction that fits {@link withdrawal}. */
export function inputFor(intent: Intent, changes: Partial<DecideInput> = {}): DecideInput {
  const isTransfer = intent.kind === 'withdrawal';
  return {
    intent,
    statements: fullSet(intent),
    roster,
    policy,
    party: {
      name: 'control',
      group: 'control',
      vaults: [
        {
          id: 'warm-1',
          key: 'key-warm-1',
          tier: 'warm',
          chain: 'solana:sandbox',
          address: VAULT_ADDRESS,
        },
      ],
      destinations: [
        {
          id: 'acme-treasury',
          client: 'C-20418',
          chain: 'solana:sandbox',
          asset: 'SOL',
          address: DESTINATION_ADDRESS,
          class: 'client-wallet',
          listedAt: at(-864_000),
          expiresAt: at(31_536_000),
          removed: false,
          used: true,
        },
      ],
      keys: [
        {
          id: 'key-warm-1',
          vault: 'warm-1',
          epoch: 1,
          threshold: 2,
          parties: ['control', 'custody', 'recovery'],
        },
      ],
      seenCounters: [],
      endedAttempts: [],
      freezes: [],
      revokedCredentials: [],
      spent: [],
      waits: [],
      codes: [],
      peers: { word: 'heard', differing: [] },
    },
    ties: [],
    transaction: isTransfer
      ? {
          chain: 'solana:sandbox',
          asset: 'SOL',
          from: VAULT_ADDRESS,
          to: DESTINATION_ADDRESS,
          amount: intent.amount,
          feePayer: FEE_PAYER,
          fee: '10000',
          memo: intent.memo,
          conflictKey: `solana:nonce:3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T:D4xWLs4gDB4T3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7:${FEE_PAYER}`,
        }
      : null,
    now: NOW,
    ...changes,
  };
}
