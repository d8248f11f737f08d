/**
 * How one epoch of a key follows another in the register. Every function joins the caller's commit.
 * What each state means for the protocol is said in `party/refresh-switch.ts`.
 */
import type { SignedEnvelope } from '../../wire/envelope.ts';
import { SealError, type KeyEncryptionKey } from '../seal.ts';
import type { Database } from './database.ts';
import { changeKey, insertKey, type KeyRecord } from './keys.ts';
import { erasePairsBefore } from './pairs.ts';

function deleteEpoch(database: Database, { key, epoch, ceremony }: KeyRecord): void {
  database.run(
    'delete from keys where key = ? and epoch = ? and ceremony = ?',
    key,
    epoch,
    ceremony,
  );
}

/** Keeps an epoch that is no longer first in line; without a share that opens there is nothing to keep. */
function setAside(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  changes: { state: 'superseded' | 'retiring'; abandonedBy?: string[] },
  at: Date,
): void {
  try {
    changeKey(database, kek, party, record, changes, at);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    deleteEpoch(database, record);
  }
}

/**
 * Stores the next epoch with this party's confirmation of it.
 * @param of.aside one that this party had prepared before, and the members that deny it; or null.
 * @param of.gone others that can come in force nowhere any more.
 */
export function prepareEpoch(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  of: {
    record: KeyRecord;
    share: Uint8Array;
    aside: { record: KeyRecord; abandonedBy: string[] } | null;
    gone: readonly KeyRecord[];
  },
  at: Date,
): void {
  const { record, share, aside, gone } = of;
  for (const other of gone) deleteEpoch(database, other);
  if (aside) {
    const { abandonedBy } = aside;
    setAside(database, kek, party, aside.record, { state: 'superseded', abandonedBy }, at);
  }
  insertKey(database, kek, party, record, share, at);
}

/**
 * Puts the next epoch in force.
 * @param of.others prepared epochs of the same number that it takes the place of.
 * @throws SealError when its share doesn't open.
 */
export function switchEpoch(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  of: {
    from: KeyRecord;
    to: KeyRecord;
    others: readonly KeyRecord[];
    evidence: SignedEnvelope[];
  },
  at: Date,
): void {
  const { from, to, others, evidence } = of;
  setAside(database, kek, party, from, { state: 'retiring' }, at);
  for (const other of others)
    setAside(database, kek, party, other, { state: 'superseded', abandonedBy: [] }, at);
  changeKey(database, kek, party, to, { state: 'usable', evidence }, at);
}

/**
 * Puts a share that was rebuilt in force, in place of the one that was lost.
 * @param of.all every record of the party; others of the key are set aside.
 */
export function restoreEpoch(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  of: { record: KeyRecord; share: Uint8Array; all: readonly KeyRecord[] },
  at: Date,
): void {
  const { record, share, all } = of;
  for (const other of all.filter(({ key }) => key === record.key)) {
    if (other.epoch === record.epoch && other.ceremony === record.ceremony)
      deleteEpoch(database, other);
    else if (other.state === 'usable')
      setAside(database, kek, party, other, { state: 'retiring' }, at);
    else if (other.state === 'prepared' && other.epoch <= record.epoch)
      setAside(database, kek, party, other, { state: 'superseded', abandonedBy: [] }, at);
  }
  insertKey(database, kek, party, record, share, at);
}

/** Erases what came before this epoch of a key, and what should have come in its place. */
export function eraseEarlier(database: Database, { key, epoch, ceremony }: KeyRecord): void {
  database.run(
    'delete from keys where key = ? and epoch <= ? and ceremony <> ?',
    key,
    epoch,
    ceremony,
  );
  erasePairsBefore(database, { key, epoch, ceremony });
}

/**
 * Empties the write-ahead log into the database, so that what was erased is in neither; not inside
 * a commit.
 */
export function flushErased(database: Database): void {
  database.all('pragma wal_checkpoint(truncate)');
}
