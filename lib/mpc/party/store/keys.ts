/**
 * Vault and key register with this party's sealed shares, one record for each epoch of a key that
 * the party still keeps. How epochs follow each other is in `epochs.ts`.
 */
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, publicKeyHex, slug, vaultTier, type VaultTier } from '#lib/protocol/scalars.ts';
import { keySuite, type KeySuite } from '#lib/protocol/suites.ts';
import { groupKey, publicKeyOf, shareBelongs, type GroupKey } from '../../frost/group.ts';
import { suiteOf } from '../../frost/suite.ts';
import type { Member } from '../../frost/transcript.ts';
import { signedEnvelope, type SignedEnvelope } from '../../wire/envelope.ts';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { SealError, type KeyEncryptionKey } from '../seal.ts';
import { bytesOf, integerOf, textOf, textOrNull, type Database, type Row } from './database.ts';

const RECORD_VERSION = 1;

export const keyState = z.enum(['unconfirmed', 'prepared', 'superseded', 'usable', 'retiring']);
/**
 * A share is stored before this party says what it saw; `prepared` once it confirmed that all saw
 * the same, `usable` once all confirmed. One that is unconfirmed can't be in use anywhere, because
 * that takes this party's confirmation; from then on the share of a new key is never replaced.
 *
 * Of a key that was refreshed, the epoch before is `retiring` until every party uses the new one. A
 * new epoch that this party prepared and another party gave up is `superseded` by the one that was
 * prepared after it (`party/refresh-confirm.ts`).
 */
export type KeyState = z.infer<typeof keyState>;

export type KeyRecord = {
  key: string;
  vault: string;
  tier: VaultTier;
  chain: string;
  suite: KeySuite;
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
  /** Of an epoch that a refresh made and all confirmed: the confirmations of all other members. */
  evidence: SignedEnvelope[];
  /** Members that said they never confirmed it, where that is why another one took its place. */
  abandonedBy: string[];
};

const members = z.array(
  z.strictObject({
    name: slug,
    index: z.int().min(1).max(16),
    identityKey: publicKeyHex,
    exchangeKey: publicKeyHex,
  }),
);

const envelopes = z.array(signedEnvelope).max(16);
const names = z.array(slug).max(16);

/** Binds a sealed share to everything that says what it is a share of, and to its state. */
function about(party: string, of: KeyRecord): Uint8Array {
  return lengthPrefixed(
    'countersign/sealed-share/v1',
    of.key,
    of.suite,
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
    of.transcript,
    of.operation,
    of.intentDigest,
    canonicalize(of.abandonedBy),
  );
}

/** Proves the record without its share, so that one is told from the other when a share is lost. */
const tagOf = (kek: KeyEncryptionKey, party: string, record: KeyRecord): string =>
  kek.authenticate('countersign/key-record/v1', about(party, record));

function toRecord(row: Row): KeyRecord {
  const confirmation = textOrNull(row, 'confirmation');
  return {
    key: textOf(row, 'key'),
    vault: textOf(row, 'vault'),
    tier: vaultTier.parse(textOf(row, 'tier')),
    chain: textOf(row, 'chain'),
    suite: keySuite.parse(textOf(row, 'suite')),
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
    evidence: envelopes.parse(JSON.parse(textOf(row, 'evidence'))),
    abandonedBy: names.parse(JSON.parse(textOf(row, 'abandoned_by'))),
  };
}

/** The epoch in use, or of a key that is not in use yet the first. */
export function findKey(database: Database, key: string): KeyRecord | null {
  const row = database.one(
    `select * from keys where key = ? order by state = 'usable' desc, epoch limit 1`,
    key,
  );
  return row ? toRecord(row) : null;
}

export function listKeys(database: Database): KeyRecord[] {
  return database.all('select * from keys order by key, epoch, stored_at').map(toRecord);
}

/**
 * Checks that every record is one that this party wrote, whether or not its share opens.
 * @throws SealError when one is not.
 */
export function checkRecords(database: Database, kek: KeyEncryptionKey, party: string): void {
  for (const row of database.all('select * from keys'))
    if (textOf(row, 'tag') !== tagOf(kek, party, toRecord(row))) throw new SealError();
}

/** Forgets a share that this party never confirmed. */
export function dropUnconfirmed(database: Database, key: string): void {
  database.run(`delete from keys where key = ? and state = 'unconfirmed'`, key);
}

/** Adds a record; joins the caller's commit. */
export function insertKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  signingShare: Uint8Array,
  at: Date,
): void {
  database.run(
    `insert into keys (key, vault, tier, chain, suite, epoch, members, group_key, public_key,
       ceremony, transcript, operation, intent_digest, state, echo, confirmation, evidence,
       abandoned_by, sealed, tag, stored_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.key,
    record.vault,
    record.tier,
    record.chain,
    record.suite,
    record.epoch,
    JSON.stringify(record.members),
    JSON.stringify(record.group),
    publicKeyOf(record.group),
    record.ceremony,
    record.transcript,
    record.operation,
    record.intentDigest,
    record.state,
    JSON.stringify(record.echo),
    record.confirmation === null ? null : JSON.stringify(record.confirmation),
    JSON.stringify(record.evidence),
    JSON.stringify(record.abandonedBy),
    kek.seal(about(party, record), signingShare),
    tagOf(kek, party, record),
    at.toISOString(),
  );
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
  insertKey(database, kek, party, record, signingShare, at);
}

type Changes = Partial<Pick<KeyRecord, 'state' | 'confirmation' | 'evidence' | 'abandonedBy'>>;

/**
 * Writes the record anew with changes, and its share sealed for them; joins the caller's commit.
 * @throws SealError when the share doesn't open.
 */
export function changeKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  changes: Changes,
  at: Date,
): KeyRecord {
  const changed = { ...record, ...changes };
  const share = openShare(database, kek, party, record);
  database.run(
    `update keys set state = ?, confirmation = ?, evidence = ?, abandoned_by = ?, sealed = ?,
       tag = ?, changed_at = ?
     where key = ? and epoch = ? and ceremony = ?`,
    changed.state,
    changed.confirmation === null ? null : JSON.stringify(changed.confirmation),
    JSON.stringify(changed.evidence),
    JSON.stringify(changed.abandonedBy),
    kek.seal(about(party, changed), share),
    tagOf(kek, party, changed),
    at.toISOString(),
    record.key,
    record.epoch,
    record.ceremony,
  );
  share.fill(0);
  return changed;
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
  changeKey(database, kek, party, record, { state: 'prepared', confirmation }, at);
}

/** Makes a prepared key usable. */
export function activateKey(
  database: Database,
  kek: KeyEncryptionKey,
  party: string,
  record: KeyRecord,
  at: Date,
): void {
  changeKey(database, kek, party, record, { state: 'usable' }, at);
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
  const row = database.one(
    'select sealed from keys where key = ? and epoch = ? and ceremony = ?',
    record.key,
    record.epoch,
    record.ceremony,
  );
  const own = record.members.find((member) => member.name === party);
  if (!row || !own) throw new SealError();
  const share = kek.open(about(party, record), bytesOf(row, 'sealed'));
  if (!shareBelongs(suiteOf(record.suite), record.group, own.index, share)) throw new SealError();
  return share;
}
