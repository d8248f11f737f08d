/** A withdrawal against the party's own records and the transaction that would be signed. */
import { plainTransaction, type PlainTransaction } from './bundle.ts';
import type { DecideInput } from './decide-input.ts';
import type { WithdrawalIntent } from './intent.ts';
import type { PartyRefusal } from './refusals.ts';

function matchDestination(
  intent: WithdrawalIntent,
  { party, policy, now }: DecideInput,
): PartyRefusal | null {
  const listed = party.destinations.find((entry) => entry.id === intent.destination.id);
  if (!listed) return 'destination-not-listed';
  if (listed.removed) return 'destination-removed';
  if (listed.address !== intent.destination.address) return 'destination-address-differs';
  if (listed.client !== intent.client) return 'destination-client-differs';
  if (listed.chain !== intent.chain) return 'chain-mismatch';
  if (listed.asset !== intent.asset) return 'asset-mismatch';
  const [at, book] = [Date.parse(now), policy.book];
  if (at >= Date.parse(listed.expiresAt)) return 'destination-expired';
  if (at < Date.parse(listed.listedAt) + (book?.coolDownSeconds ?? 0) * 1000)
    return 'destination-cooling-down';
  const first = book?.firstUseCaps?.find((cap) => cap.asset === intent.asset);
  return first && !listed.used && BigInt(intent.amount) > BigInt(first.amount)
    ? 'first-use-cap-exceeded'
    : null;
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

/** What one key may let go in a day until the code that signs with it was audited from outside. */
function findKeyCapRefusal(
  intent: WithdrawalIntent,
  { party, policy }: DecideInput,
): PartyRefusal | null {
  if (policy.audit) return null;
  const cap = policy.keyCaps?.find(({ asset }) => asset === intent.asset);
  if (!cap) return null;
  const spent = party.spent.find(({ scope, hours }) => scope === 'vault' && hours === 24);
  if (!spent) return 'fact-missing';
  return BigInt(spent.amount) + BigInt(intent.amount) > BigInt(cap.perDay)
    ? 'key-cap-exceeded'
    : null;
}

/** @returns the first thing in which intent, own records and transaction differ. */
export function matchWithdrawal(intent: WithdrawalIntent, input: DecideInput): PartyRefusal | null {
  const { vaults } = input.party;
  const vault = vaults.find((entry) => entry.id === intent.vault);
  if (!vault) return 'vault-unknown';
  if (vault.chain !== intent.chain) return 'chain-mismatch';
  const destination = matchDestination(intent, input);
  if (destination) return destination;
  const capped = findKeyCapRefusal(intent, input);
  if (capped) return capped;
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
