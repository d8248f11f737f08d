/** An intent in plain words: every field of it, with exact amounts and full addresses. */
import { controlText } from '#lib/chains/control-text.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import type { Intent, MovingIntent, WithdrawalIntent } from '#lib/protocol/intent.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { amountText, feeAssetOf, tokenOf, unitsText } from './amounts.ts';
import { kindNames } from './kind-names.ts';
import { policyChanges, type HeldVault } from './policy-words.ts';
import { rosterChanges } from './roster-words.ts';
import { scopeWords } from './scope-words.ts';
import { firstOf, inWords, shown, utc, type Fact } from './section.ts';
import type { Trust } from '../store/trust.ts';

const LINES_MAX = 60;

/** One line that says what the operation is, for headings and lists. */
export function headline(intent: Intent): string {
  const name = kindNames[intent.kind];
  switch (intent.kind) {
    case 'withdrawal':
      return `${name} of ${amountText(intent.amount, intent.asset)}`;
    case 'vault-transfer':
      return `${amountText(intent.amount, intent.asset)} from vault ${intent.vault} to vault ${intent.destination.vault}`;
    case 'proof-of-control':
      return `${name} of vault ${intent.vault}`;
    case 'key-ceremony':
    case 'key-refresh':
    case 'key-repair':
    case 'key-backup':
      return `${name}: ${intent.key}`;
    case 'roster-change':
      return `${name} to version ${intent.roster.version}`;
    case 'policy-change':
      return `${name} to version ${intent.policy.version}`;
    case 'destination-listing':
      return `${name}: ${intent.destination.id}`;
    case 'destination-removal':
      return `${name}: ${intent.destination}`;
    case 'freeze':
      return `${name} of ${scopeWords(intent.scope)}`;
    case 'release':
      return name;
    case 'revocation':
      return `${name} of ${intent.person}`;
  }
}

const code = (term: string, text: string): Fact => ({ term, text: shown(text), as: 'code' });
const address = (term: string, text: string): Fact => ({ term, text: shown(text), as: 'address' });
const plain = (term: string, text: string): Fact => ({ term, text: shown(text) });

const reason = (commitment: string): Fact => ({
  term: 'Fingerprint of the reason',
  text: commitment,
  as: 'digest',
  notes: ['The reason itself is not kept here.'],
});

/** Absent in intents from before it was named. */
const feeBorneBy = ({ feeBearer = 'custodian' }: MovingIntent): Fact =>
  plain(
    'Network fee borne by',
    feeBearer === 'custodian' ? 'the custodian' : `client ${feeBearer}`,
  );

/** Which contract a token is by this party's own data, before there is a transaction to read it from. */
function tokenFacts({ chain, asset }: { chain: string; asset: string }): Fact[] {
  const token = tokenOf(chain, asset);
  if (token === null) return [];
  const note = 'by this party’s own data; it signs a call of no other';
  return [{ ...address(`Contract of ${asset}`, token), notes: [note] }];
}

function withdrawalFacts(intent: WithdrawalIntent): Fact[] {
  const { amount, asset, chain, destination } = intent;
  const feeAsset = feeAssetOf(chain);
  const fee = intent.highestFee;
  return [
    { ...plain('Amount', amountText(amount, asset)), notes: [unitsText(amount)] },
    { ...address('To address', destination.address), notes: [`destination ${destination.id}`] },
    plain('From vault', intent.vault),
    plain('Client', intent.client),
    plain('Chain', chain),
    ...tokenFacts(intent),
    {
      ...plain('Highest network fee', feeAsset ? amountText(fee, feeAsset) : unitsText(fee)),
      notes: [unitsText(fee)],
    },
    feeBorneBy(intent),
    intent.memo === null ? plain('Memo', 'none') : code('Memo', intent.memo),
    reason(intent.reasonCommitment),
    {
      term: 'Travel-rule record',
      text: intent.travelRule ?? 'none',
      ...(intent.travelRule === null ? {} : { as: 'digest' as const }),
    },
  ];
}

