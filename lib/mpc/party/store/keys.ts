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
import { bytesOf, integerOf, textOf, textOrNull, type Database, type Row } from './database.ts';

const RECORD_VERSION = 1;

const keyState = z.enum(['unconfirmed', 'prepared', 'usable']);
/**
 * A share is stored before this party says what it saw; `prepared` once it confirmed that all saw
 * the same, `usable` once all confirmed. One that is unconfirmed can't be in use anywhere, because
 * that takes this party's confirmation; from then on the share is never replaced.
 */
export type KeyState = z.infer<typeof keyState>;

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
  /** This party's own signed echo and confirmation, for finishing the ceremony after a restart. */
  echo: SignedEnvelope;
  confirmation: SignedEnvelope | null;
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
  const confirmation = textOrNull(row, 'confirmation');
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
    state: keyState.parse(textOf(row, 'state')),
    echo: signedEnvelope.parse(JSON.parse(textOf(row, 'echo'))),
    confirmation: confirmation === null ? null : signedEnvelope.parse(JSON.parse(confirmation)),
  };
}

export function findKey(database: Database, key: string): KeyRecord | null {
  const row = database.one('select * from keys where key = ?', key);
  return row ? toRecord(row) : null;
}

export function listKeys(database: Database): KeyRecord[] {
  return database.all('select * from keys order by key').map(toRecord);
}

/** Forgets a share that this party never confirmed. */
export function dropUnconfirmed(database: Database, key: string): void {
  database.run(`delete from keys where key = ? and state = 'unconfirmed'`, key);
}

/** Stores a share, in place of an earlier one only where that was never confirmed. */
export function storeKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  signingShare: Uint8Array,
  at: Date,
): void {
  dropUnconfirmed(database, record.key);
  database.run(
    `insert into keys (key, vault, tier, chain, suite, epoch, members, group_key, public_key,
       ceremony, transcript, operation, intent_digest, state, echo, sealed, stored_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'unconfirmed', ?, ?, ?)`,
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
    JSON.stringify(record.echo),
    kek.seal(about(party, record), signingShare),
    at.toISOString(),
  );
}

/** The share sealed anew: its state is part of the seal. */
function resealed(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  state: KeyState,
): Uint8Array {
  const share = openShare(database, kek, party, record);
  const sealed = kek.seal(about(party, { ...record, state }), share);
  share.fill(0);
  return sealed;
}

/** Keeps this party's confirmation of an unconfirmed share; from here on it stays. */
export function confirmKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  confirmation: SignedEnvelope,
  at: Date,
): void {
  database.run(
    `update keys set state = 'prepared', confirmation = ?, sealed = ?, prepared_at = ? where key = ?`,
    JSON.stringify(confirmation),
    resealed(database, kek, party, record, 'prepared'),
    at.toISOString(),
    record.key,
  );
}

/** Makes a prepared key usable. */
export function activateKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  at: Date,
): void {
  database.run(
    `update keys set state = 'usable', sealed = ?, usable_at = ? where key = ?`,
    resealed(database, kek, party, record, 'usable'),
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
