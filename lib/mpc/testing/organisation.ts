/** A small organisation whose people press software keys now, for tests with real parties. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import type { GenesisBundle, GenesisDocument, GenesisStatement } from '#lib/protocol/genesis.ts';
import { digestOf, intentDigest, type Intent } from '#lib/protocol/intent.ts';
import { timedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Group, Role, Roster, RosterParty } from '#lib/protocol/roster.ts';
import {
  createSoftwareAuthenticator,
  type SoftwareAuthenticator,
} from '#lib/protocol/software-authenticator.ts';
import {
  challengeOf,
  type Decision,
  type SignedStatement,
  type Statement,
} from '#lib/protocol/statement.ts';

export const ORIGIN = 'http://localhost:3000';
const RP_ID = 'localhost';
const HOUR = 3_600_000;
const common = { organisation: 'sample-custody', environment: 'sandbox' } as const;

const cast = {
  raisa: { id: 'p-raisaaaaaa', roles: ['officer'], group: 'control' },
  adam: { id: 'p-adamaaaaaa', roles: ['officer'], group: 'control' },
  cora: { id: 'p-coraaaaaaa', roles: ['officer'], group: 'custody' },
  remy: { id: 'p-remyaaaaaa', roles: ['officer'], group: 'recovery' },
} as const satisfies Record<string, { id: string; roles: readonly Role[]; group: Group }>;
export type Name = keyof typeof cast;
const names = Object.keys(cast) as Name[];

const random = (): string => randomBytes(32).toString('base64url');
export const inAnHour = (): string => new Date(Date.now() + HOUR).toISOString();

export type Organisation = {
  /** Each person's key, for presses that are no statement about an operation. */
  keys: Readonly<Record<Name, SoftwareAuthenticator>>;
  roster: Roster;
  policy: Policy;
  genesis: GenesisBundle;
  /** One person's key press over a statement about an intent; anything can be changed. */
  say(
    name: Name,
    decision: Decision,
    intent: Intent,
    changes?: Partial<Statement>,
  ): SignedStatement;
  /** An intent with the statements of the people its kind needs. */
  bundle(intent: Intent, changes?: Partial<Statement>): OperationBundle;
};

function policyOf(): Policy {
  const approve = { group: 'control', decision: 'approve', people: 1 } as const;
  const cosign = { group: 'custody', decision: 'cosign', people: 1 } as const;
  const recover = { group: 'recovery', decision: 'cosign', people: 1 } as const;
  return {
    type: 'countersign/policy/v1',
    ...common,
    version: 1,
    previous: null,
    lifetimes: Object.fromEntries(
      timedKind.options.map((kind) => [kind, 3600]),
    ) as Policy['lifetimes'],
    caps: [{ asset: 'SOL', perOperation: '500000000000' }],
    rules: [
      {
        id: 'usual',
        name: 'Four eyes',
        when: {
          kinds: [
            'withdrawal',
            'proof-of-control',
            'vault-transfer',
            'roster-change',
            'policy-change',
            'destination-listing',
          ],
        },
        outcome: { effect: 'allow', needs: [approve, cosign] },
      },
      {
        id: 'keys',
        name: 'One of each group',
        when: { kinds: ['key-ceremony', 'key-refresh', 'key-repair', 'key-backup'] },
        outcome: { effect: 'allow', needs: [approve, cosign, recover] },
      },
      {
        id: 'release',
        name: 'One more than for a withdrawal',
        when: { kinds: ['release'] },
        outcome: { effect: 'allow', needs: [{ ...approve, people: 2 }, cosign] },
      },
    ],
  };
}

function rosterOf(
  keys: Readonly<Record<Name, SoftwareAuthenticator>>,
  parties: readonly RosterParty[],
): Roster {
  return {
    type: 'countersign/roster/v1',
    ...common,
    version: 1,
    previous: null,
    relyingParty: { id: RP_ID, origins: [ORIGIN] },
    people: names.map((name) => ({
      ...cast[name],
      roles: [...cast[name].roles],
      credentials: [
        {
          id: keys[name].credentialId,
          publicKey: Buffer.from(keys[name].publicKey).toString('base64url'),
          backupEligible: false,
          software: true,
          notAfter: null,
          revokedAt: null,
        },
      ],
    })),
    parties: [...parties],
  };
}

function genesisOf(
  keys: Readonly<Record<Name, SoftwareAuthenticator>>,
  document: GenesisDocument,
): GenesisBundle {
  const statements = names.map((name) => {
    const statement: GenesisStatement = {
      type: 'countersign/genesis-statement/v1',
      ...common,
      genesisDigest: digestOf(document),
      person: cast[name].id,
      nonce: random(),
      issuedAt: new Date().toISOString(),
    };
    const challenge = challengeOf(statement);
    return { statement, assertion: keys[name].assert({ challenge, origin: ORIGIN }) };
  });
  return { document, statements };
}

/**
 * Founds an organisation with these parties; every call makes new keys.
 * @param rules what its first policy says otherwise than usual.
 */
