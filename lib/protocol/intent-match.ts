/** Compares an intent with what the party itself knows and with the transaction it would sign. */
import { plainTransaction, type PlainTransaction } from './bundle.ts';
import type { DecideInput } from './decide-input.ts';
import type {
  DestinationListingIntent,
  Intent,
  KeyCeremonyIntent,
  WithdrawalIntent,
} from './intent.ts';
import type { PolicyFacts } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { findRosterChangeRefusal } from './roster-change.ts';

/**
 * The facts a policy looks at; the tier comes from the party's own vaults.
 * @returns null when the party does not know the vault.
 */
export function factsOf(intent: Intent, party: DecideInput['party']): PolicyFacts | null {
  const { kind } = intent;
  switch (kind) {
    case 'withdrawal': {
      const vault = party.vaults.find((entry) => entry.id === intent.vault);
      return vault
        ? { kind, asset: intent.asset, amount: BigInt(intent.amount), tier: vault.tier }
        : null;
    }
    case 'key-ceremony':
      return { kind, asset: null, amount: null, tier: intent.vault.tier };
    case 'roster-change':
      return { kind, asset: null, amount: null, tier: null };
    case 'destination-listing':
      return { kind, asset: intent.destination.asset, amount: null, tier: null };
  }
}

function matchDestination(intent: WithdrawalIntent, { party }: DecideInput): PartyRefusal | null {
  const listed = party.destinations.find((entry) => entry.id === intent.destination.id);
  if (!listed) return 'destination-not-listed';
  if (listed.address !== intent.destination.address) return 'destination-address-differs';
  if (listed.client !== intent.client) return 'destination-client-differs';
  if (listed.chain !== intent.chain) return 'chain-mismatch';
  return listed.asset === intent.asset ? null : 'asset-mismatch';
}

function matchTransfer(
  intent: WithdrawalIntent,
  source: string,
  transaction: PlainTransaction,
): PartyRefusal | null {
  if (transaction.chain !== intent.chain) return 'transaction-chain-differs';
  if (transaction.asset !== intent.asset) return 'transaction-asset-differs';
  if (transaction.from !== source) return 'transaction-source-differs';
  if (transaction.to !== intent.destination.address) return 'transaction-recipient-differs';
  if (transaction.amount !== intent.amount) return 'transaction-amount-differs';
  if (transaction.memo !== intent.memo) return 'transaction-memo-differs';
  return BigInt(transaction.fee) <= BigInt(intent.highestFee)
    ? null
    : 'transaction-fee-above-bound';
}

function matchWithdrawal(intent: WithdrawalIntent, input: DecideInput): PartyRefusal | null {
  const { vaults } = input.party;
  const vault = vaults.find((entry) => entry.id === intent.vault);
  if (!vault) return 'vault-unknown';
  if (vault.chain !== intent.chain) return 'chain-mismatch';
  const destination = matchDestination(intent, input);
  if (destination) return destination;
  if (input.transaction === null) return 'transaction-missing';
  const parsed = plainTransaction.safeParse(input.transaction);
  if (!parsed.success) return 'transaction-undecodable';
  const transaction = parsed.data;
  const difference = matchTransfer(intent, vault.address, transaction);
  if (difference) return difference;
  // One client's assets must never pay for another's transfer.
  if (vaults.some((entry) => entry.address === transaction.feePayer))
    return 'transaction-fee-from-vault';
  const conflicts = input.ties.every((tie) => tie === transaction.conflictKey);
  return conflicts ? null : 'transaction-does-not-conflict';
}

function matchKeyCeremony(
  intent: KeyCeremonyIntent,
  { party, roster }: DecideInput,
): PartyRefusal | null {
  if (party.keys.includes(intent.key)) return 'key-exists';
  if (party.vaults.some((vault) => vault.id === intent.vault.id)) return 'vault-exists';
  const holders = intent.parties.map((name) => roster.parties.find((entry) => entry.name === name));
  let before = 0;
  const shares = new Map<string, number>();
  for (const holder of holders) {
    if (!holder) return 'ceremony-party-unknown';
    if (holder.index <= before) return 'ceremony-parties-order';
    before = holder.index;
    shares.set(holder.group, (shares.get(holder.group) ?? 0) + 1);
  }
  if (!intent.parties.includes(party.name)) return 'ceremony-without-this-party';
  if (intent.threshold > intent.parties.length) return 'ceremony-threshold';
  // Four eyes by mathematics: the parties of one group never suffice.
  return [...shares.values()].some((count) => count >= intent.threshold)
    ? 'ceremony-one-group-enough'
    : null;
}

function matchListing(
  intent: DestinationListingIntent,
  { party }: DecideInput,
): PartyRefusal | null {
  const { id, address } = intent.destination;
  if (party.destinations.some((entry) => entry.id === id)) return 'destination-exists';
  return party.vaults.some((vault) => vault.address === address)
    ? 'destination-is-own-vault'
    : null;
}

/** @returns the first thing in which the intent, the party's own state and the transaction differ. */
export function findMismatch(intent: Intent, input: DecideInput): PartyRefusal | null {
  if (intent.kind === 'withdrawal') return matchWithdrawal(intent, input);
  if (input.transaction !== null) return 'transaction-unexpected';
  switch (intent.kind) {
    case 'key-ceremony':
      return matchKeyCeremony(intent, input);
    case 'roster-change':
      return findRosterChangeRefusal(input.roster, intent.roster);
    case 'destination-listing':
      return matchListing(intent, input);
  }
}
