/**
 * A transfer between vaults against the party's own records. The destination is never what somebody
 * says it is: the party derives its address from the key it holds a share of, and for a vault of other
 * parties it goes by the address that the policy names. Three people stated that policy; parties that hold the vault
 * refuse a wrong address, but one that is off, as cold parties are, has not looked yet.
 */
import type { DecideInput } from './decide-input.ts';
import { findKeyCapRefusal } from './match-spends.ts';
import { matchTransaction } from './match-transaction.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { accountIn, sourceOf } from './source-account.ts';
import type { VaultTransferIntent } from './vault-transfer-intent.ts';

type Place = { chain: string; address: string };

/** Where the vault lies by each record of this party; empty when it has none. */
export function placesOf(
  vault: string,
  held: DecideInput['party']['vaults'],
  policies: readonly Policy[],
): Place[] {
  const own = held.filter(({ id }) => id === vault);
  const named = policies.map(({ ownVaults = [] }) =>
    ownVaults.find((entry) => entry.vault === vault),
  );
  const known = named.filter((entry) => entry !== undefined);
  // What the policy of the raise did not name yet, the raiser could not know either.
  return own.length === 0 && known.length < policies.length ? [] : [...own, ...known];
}

function matchDestination(
  intent: VaultTransferIntent,
  { party }: DecideInput,
  policies: readonly Policy[],
): PartyRefusal | null {
  const { vault, address } = intent.destination;
  const places = placesOf(vault, party.vaults, policies);
  if (places.length === 0) return 'transfer-destination-unknown';
  if (places.some(({ chain }) => chain !== intent.chain)) return 'chain-mismatch';
  if (intent.owner !== undefined) {
    const account = accountIn(party, vault);
    if (account === null) return 'transfer-destination-unknown';
    return account === address ? null : 'transfer-destination-differs';
  }
  return places.every((place) => place.address === address) ? null : 'transfer-destination-differs';
}

/**
 * @param policies the one in force and, where it was another, that of the raise; the stricter wins.
 * @returns the first thing in which intent, own records and transaction differ.
 */
export function matchVaultTransfer(
  intent: VaultTransferIntent,
  input: DecideInput,
  policies: readonly Policy[],
): PartyRefusal | null {
  const vault = input.party.vaults.find(({ id }) => id === intent.vault);
  if (!vault) return 'vault-unknown';
  if (vault.chain !== intent.chain) return 'chain-mismatch';
  if (intent.destination.vault === intent.vault) return 'transfer-to-itself';
  const source = sourceOf(intent, vault, input.party);
  if (typeof source === 'string') return source;
  const destination = matchDestination(intent, input, policies);
  if (destination) return destination;
  if (intent.destination.address === source.address) return 'transfer-to-itself';
  for (const policy of policies) {
    const capped = findKeyCapRefusal(intent, input, policy);
    if (capped) return capped;
  }
  return matchTransaction(intent, source, input);
}
