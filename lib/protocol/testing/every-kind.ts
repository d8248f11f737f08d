/** The sample organisation with one operation of every kind, and what each needs to be accepted. */
import type { ProofOfControlIntent } from '../control-intent.ts';
import type { DecideInput } from '../decide-input.ts';
import type { IntentKind } from '../intent-kinds.ts';
import { digestOf, type Intent, type PolicyChangeIntent } from '../intent.ts';
import type { KeyBackupIntent, KeyRefreshIntent, KeyRepairIntent } from '../key-intents.ts';
import type { Policy } from '../policy.ts';
import type { Roster } from '../roster.ts';
import type { SignedStatement, Statement } from '../statement.ts';
import type {
  DestinationRemovalIntent,
  FreezeIntent,
  ReleaseIntent,
  RevocationIntent,
} from '../stop-intents.ts';
import type { VaultTransferIntent } from '../vault-transfer-intent.ts';
import {
  destinationListing,
  inputFor,
  keyCeremony,
  keys,
  personIdOf,
  policy,
  roster,
  rosterChange,
  say,
  VAULT_ADDRESS,
  withdrawal,
  type Name,
} from './sample.ts';

const { type, organisation, environment, operation, notAfter, reasonCommitment } = withdrawal;
const common = { type, organisation, environment, operation, notAfter } as const;

/** The freeze that stands wherever {@link release} is decided. */
export const FROZEN_BY = '5c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b';

/** The next version of a policy; anything can be changed. */
export const nextPolicy = (changes: Partial<Policy> = {}, current: Policy = policy): Policy => ({
  ...current,
  version: current.version + 1,
  previous: digestOf(current),
  ...changes,
});

export const changeTo = (next: Policy): PolicyChangeIntent => ({
  ...common,
  kind: 'policy-change',
  policy: next,
});

/** A loosening: a higher cap. */
export const policyChange = changeTo(
  nextPolicy({ caps: [{ asset: 'SOL', perOperation: '900000000000' }] }),
);
/** A tightening: a lower cap. */
export const policyTightening = changeTo(
  nextPolicy({ caps: [{ asset: 'SOL', perOperation: '5000000000' }] }),
);

export const freeze: FreezeIntent = {
  ...common,
  kind: 'freeze',
  scope: { what: 'everything' },
  reasonCommitment,
};
export const release: ReleaseIntent = {
  ...common,
  kind: 'release',
  freeze: FROZEN_BY,
  reasonCommitment,
};
export const revocation: RevocationIntent = {
  ...common,
  kind: 'revocation',
  person: personIdOf('adam'),
  credential: keys.adam.credentialId,
  reasonCommitment,
};
export const removal: DestinationRemovalIntent = {
  ...common,
  kind: 'destination-removal',
  destination: 'acme-treasury',
  reasonCommitment,
};

const whole = { key: 'key-warm-1', epoch: 1, parties: ['control', 'custody', 'recovery'] };
export const keyRefresh: KeyRefreshIntent = { ...common, kind: 'key-refresh', ...whole };
export const keyBackup: KeyBackupIntent = { ...common, kind: 'key-backup', ...whole };
export const keyRepair: KeyRepairIntent = {
  ...common,
  kind: 'key-repair',
  key: 'key-warm-1',
  epoch: 1,
  party: 'recovery',
  helpers: ['control', 'custody'],
};

export const proofOfControl: ProofOfControlIntent = {
  ...common,
  kind: 'proof-of-control',
  vault: 'warm-1',
  key: 'key-warm-1',
  chain: 'solana:sandbox',
  address: VAULT_ADDRESS,
  challenge: {
    snapshotDigest: 'cd'.repeat(32),
    block: { height: 312_000_000, hash: '4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM' },
  },
};

/** A vault of which every party of the sample holds a share, beside the one that pays. */
export const coldVault = {
  id: 'cold-1',
  key: 'key-cold-1',
  tier: 'cold',
  chain: 'solana:sandbox',
  address: '6bVYkLzAXG7kYAgN4jZxWEjPaU4dMzZRR5nPdWrn9oXn',
} as const;

export const vaultTransfer: VaultTransferIntent = {
  ...common,
  kind: 'vault-transfer',
  vault: 'warm-1',
  chain: 'solana:sandbox',
  asset: 'SOL',
  amount: '1250000000',
  destination: { vault: coldVault.id, address: coldVault.address },
  highestFee: '10000',
  reasonCommitment,
};

/** The sample roster with a group of custodians for each party. */
export const rosterWithBackups: Roster = {
  ...roster,
  backups: (
    [
      ['control', 'raisa', 'adam'],
      ['custody', 'cora', 'kim'],
      ['recovery', 'remy', 'anna'],
    ] as const
  ).map(([party, one, two], place) => ({
    id: `backup-${party}`,
    party,
    threshold: 2,
    publicKey: String(place + 1).repeat(64),
    custodians: [personIdOf(one), personIdOf(two)],
  })),
};

/** One intent of every kind. */
export const everyKind = {
  withdrawal,
  'key-ceremony': keyCeremony,
  'key-refresh': keyRefresh,
  'key-repair': keyRepair,
  'key-backup': keyBackup,
  'roster-change': rosterChange,
  'policy-change': policyChange,
  'destination-listing': destinationListing,
  'destination-removal': removal,
  freeze,
  release,
  revocation,
  'proof-of-control': proofOfControl,
  'vault-transfer': vaultTransfer,
} as const satisfies { [K in IntentKind]: Extract<Intent, { kind: K }> };

const stops: readonly IntentKind[] = ['freeze', 'revocation', 'destination-removal'];
const byAllGroups: readonly IntentKind[] = [
  'key-ceremony',
  'key-refresh',
  'key-repair',
  'key-backup',
];

/** Who says what, beside the raiser. */
function othersFor(kind: IntentKind): (readonly [Name, 'approve' | 'cosign'])[] {
  if (stops.includes(kind)) return [];
  const usual = [['adam', 'approve'] as const, ['cora', 'cosign'] as const];
  if (byAllGroups.includes(kind)) return [...usual, ['remy', 'cosign']];
  return kind === 'release'
    ? [...usual, ['carl', 'approve'], ['kim', 'cosign'], ['remy', 'cosign']]
    : usual;
}

/** The statements that exactly suffice for an intent under the sample policy, raised by Raisa. */
export const statementsFor = (
  intent: Intent,
  changes: Partial<Statement> = {},
): SignedStatement[] => [
  say('raisa', 'raise', intent, changes),
  ...othersFor(intent.kind).map(([name, decision]) => say(name, decision, intent, changes)),
];

/** An input in which the control party accepts the intent, whatever its kind; anything can be changed. */
export function acceptedInput(intent: Intent, changes: Partial<DecideInput> = {}): DecideInput {
  const input = inputFor(intent, { statements: statementsFor(intent) });
  if (intent.kind === 'key-backup') input.roster = rosterWithBackups;
  if (intent.kind === 'release')
    input.party.freezes = [{ operation: FROZEN_BY, scope: { what: 'everything' } }];
  if (intent.kind === 'vault-transfer') {
    const { transaction } = inputFor(withdrawal);
    input.party.vaults = [...input.party.vaults, coldVault];
    input.transaction = transaction && { ...transaction, to: coldVault.address, memo: null };
  }
  return { ...input, ...changes };
}
