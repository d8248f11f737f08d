/** Vaults that a policy can name, with the word of their holders, or who has not given it yet. */
import type { Database } from '#lib/platform/db/client.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { isColdIn, type Roster } from '#lib/protocol/roster.ts';
import { isVouchedFor } from '#lib/protocol/vault-proof.ts';
import { inWords } from '../policy-words.ts';
import { loadKnownVaults, type KnownVault } from './known-vaults.ts';

export type NamableVault = {
  label: string;
  /** As the policy would name it; null where too few of its holders vouch for it. */
  entry: OwnVault | null;
  vault: string;
  /** Why it can't be named yet and what to do; null where it can. */
  lacks: string | null;
};

/** @returns what is to be done to get the word of these parties. */
function wayTo(missing: readonly string[], roster: Roster): string {
  const isCold = (name: string): boolean => isColdIn(roster, name);
  const [sites, online] = [missing.filter(isCold), missing.filter((name) => !isCold(name))];
  const ways = [
    sites.length > 0 &&
      `The site of ${inWords(sites, 'or')} is to be visited: the answer of any trip brings its word back.`,
    online.length > 0 &&
      `${inWords(online)} ${online.length === 1 ? 'gives its word' : 'give their word'} by ${online.length === 1 ? 'itself' : 'themselves'} within seconds of being on.`,
  ];
  return ways.filter((way) => way !== false).join(' ');
}

/** Pure: what the policy would say of the vault, or who is missing. */
export function namableVault({ name, expected, given }: KnownVault, roster: Roster): NamableVault {
  const { vault, chain, address, threshold, holders } = expected;
  const label = shownText(name);
  // Exactly as many as sign together: more would only make the document longer.
  const receipts = holders.flatMap((party) => given.get(party) ?? []).slice(0, threshold);
  const entry = { vault, chain, address, receipts };
  if (isVouchedFor(entry, roster)) return { label, vault, entry, lacks: null };
  const missing = holders.filter((party) => !given.has(party));
  const lacks = `${threshold} of the ${holders.length} parties that hold its key must vouch for its address, and ${
    given.size === 0
      ? 'none has'
      : `only ${inWords([...given.keys()])} ${given.size === 1 ? 'has' : 'have'}`
  } so far. ${wayTo(missing, roster)}`;
  return { label, vault, entry: null, lacks };
}

/** All vaults on record, by their id. */
export async function listNamableVaults(db: Database, roster: Roster): Promise<NamableVault[]> {
  const known = await loadKnownVaults(db, roster);
  return known.map((vault) => namableVault(vault, roster));
}
