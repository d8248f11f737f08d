/** What this party holds of each key, as its status and its pages show it. */
import { findShare, keysOf, type Party } from './party.ts';
import { backedUpEpoch } from './store/backups.ts';
import type { KeyRecord, KeyState } from './store/keys.ts';

type ShownEpoch = { epoch: number; state: Exclude<KeyState, 'unconfirmed'> };

export type StandingKey = {
  /** Of the epoch in use, or of the one that waits for the other parties. */
  record: KeyRecord;
  /** `lost` where the share of the epoch in use doesn't open any more. */
  state: 'prepared' | 'usable' | 'lost';
  epochs: ShownEpoch[];
  backedUpEpoch: number | null;
};

const shown = ({ epoch, state }: KeyRecord): ShownEpoch[] =>
  state === 'unconfirmed' ? [] : [{ epoch, state }];

function standing(party: Party, records: readonly KeyRecord[]): StandingKey | null {
  const used = records.find(({ state }) => state === 'usable');
  // A share that is not confirmed may still give way to another, so nobody should count on it.
  const record = used ?? records.find(({ state }) => state === 'prepared');
  if (!record) return null;
  const state = used ? (findShare(party, used) ? 'usable' : 'lost') : 'prepared';
  const group = (party.trust?.roster.backups ?? []).find(
    (backup) => backup.party === party.config.name,
  );
  return {
    record,
    state,
    epochs: records.flatMap(shown),
    backedUpEpoch: group ? backedUpEpoch(party.database, record.key, group.publicKey) : null,
  };
}

export function standingKeys(party: Party): StandingKey[] {
  const byKey = Map.groupBy(keysOf(party), ({ key }) => key);
  return [...byKey.values()].flatMap((records) => standing(party, records) ?? []);
}
