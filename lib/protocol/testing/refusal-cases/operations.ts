/** One way to each refusal about what the operation asks for, and about the transaction. */
import type { PartyRefusal } from '../../refusals.ts';
import type { Roster } from '../../roster.ts';
import { changeTo, coldVault, everyKind, nextPolicy } from '../every-kind.ts';
import {
  at,
  destinationListing,
  inputFor,
  keyCeremony,
  NOW,
  personIdOf,
  policy,
  roster,
  VAULT_ADDRESS,
  withdrawal,
} from '../sample.ts';
import { holding, on, onWithdrawal, type Case } from './case.ts';
import {
  asked,
  destined,
  key,
  listed,
  listing,
  moving,
  spent,
  under,
  vault,
} from './operation-case.ts';

const cold: Roster = {
  ...roster,
  parties: roster.parties.map((party) =>
    party.name === 'recovery' ? { ...party, cold: true } : party,
  ),
};

/** Where the client of the sample would have an account of their own. */
const clientAccount = 'BPFLoaderUpgradeab1e11111111111111111111111';

export const operationCases = {
  'intent-malformed': onWithdrawal({ intent: { ...withdrawal, added: 1 } }),
  'intent-kind-unknown': onWithdrawal({ intent: { ...withdrawal, kind: 'mint' } }),
  'intent-expired': asked(withdrawal, { notAfter: NOW }),
  'policy-denies': under({ rules: policy.rules.slice(1) }),
  'cap-exceeded': asked(withdrawal, { amount: '500000000001' }),
  'vault-unknown': asked(withdrawal, { vault: 'warm-9' }),
  'vault-exists': asked(keyCeremony, { vault: { ...keyCeremony.vault, id: 'warm-1' } }),
  'key-exists': asked(keyCeremony, { key: 'key-warm-1' }),
  'control-key-differs': asked(everyKind['proof-of-control'], { key: 'key-warm-9' }),
  'control-address-differs': asked(everyKind['proof-of-control'], {
    address: destinationListing.destination.address,
  }),
  'transfer-to-itself': asked(everyKind['vault-transfer'], {
    destination: { vault: 'warm-1', address: VAULT_ADDRESS },
  }),
  'transfer-destination-unknown': asked(everyKind['vault-transfer'], {
    destination: { vault: 'cold-9', address: coldVault.address },
  }),
  'transfer-destination-differs': asked(everyKind['vault-transfer'], {
    destination: { vault: coldVault.id, address: listed.address },
  }),
  'policy-own-vault-differs': on(
    changeTo(
      nextPolicy({
        ownVaults: [{ vault: 'warm-1', chain: 'solana:sandbox', address: listed.address }],
      }),
    ),
    {},
  ),
  'own-vault-unproved': on(
    changeTo(
      nextPolicy({
        ownVaults: [{ vault: 'cold-2', chain: 'solana:sandbox', address: listed.address }],
      }),
    ),
    {},
  ),
  'key-unknown': asked(everyKind['key-refresh'], { key: 'key-warm-9' }),
  'chain-mismatch': holding({ vaults: [{ ...vault, chain: 'solana:mainnet' }] }),
  'asset-mismatch': destined({ asset: 'USDC' }),
  'destination-not-listed': holding({ destinations: [] }),
  'destination-address-differs': destined({ address: VAULT_ADDRESS }),
  'destination-removed': destined({ removed: true }),
  'destination-cooling-down': on(withdrawal, ({ party }) => ({
    policy: { ...policy, book: { coolDownSeconds: 864_000 } },
    party: { ...party, destinations: [{ ...listed, listedAt: at(-863_999.999) }] },
  })),
  'destination-expired': destined({ expiresAt: NOW }),
  'destination-validity-too-long': on(destinationListing, {
    policy: { ...policy, book: { validitySeconds: 31_535_999 } },
  }),
  'first-use-cap-exceeded': under(
    { book: { firstUseCaps: [{ asset: 'SOL', amount: '1249999999' }] } },
    { destinations: [{ ...listed, used: false }], ...spent('destination', '0') },
  ),
  'key-cap-exceeded': under(
    { keyCaps: [{ asset: 'SOL', perDay: '1250000000' }] },
    spent('vault', '1'),
  ),
  'destination-client-differs': destined({ client: 'C-20419' }),
  'destination-exists': listing({ id: 'acme-treasury' }),
  'destination-is-own-vault': listing({ address: VAULT_ADDRESS }),
  'ceremony-party-unknown': asked(keyCeremony, { parties: ['control', 'stranger'] }),
  'ceremony-parties-order': asked(keyCeremony, { parties: ['custody', 'control'] }),
  'ceremony-without-this-party': asked(keyCeremony, { parties: ['custody', 'recovery'] }),
  'ceremony-threshold': asked(keyCeremony, { threshold: 4 }),
  'ceremony-one-group-enough': on(keyCeremony, {
    roster: {
      ...roster,
      parties: roster.parties.map((party) =>
        party.name === 'recovery' ? { ...party, group: 'control' } : party,
      ),
    },
  }),
  'ceremony-cold-key-online': asked(
    keyCeremony,
    { vault: { ...keyCeremony.vault, tier: 'cold' } },
    { roster: cold },
  ),
  'key-epoch-differs': asked(everyKind['key-refresh'], { epoch: 2 }),
  'key-parties-differ': asked(everyKind['key-refresh'], { parties: ['control', 'custody'] }),
  'backup-group-missing': on(everyKind['key-backup'], { roster }),
  'repair-helper-lost': asked(everyKind['key-repair'], { helpers: ['control', 'recovery'] }),
  'repair-helpers-unsound': asked(
    everyKind['key-repair'],
    { helpers: ['control', 'custody'] },
    {
      party: { ...inputFor(withdrawal).party, keys: [{ ...key, threshold: 3 }] },
    },
  ),
  'transaction-missing': onWithdrawal({ transaction: null }),
  'transaction-unexpected': on(keyCeremony, { transaction: inputFor(withdrawal).transaction }),
  'transaction-undecodable': moving({ amount: '01250000000' }),
  'transaction-chain-differs': moving({ chain: 'solana:mainnet' }),
  'transaction-asset-differs': moving({ asset: 'USDC' }),
  'transaction-source-differs': moving({ from: listed.address }),
  'transaction-recipient-differs': moving({ to: VAULT_ADDRESS }),
  'transaction-amount-differs': moving({ amount: '1250000001' }),
  'transaction-memo-differs': moving({ memo: null }),
  'transaction-fee-above-bound': moving({ fee: '10001' }),
  'transaction-fee-from-vault': moving({ feePayer: VAULT_ADDRESS }),
  'fee-bearer-differs': asked(withdrawal, { feeBearer: 'C-20419' }),
  'transaction-fee-payer-differs': on(
    { ...withdrawal, feeBearer: withdrawal.client },
    ({ party, transaction }) => ({
      party: { ...party, accounts: [{ vault: vault.id, address: clientAccount }] },
      transaction: transaction && { ...transaction, from: clientAccount },
    }),
  ),
  'transfer-owner-missing': on(everyKind['vault-transfer'], ({ party }) => ({
    party: { ...party, accounts: [{ vault: vault.id, address: clientAccount }] },
  })),
  'transfer-owner-unexpected': asked(everyKind['vault-transfer'], { owner: withdrawal.client }),
  'transaction-does-not-conflict': onWithdrawal({ ties: ['solana:nonce:other:value'] }),
  'freeze-unknown': asked(everyKind.release, { freeze: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' }),
  'revocation-person-unknown': asked(everyKind.revocation, { person: 'p-nobodyaaaa' }),
  'revocation-key-unknown': asked(everyKind.revocation, { credential: 'AAAA' }),
  'revocation-locks-out': on(everyKind.revocation, ({ party, roster: of }) => ({
    // Nobody but Adam could approve any more.
    party: {
      ...party,
      revokedCredentials: of.people
        .filter(({ id }) => id === personIdOf('carl'))
        .flatMap(({ credentials }) => credentials.map(({ id }) => id)),
    },
  })),
} as const satisfies Partial<Record<PartyRefusal, Case>>;
