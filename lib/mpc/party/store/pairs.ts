/**
 * This party's states with the other holders of a key (decision 25), sealed like shares. Every function
 * but `listPairs` joins the caller's commit.
 */
import { z } from 'zod';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { SealError, type KeyEncryptionKey } from '../seal.ts';
import { bytesOf, integerOf, textOf, type Database, type Row } from './database.ts';
import type { KeyRecord } from './keys.ts';

/**
 * `used` from before the first message that rests on it; `banned` from the first check that failed;
 * `given-up` where the party's share was repaired, so that nobody can say what its store forgot.
 */
export const pairState = z.enum(['set-up', 'used', 'banned', 'given-up']);

export type PairRecord = {
  key: string;
  epoch: number;
  /** That made the epoch. */
  ceremony: string;
  peer: string;
  /** Hash of the set-up, hex; both sides have the same. */
  id: string;
  state: z.infer<typeof pairState>;
};

export type EpochOfKey = Pick<KeyRecord, 'key' | 'epoch' | 'ceremony'>;

function about(party: string, { key, epoch, ceremony, peer, id, state }: PairRecord): Uint8Array {
  return lengthPrefixed('countersign/sealed-pair/v1', key, epoch, ceremony, party, peer, id, state);
}

const tagOf = (kek: KeyEncryptionKey, party: string, record: PairRecord): string =>
  kek.authenticate('countersign/pair-record/v1', about(party, record));

const toRecord = (row: Row): PairRecord => ({
  key: textOf(row, 'key'),
  epoch: integerOf(row, 'epoch'),
  ceremony: digestHex.parse(textOf(row, 'ceremony')),
  peer: slug.parse(textOf(row, 'peer')),
  id: digestHex.parse(textOf(row, 'pair_id')),
  state: pairState.parse(textOf(row, 'state')),
});

/**
 * All pairs in one epoch of a key, by the peer's name.
 * @throws SealError when a row is not one that this party wrote.
 */
export function listPairs(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  { key, epoch, ceremony }: EpochOfKey,
): PairRecord[] {
  const sql = 'select * from pairs where key = ? and epoch = ? and ceremony = ? order by peer';
  return database.all(sql, key, epoch, ceremony).map((row) => {
    const record = toRecord(row);
    if (textOf(row, 'tag') !== tagOf(kek, party, record)) throw new SealError();
    return record;
  });
}

/** Opens the secret of a pair; the caller wipes it. @throws SealError when it doesn't open. */
export function openPairSecret(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: PairRecord,
): Uint8Array {
  const { key, epoch, ceremony, peer } = record;
  const sql = 'select sealed from pairs where key = ? and epoch = ? and ceremony = ? and peer = ?';
  const row = database.one(sql, key, epoch, ceremony, peer);
  if (!row) throw new SealError();
  return kek.open(about(party, record), bytesOf(row, 'sealed'));
}

/**
 * Writes the pair in place of what was there.
 * @param secret null exactly for a pair without one.
 */
export function putPair(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: PairRecord,
  secret: Uint8Array | null,
  at: Date,
): void {
  const { key, epoch, ceremony, peer, id, state } = record;
  database.run(
    `insert into pairs (key, epoch, ceremony, peer, pair_id, state, sealed, tag, changed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (key, epoch, ceremony, peer) do update set pair_id = excluded.pair_id,
       state = excluded.state, sealed = excluded.sealed, tag = excluded.tag,
       changed_at = excluded.changed_at`,
    key,
    epoch,
    ceremony,
    peer,
    id,
    state,
    secret && kek.seal(about(party, record), secret),
    tagOf(kek, party, record),
    at.toISOString(),
  );
}

/** Erases the pairs of what came before this epoch of a key, and of what should have come in its place. */
export function erasePairsBefore(database: Database, { key, epoch, ceremony }: EpochOfKey): void {
  database.run(
    'delete from pairs where key = ? and epoch <= ? and ceremony <> ?',
    key,
    epoch,
    ceremony,
  );
}
