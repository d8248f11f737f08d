/** What stands still here, and keys that somebody revoked. Every function that writes joins a commit. */
import { canonicalize } from '#lib/protocol/intent.ts';
import { freezeScope, type FreezeScope } from '#lib/protocol/stop-intents.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError, textOf, textOrNull, type Database, type Row } from './database.ts';

export type FreezeRecord = {
  operation: string;
  scope: FreezeScope;
  intentDigest: string;
  frozenAt: string;
  releasedAt: string | null;
  /** The operation that released it. */
  releasedBy: string | null;
};

const freezeTag = (kek: KeyEncryptionKey, of: FreezeRecord): string =>
  kek.authenticate('countersign/freeze-tag/v1', canonicalize(of));

function toFreeze(row: Row, kek: KeyEncryptionKey): FreezeRecord {
  const record: FreezeRecord = {
    operation: textOf(row, 'operation'),
    scope: freezeScope.parse(JSON.parse(textOf(row, 'scope'))),
    intentDigest: textOf(row, 'intent_digest'),
    frozenAt: textOf(row, 'frozen_at'),
    releasedAt: textOrNull(row, 'released_at'),
    releasedBy: textOrNull(row, 'released_by'),
  };
  if (textOf(row, 'tag') !== freezeTag(kek, record))
    throw new StoreError('The list of freezes was changed outside the party.');
  return record;
}

/** @throws StoreError when an entry is not what the party once wrote. */
export function standingFreezes(database: Database, kek: KeyEncryptionKey): FreezeRecord[] {
  return database
    .all('select * from freezes where released_at is null order by operation, intent_digest')
    .map((row) => toFreeze(row, kek));
}

export function addFreeze(
  database: Database,
  kek: KeyEncryptionKey,
  of: { operation: string; scope: FreezeScope; intentDigest: string },
  at: Date,
): void {
  const record = { ...of, frozenAt: at.toISOString(), releasedAt: null, releasedBy: null };
  database.run(
    `insert into freezes (operation, scope, intent_digest, frozen_at, tag) values (?, ?, ?, ?, ?)`,
    of.operation,
    JSON.stringify(of.scope),
    of.intentDigest,
    record.frozenAt,
    freezeTag(kek, record),
  );
}

/** Releases what stands under the id: one freeze, unless people made several of one id. */
export function releaseFreeze(
  database: Database,
  kek: KeyEncryptionKey,
  operation: string,
  releasedBy: string,
  at: Date,
): void {
  const standing = standingFreezes(database, kek).filter((of) => of.operation === operation);
  if (standing.length === 0) throw new Error('A freeze that is released stands here.');
  for (const freeze of standing) {
    const record = { ...freeze, releasedAt: at.toISOString(), releasedBy };
    database.run(
      `update freezes set released_at = ?, released_by = ?, tag = ?
       where operation = ? and intent_digest = ?`,
      record.releasedAt,
      releasedBy,
      freezeTag(kek, record),
      operation,
      record.intentDigest,
    );
  }
}

type Revocation = { credential: string; person: string; operation: string; revokedAt: string };

const revocationTag = (kek: KeyEncryptionKey, of: Revocation): string =>
  kek.authenticate('countersign/revocation-tag/v1', canonicalize(of));

function revocations(database: Database, kek: KeyEncryptionKey): Revocation[] {
  return database.all('select * from revocations order by credential').map((row) => {
    const record = {
      credential: textOf(row, 'credential'),
      person: textOf(row, 'person'),
      operation: textOf(row, 'operation'),
      revokedAt: textOf(row, 'revoked_at'),
    };
    if (textOf(row, 'tag') !== revocationTag(kek, record))
      throw new StoreError('The list of revoked keys was changed outside the party.');
    return record;
  });
}

/** Ids of the keys that somebody revoked, sorted. @throws StoreError when one was changed. */
export const revokedCredentials = (database: Database, kek: KeyEncryptionKey): string[] =>
  revocations(database, kek).map(({ credential }) => credential);

/** The same, of those that were known here by an instant. */
export const revocationsBy = (database: Database, kek: KeyEncryptionKey, at: string): string[] =>
  revocations(database, kek)
    .filter(({ revokedAt }) => revokedAt <= at)
    .map(({ credential }) => credential);

export function addRevocations(
  database: Database,
  kek: KeyEncryptionKey,
  of: { credentials: readonly string[]; person: string; operation: string },
  at: Date,
): void {
  for (const credential of of.credentials) {
    const record = {
      credential,
      person: of.person,
      operation: of.operation,
      revokedAt: at.toISOString(),
    };
    database.run(
      `insert into revocations (credential, person, operation, revoked_at, tag)
       values (?, ?, ?, ?, ?) on conflict do nothing`,
      credential,
      record.person,
      record.operation,
      record.revokedAt,
      revocationTag(kek, record),
    );
  }
}