function transferFacts(intent: VaultTransferIntent): Fact[] {
  const { amount, asset, chain, destination, highestFee: fee } = intent;
  const feeAsset = feeAssetOf(chain);
  return [
    { ...plain('Amount', amountText(amount, asset)), notes: [unitsText(amount)] },
    plain('From vault', intent.vault),
    { ...address('To address', destination.address), notes: [`vault ${destination.vault}`] },
    plain('Chain', chain),
    ...tokenFacts(intent),
    {
      ...plain('Highest network fee', feeAsset ? amountText(fee, feeAsset) : unitsText(fee)),
      notes: [unitsText(fee)],
    },
    feeBorneBy(intent),
    ...(intent.owner === undefined
      ? []
      : [
          plain(
            'Whose account moves',
            intent.owner === null ? 'the custodian’s' : `that of client ${intent.owner}`,
          ),
        ]),
    reason(intent.reasonCommitment),
  ];
}

function listingFacts({ destination }: Extract<Intent, { kind: 'destination-listing' }>): Fact[] {
  const { evidence } = destination;
  return [
    { ...address('Address', destination.address), notes: [`destination ${destination.id}`] },
    plain('Client', destination.client),
    plain('Asset', destination.asset),
    plain('Chain', destination.chain),
    ...tokenFacts(destination),
    plain('Whose address it is', destination.class),
    plain('Certified until', utc(destination.expiresAt)),
    evidence === null
      ? plain('Evidence of ownership', 'none')
      : {
          term: `Evidence of ownership: ${evidence.method}`,
          text: evidence.commitment,
          as: 'digest',
        },
  ];
}

function ceremonyFacts(intent: Extract<Intent, { kind: 'key-ceremony' }>): Fact[] {
  return [
    plain('Key', intent.key),
    plain('Vault', `${intent.vault.id} (${intent.vault.tier}) on ${intent.vault.chain}`),
    plain(
      'Shares',
      `${intent.threshold} of ${intent.parties.length} sign: ${inWords(intent.parties)}`,
    ),
    plain('Kind of key', intent.suite),
  ];
}

function controlFacts(intent: ProofOfControlIntent): Fact[] {
  const { block, snapshotDigest } = intent.challenge;
  return [
    plain('Vault', intent.vault),
    plain('Key', intent.key),
    { ...address('Address', intent.address), notes: [`on ${intent.chain}`] },
    { term: 'Snapshot', text: snapshotDigest, as: 'digest' },
    code('Not before block', `${block.height} ${block.hash}`),
    {
      ...code('Text that is signed', controlText(intent)),
      notes: ['No transaction: it moves nothing.'],
    },
  ];
}

const changes = (lines: readonly string[], against: number): Fact[] => [
  plain('Compared with', `version ${against}, which is in force here`),
  ...firstOf(lines, LINES_MAX).map((line, place) => plain(`Change ${place + 1}`, line)),
];

/**
 * @param trust what is in force here, which a change is compared with.
 * @param held vaults whose address this party derives itself.
 */
export function intentFacts(intent: Intent, trust: Trust, held: readonly HeldVault[]): Fact[] {
  switch (intent.kind) {
    case 'withdrawal':
      return withdrawalFacts(intent);
    case 'vault-transfer':
      return transferFacts(intent);
    case 'proof-of-control':
      return controlFacts(intent);
    case 'key-ceremony':
      return ceremonyFacts(intent);
    case 'key-refresh':
    case 'key-backup':
      return [
        plain('Key', intent.key),
        plain('Epoch', String(intent.epoch)),
        plain('Parties', inWords(intent.parties)),
      ];
    case 'key-repair':
      return [
        plain('Key', intent.key),
        plain('Epoch', String(intent.epoch)),
        plain('Party that lost its share', intent.party),
        plain('Helpers', inWords(intent.helpers)),
      ];
    case 'roster-change':
      return changes(rosterChanges(trust.roster, intent.roster), trust.roster.version);
    case 'policy-change':
      return changes(policyChanges(trust.policy, intent.policy, held), trust.policy.version);
    case 'destination-listing':
      return listingFacts(intent);
    case 'destination-removal':
      return [plain('Destination', intent.destination), reason(intent.reasonCommitment)];
    case 'freeze':
      return [plain('Stands still', scopeWords(intent.scope)), reason(intent.reasonCommitment)];
    case 'release':
      return [code('Freeze that ends', intent.freeze), reason(intent.reasonCommitment)];
    case 'revocation':
      return [
        plain('Person', intent.person),
        intent.credential === null
          ? plain('Keys', 'every key of the person')
          : code('Key', intent.credential),
        reason(intent.reasonCommitment),
      ];
  }
}
