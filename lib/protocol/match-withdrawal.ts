/** A withdrawal against the party's own records and the transaction that would be signed. */
import { plainTransaction, type PlainTransaction } from './bundle.ts';
import type { DecideInput } from './decide-input.ts';
import type { WithdrawalIntent } from './intent.ts';
import type { Policy } from './policy.ts';
import type { SpendScope } from './policy-facts.ts';
import type { PartyRefusal } from './refusals.ts';

function matchDestination(
  intent: WithdrawalIntent,
  { party, now }: DecideInput,
  policies: readonly Policy[],
): PartyRefusal | null {
  const listed = party.destinations.find((entry) => entry.id === intent.destination.id);
  if (!listed) return 'destination-not-listed';
  if (listed.removed) return 'destination-removed';
  if (listed.address !== intent.destination.address) return 'destination-address-differs';
  if (listed.client !== intent.client) return 'destination-client-differs';
  if (listed.chain !== intent.chain) return 'chain-mismatch';
  if (listed.asset !== intent.asset) return 'asset-mismatch';
  const at = Date.parse(now);
  if (at >= Date.parse(listed.expiresAt)) return 'destination-expired';
  const coolDown = Math.max(...policies.map(({ book }) => book?.coolDownSeconds ?? 0));
  return at < Date.parse(listed.listedAt) + coolDown * 1000 ? 'destination-cooling-down' : null;
}

/** What left in the last 24 hours, this operation included, against a bound. */
function findBreach(
  intent: WithdrawalIntent,
  spent: DecideInput['party']['spent'],
  of: { scope: SpendScope; bound: string; refusal: PartyRefusal },
): PartyRefusal | null {
  const known = spent.find(({ scope, hours }) => scope === of.scope && hours === 24);
  if (!known) return 'fact-missing';
  return BigInt(known.amount) + BigInt(intent.amount) > BigInt(of.bound) ? of.refusal : null;
}

/** Several payments on their way to a new destination are one first payment. */
function findFirstUseRefusal(
  intent: WithdrawalIntent,
  { party }: DecideInput,
  policy: Policy,
): PartyRefusal | null {
  const cap = policy.book?.firstUseCaps?.find(({ asset }) => asset === intent.asset);
  const used = party.destinations.find(({ id }) => id === intent.destination.id)?.used === true;
  if (!cap || used) return null;
  const refusal = 'first-use-cap-exceeded';
  if (BigInt(intent.amount) > BigInt(cap.amount)) return refusal;
  return findBreach(intent, party.spent, { scope: 'destination', bound: cap.amount, refusal });
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
  { party }: DecideInput,
  policy: Policy,
): PartyRefusal | null {
  const cap = policy.keyCaps?.find(({ asset }) => asset === intent.asset);
  if (!cap || policy.audit) return null;
  const refusal = 'key-cap-exceeded';
  return findBreach(intent, party.spent, { scope: 'vault', bound: cap.perDay, refusal });
}

/**
 * @param policies the one in force and, where it was another, that of the raise; the stricter wins.
 * @returns the first thing in which intent, own records and transaction differ.
 */
export function matchWithdrawal(
  intent: WithdrawalIntent,
  input: DecideInput,
  policies: readonly Policy[],
): PartyRefusal | null {
  const { vaults } = input.party;
  const vault = vaults.find((entry) => entry.id === intent.vault);
  if (!vault) return 'vault-unknown';
  if (vault.chain !== intent.chain) return 'chain-mismatch';
  const destination = matchDestination(intent, input, policies);
  if (destination) return destination;
  for (const policy of policies) {
    const capped =
      findFirstUseRefusal(intent, input, policy) ?? findKeyCapRefusal(intent, input, policy);
    if (capped) return capped;
  }
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