export function foundOrganisation(
  parties: readonly RosterParty[],
  rules: Partial<Policy> = {},
): Organisation {
  const keys = Object.fromEntries(
    names.map((name) => [name, createSoftwareAuthenticator({ rpId: RP_ID })]),
  ) as Record<Name, SoftwareAuthenticator>;
  const roster = rosterOf(keys, parties);
  const policy = { ...policyOf(), ...rules };
  const document: GenesisDocument = { type: 'countersign/genesis/v1', ...common, roster, policy };
  const say: Organisation['say'] = (name, decision, intent, changes = {}) => {
    const statement: Statement = {
      type: 'countersign/statement/v1',
      ...common,
      operation: intent.operation,
      intentDigest: intentDigest(intent),
      decision,
      person: cast[name].id,
      attempt: 1,
      rosterVersion: 1,
      policyVersion: 1,
      reason:
        decision === 'reject' || decision === 'cancel'
          ? { code: 'other', noteCommitment: '0'.repeat(64) }
          : null,
      nonce: random(),
      issuedAt: new Date().toISOString(),
      expiresAt: inAnHour(),
      ...changes,
    };
    const assertion = keys[name].assert({ challenge: challengeOf(statement), origin: ORIGIN });
    return { statement, assertion };
  };
  return {
    keys,
    roster,
    policy,
    genesis: genesisOf(keys, document),
    say,
    bundle: (intent, changes) => ({
      intent,
      statements: [
        say('raisa', 'raise', intent, changes),
        say('adam', 'approve', intent, changes),
        say('cora', 'cosign', intent, changes),
        ...(intent.kind.startsWith('key-') ? [say('remy', 'cosign', intent, changes)] : []),
      ],
    }),
  };
}

export const commonIntent = () =>
  ({
    type: 'countersign/intent/v1',
    ...common,
    operation: randomUUID(),
    notAfter: inAnHour(),
  }) as const;

/** What a key is made for. */
export type KeyKind = { suite: KeySuite; chain: string };
export const solanaKey: KeyKind = { suite: 'FROST-ED25519-SHA512-v1', chain: 'solana:sandbox' };
export const taprootKey: KeyKind = {
  suite: 'FROST-secp256k1-SHA256-TR-v1',
  chain: 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328',
};
export const segwitKey: KeyKind = {
  suite: 'DKLS23-secp256k1-SHA256-v1',
  chain: taprootKey.chain,
};
export const etherKey: KeyKind = { suite: segwitKey.suite, chain: 'eip155:31337' };
/** For tests of what keys of every suite that parties make have in common. */
export const everyKey = [
  ['Ed25519', solanaKey],
  ['secp256k1', taprootKey],
] as const;

export function keyCeremonyIntent(
  key = 'key-warm-1',
  vault = 'warm-1',
  parties = ['control', 'custody', 'recovery'],
  { suite, chain }: KeyKind = solanaKey,
): Intent {
  return {
    ...commonIntent(),
    kind: 'key-ceremony',
    key,
    suite,
    threshold: 2,
    parties,
    vault: { id: vault, tier: 'warm', chain },
  };
}

const holders = ['control', 'custody', 'recovery'];

/** @param epoch the one in force. */
export function keyRefreshIntent(epoch = 1, key = 'key-warm-1', parties = holders): Intent {
  return { ...commonIntent(), kind: 'key-refresh', key, epoch, parties };
}

export function keyRepairIntent(
  party: string,
  helpers: string[],
  epoch = 1,
  key = 'key-warm-1',
): Intent {
  return { ...commonIntent(), kind: 'key-repair', key, epoch, party, helpers };
}

export function keyBackupIntent(epoch = 1, key = 'key-warm-1', parties = holders): Intent {
  return { ...commonIntent(), kind: 'key-backup', key, epoch, parties };
}

export function listingIntent(destination: { id: string; address: string }): Intent {
  return {
    ...commonIntent(),
    kind: 'destination-listing',
    destination: {
      ...destination,
      client: 'C-20418',
      chain: 'solana:sandbox',
      asset: 'SOL',
      class: 'client-wallet',
      evidence: null,
      expiresAt: new Date(Date.now() + 30 * 24 * HOUR).toISOString(),
    },
  };
}

export function withdrawalIntent(
  destination: { id: string; address: string },
  amount = '1500000',
): Intent {
  return {
    ...commonIntent(),
    kind: 'withdrawal',
    client: 'C-20418',
    vault: 'warm-1',
    chain: 'solana:sandbox',
    asset: 'SOL',
    amount,
    destination,
    highestFee: '10000',
    memo: null,
    reasonCommitment: 'ab'.repeat(32),
    travelRule: null,
  };
}

/** @param to the vault that gets it, and the address that people sign. */
export const transferIntent = (
  to: { vault: string; address: string },
  from = 'warm-1',
  amount = '1500000',
): VaultTransferIntent => ({
  ...commonIntent(),
  kind: 'vault-transfer',
  vault: from,
  chain: 'solana:sandbox',
  asset: 'SOL',
  amount,
  destination: to,
  highestFee: '10000',
  reasonCommitment: 'ab'.repeat(32),
});

/** @param address of the vault, as its parties know it. */
export function controlIntent(
  address: string,
  of: { vault: string; key: string } = { vault: 'warm-1', key: 'key-warm-1' },
): ProofOfControlIntent {
  return {
    ...commonIntent(),
    kind: 'proof-of-control',
    ...of,
    chain: 'solana:sandbox',
    address,
    challenge: {
      snapshotDigest: 'cd'.repeat(32),
      block: { height: 312_000_000, hash: '4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM' },
    },
  };
}

export function rosterChangeIntent(current: Roster): Intent {
  return {
    ...commonIntent(),
    kind: 'roster-change',
    roster: {
      ...current,
      version: current.version + 1,
      previous: digestOf(current),
      people: current.people.map((person) =>
        person.id === cast.remy.id ? { ...person, roles: ['officer', 'auditor'] } : person,
      ),
    },
  };
}
