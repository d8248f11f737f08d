/** A proof of control against the party's own register of vaults. */
import type { ProofOfControlIntent } from './control-intent.ts';
import type { DecideInput } from './decide-input.ts';
import type { PartyRefusal } from './refusals.ts';

export function matchControl(
  intent: ProofOfControlIntent,
  { party }: DecideInput,
): PartyRefusal | null {
  const vault = party.vaults.find(({ id }) => id === intent.vault);
  if (!vault) return 'vault-unknown';
  if (vault.chain !== intent.chain) return 'chain-mismatch';
  // A proof that named another key or address would be one about something else.
  if (vault.key !== intent.key) return 'control-key-differs';
  return vault.address === intent.address ? null : 'control-address-differs';
}
