/** Vault and key register with this party's sealed shares. */
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, publicKeyHex, slug, vaultTier, type VaultTier } from '#lib/protocol/scalars.ts';
import { groupKey, publicKeyOf, shareBelongs, type GroupKey } from '../../frost/group.ts';
import { suite } from '../../frost/suite.ts';
import type { Member } from '../../frost/transcript.ts';
import { signedEnvelope, type SignedEnvelope } from '../../wire/envelope.ts';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { SealError, type KeyEncryptionKey } from '../seal.ts';
import { bytesOf, integerOf, textOf, type Database, type Row } from './database.ts';

const RECORD_VERSION = 1;

export type KeyState = 'prepared' | 'usable';

export type KeyRecord = {
  key: string;
  vault: string;
  tier: VaultTier;
  chain: string;
  epoch: number;
  /** In the order of their index. */
  members: Member[];
  group: GroupKey;
  ceremony: string;
  transcript: string;
  operation: string;
  intentDigest: string;
  state: KeyState;
  /** This party's own signed confirmation, for activating the others after a restart. */
  confirmation: SignedEnvelope;
};

const members = z.array(
  z.strictObject({
    name: slug,
    index: z.int().min(1).max(16),
    identityKey: publicKeyHex,
    exchangeKey: publicKeyHex,
  }),
);

/** Binds a sealed share to everything that says what it is a share of, and to its state. */
function about(party: string, of: KeyRecord): Uint8Array {
  return lengthPrefixed(
    'countersign/sealed-share/v1',
    of.key,
    suite,
    of.epoch,
    party,
    of.group.threshold,
    publicKeyOf(of.group),
    RECORD_VERSION,
    of.state,
    of.vault,
    of.tier,
    of.chain,
    of.ceremony,
    canonicalize(of.group),
    canonicalize(of.members),
  );
}

function toRecord(row: Row): KeyRecord {
  return {
    key: textOf(row, 'key'),
    vault: textOf(row, 'vault'),
    tier: vaultTier.parse(textOf(row, 'tier')),
    chain: textOf(row, 'chain'),
    epoch: integerOf(row, 'epoch'),
    members: members.parse(JSON.parse(textOf(row, 'members'))),
    group: groupKey.parse(JSON.parse(textOf(row, 'group_key'))),
    ceremony: digestHex.parse(textOf(row, 'ceremony')),
    transcript: textOf(row, 'transcript'),
    operation: textOf(row, 'operation'),
    intentDigest: textOf(row, 'intent_digest'),
    state: z.enum(['prepared', 'usable']).parse(textOf(row, 'state')),
    confirmation: signedEnvelope.parse(JSON.parse(textOf(row, 'confirmation'))),
  };
}

export function findKey(database: Database, key: string): KeyRecord | null {
  const row = database.one('select * from keys where key = ?', key);
  return row ? toRecord(row) : null;
}

export function listKeys(database: Database): KeyRecord[] {
  return database.all('select * from keys order by key').map(toRecord);
}

/** Stores a share that may not be used yet, in place of an earlier one that never was usable. */
export function prepareKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  signingShare: Uint8Array,
  at: Date,
): void {
  database.run(`delete from keys where key = ? and state = 'prepared'`, record.key);
  database.run(
    `insert into keys (key, vault, tier, chain, suite, epoch, members, group_key, public_key,
       ceremony, transcript, operation, intent_digest, state, confirmation, sealed, prepared_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.key,
    record.vault,
    record.tier,
    record.chain,
    suite,
    record.epoch,
    JSON.stringify(record.members),
    JSON.stringify(record.group),
    publicKeyOf(record.group),
    record.ceremony,
    record.transcript,
    record.operation,
    record.intentDigest,
    record.state,
    JSON.stringify(record.confirmation),
    kek.seal(about(party, record), signingShare),
    at.toISOString(),
  );
}

/** Makes a prepared key usable; the share is sealed anew because its state is part of the seal. */
export function activateKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  at: Date,
): void {
  const share = openShare(database, kek, party, record);
  const sealed = kek.seal(about(party, { ...record, state: 'usable' }), share);
  share.fill(0);
  database.run(
    `update keys set state = 'usable', sealed = ?, usable_at = ? where key = ?`,
    sealed,
    at.toISOString(),
    record.key,
  );
}

/**
 * Opens the share and checks that it is this party's share of exactly this group.
 * @throws SealError when it is not.
 */
export function openShare(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
): Uint8Array {
  const row = database.one('select sealed from keys where key = ?', record.key);
  const own = record.members.find((member) => member.name === party);
  if (!row || !own) throw new SealError();
  const share = kek.open(about(party, record), bytesOf(row, 'sealed'));
  if (!shareBelongs(record.group, own.index, share)) throw new SealError();
  return share;
}
