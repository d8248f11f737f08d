/** A withdrawal against the party's own records and the transaction that would be signed. */
import type { DecideInput } from './decide-input.ts';
import type { WithdrawalIntent } from './intent.ts';
import { findBreach, findKeyCapRefusal } from './match-spends.ts';
import { matchTransaction } from './match-transaction.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { sourceOf } from './source-account.ts';

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
  const source = sourceOf(intent, vault, input.party);
  return typeof source === 'string' ? source : matchTransaction(intent, source, input);
}
