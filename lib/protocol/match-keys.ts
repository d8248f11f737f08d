/** Operations about keys against the party's own key register and roster. */
import type { DecideInput, HeldKey } from './decide-input.ts';
import type {
  KeyBackupIntent,
  KeyCeremonyIntent,
  KeyRefreshIntent,
  KeyRepairIntent,
} from './key-intents.ts';
import type { PartyRefusal } from './refusals.ts';

export function matchKeyCeremony(
  intent: KeyCeremonyIntent,
  { party, roster }: DecideInput,
): PartyRefusal | null {
  if (party.keys.some(({ id }) => id === intent.key)) return 'key-exists';
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
  if ([...shares.values()].some((count) => count >= intent.threshold))
    return 'ceremony-one-group-enough';
  // Cold is cold: parties with a network never suffice for the key of a cold vault.
  const online = holders.filter((holder) => holder?.cold !== true).length;
  return intent.vault.tier === 'cold' && online >= intent.threshold
    ? 'ceremony-cold-key-online'
    : null;
}

const sameParties = (key: HeldKey, parties: readonly string[]): boolean =>
  key.parties.length === parties.length && key.parties.every((name, at) => name === parties[at]);

/** Refresh and backup: every holder of the key takes part, at the epoch in force. */
export function matchWholeKey(
  intent: KeyRefreshIntent | KeyBackupIntent,
  { party, roster }: DecideInput,
): PartyRefusal | null {
  const key = party.keys.find(({ id }) => id === intent.key);
  if (!key) return 'key-unknown';
  if (key.epoch !== intent.epoch) return 'key-epoch-differs';
  if (!sameParties(key, intent.parties)) return 'key-parties-differ';
  if (intent.kind === 'key-refresh') return null;
  const backed = new Set((roster.backups ?? []).map((backup) => backup.party));
  return key.parties.every((name) => backed.has(name)) ? null : 'backup-group-missing';
}

/** Repair: as many helpers as the threshold, and one who lost its share and helps nobody. */
export function matchRepair(
  intent: KeyRepairIntent,
  { party, roster }: DecideInput,
): PartyRefusal | null {
  const { helpers } = intent;
  const lost = roster.parties.find(({ name }) => name === intent.party);
  if (!lost) return 'ceremony-party-unknown';
  if (helpers.includes(intent.party)) return 'repair-helper-lost';
  const indexes = helpers.map(
    (name) => roster.parties.find((entry) => entry.name === name)?.index ?? 0,
  );
  const ordered = indexes.every((index, at) => index > (indexes[at - 1] ?? 0));
  if (!ordered) return 'ceremony-parties-order';
  const key = party.keys.find(({ id }) => id === intent.key);
  if (party.name === intent.party)
    // Its record may be gone with the share; what the helpers agree on is checked in the rounds.
    return null;
  if (!key) return 'key-unknown';
  if (key.epoch !== intent.epoch) return 'key-epoch-differs';
  if (!key.parties.includes(intent.party)) return 'key-parties-differ';
  const sound =
    helpers.length === key.threshold && helpers.every((name) => key.parties.includes(name));
  if (!sound) return 'repair-helpers-unsound';
  return helpers.includes(party.name) ? null : 'ceremony-without-this-party';
}
