/** Destinations, freezes and revocations against what the party holds. */
import { leavesOthersAble } from './alone.ts';
import type { DecideInput } from './decide-input.ts';
import type { DestinationListingIntent, MovingIntent } from './intent.ts';
import { findLockout } from './lockout.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import { withoutKeys } from './roster.ts';
import type {
  DestinationRemovalIntent,
  FreezeIntent,
  ReleaseIntent,
  RevocationIntent,
} from './stop-intents.ts';

/** A listing, or the recertification of one: then nothing but expiry and evidence may differ. */
export function matchListing(
  intent: DestinationListingIntent,
  { party, now }: DecideInput,
  policies: readonly Policy[],
): PartyRefusal | null {
  const { id, address, client, chain, asset } = intent.destination;
  const end = Date.parse(intent.destination.expiresAt);
  const at = Date.parse(now);
  if (end <= at) return 'destination-expired';
  const validity = Math.min(...policies.map(({ book }) => book?.validitySeconds ?? Infinity));
  if (end > at + validity * 1000) return 'destination-validity-too-long';
  const listed = party.destinations.find((entry) => entry.id === id);
  if (listed) {
    const same =
      listed.address === address &&
      listed.client === client &&
      listed.chain === chain &&
      listed.asset === asset &&
      listed.class === intent.destination.class;
    if (!same) return 'destination-exists';
    if (listed.removed) return 'destination-removed';
  }
  const own = [...party.vaults.map((vault) => vault.address), ...(party.ownAddresses ?? [])];
  return own.includes(address) ? 'destination-is-own-vault' : null;
}

export function matchRemoval(
  intent: DestinationRemovalIntent,
  { party }: DecideInput,
): PartyRefusal | null {
  return party.destinations.some(({ id }) => id === intent.destination)
    ? null
    : 'destination-not-listed';
}

export function matchFreeze(
  intent: FreezeIntent,
  { party, roster, adoptedElsewhere }: DecideInput,
): PartyRefusal | null {
  const { scope } = intent;
  // Whoever holds no share of the vault must still freeze what those who do have frozen.
  if (adoptedElsewhere === true) return null;
  // Cold parties and the others hold shares of different vaults, and all must freeze the same.
  if (scope.what !== 'vault' || roster.parties.some(({ cold }) => cold === true)) return null;
  // A name that means nothing here would look like a freeze and stop nothing.
  return party.vaults.some(({ id }) => id === scope.vault) ? null : 'vault-unknown';
}

export function matchRelease(intent: ReleaseIntent, { party }: DecideInput): PartyRefusal | null {
  return party.freezes.some(({ operation }) => operation === intent.freeze)
    ? null
    : 'freeze-unknown';
}

export function matchRevocation(
  intent: RevocationIntent,
  { party, roster, policy }: DecideInput,
  raiser: string | null,
): PartyRefusal | null {
  const person = roster.people.find(({ id }) => id === intent.person);
  if (!person) return 'revocation-person-unknown';
  const { credential } = intent;
  const keys = person.credentials.map(({ id }) => id);
  if (credential !== null && !keys.includes(credential)) return 'revocation-key-unknown';
  const revoked = new Set(party.revokedCredentials);
  const ended = new Set([...revoked, ...(credential === null ? keys : [credential])]);
  const [before, after] = [withoutKeys(roster, revoked), withoutKeys(roster, ended)];
  // Whoever stole one key must not be able to shut out everybody who could end it.
  const isShut = findLockout(after, policy) !== null && findLockout(before, policy) === null;
  const hangsOnRaiser = raiser !== null && !leavesOthersAble({ before, after }, { policy, raiser });
  return isShut || hangsOnRaiser ? 'revocation-locks-out' : null;
}

/** For what moves coins: what arrives in a frozen vault could not be moved on. */
export const findFrozenMove = (
  intent: MovingIntent,
  freezes: DecideInput['party']['freezes'],
): PartyRefusal | null =>
  findFrozen(intent, freezes) ??
  (intent.kind === 'vault-transfer'
    ? findFrozen({ vault: intent.destination.vault, asset: null }, freezes)
    : null);

/** @returns the refusal where something that the operation would move stands still. */
export function findFrozen(
  of: { vault: string | null; asset: string | null },
  freezes: DecideInput['party']['freezes'],
): PartyRefusal | null {
  for (const { scope } of freezes) {
    if (scope.what === 'everything') return 'everything-frozen';
    if (scope.what === 'asset' && scope.asset === of.asset) return 'asset-frozen';
    if (scope.what === 'vault' && scope.vault === of.vault) return 'vault-frozen';
  }
  return null;
}
