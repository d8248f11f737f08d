/** The party's own record of what it was asked and what it did; each entry names the hash before. */
import { taggedHash } from '../../wire/tagged-hash.ts';
import { integerOf, textOf, textOrNull, type Database, type Row } from './database.ts';

export const auditEvents = [
  'started',
  'genesis-offered',
  'genesis-pinned',
  'pin-refused',
  'adopted',
  'stopped',
  'peer-set-back',
  'own-store-behind',
  'code-shown',
  'ceremony-begun',
  'ceremony-prepared',
  'ceremony-aborted',
  'key-usable',
  'share-lost',
  'refresh-begun',
  'refresh-aborted',
  'epoch-prepared',
  'epoch-usable',
  'epoch-erased',
  'repair-begun',
  'repair-aborted',
  'share-repaired',
  'pair-banned',
  'backup-sealed',
  'decided',
  'confirmed',
  'released',
  'signed',
  'refused',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** No personal data: ids of operations and digests only. */
export type AuditEntry = {
  event: AuditEvent;
  operation: string | null;
  digest: string | null;
  refusal: string | null;
};

export type AuditRecord = AuditEntry & { seq: number; at: string; previous: string; hash: string };

const ORIGIN = '0'.repeat(64);

function entryHash(of: Omit<AuditRecord, 'hash'>): string {
  return taggedHash(
    'countersign/party-audit/v1',
    of.seq,
    of.at,
    of.event,
    of.operation ?? '',
    of.digest ?? '',
    of.refusal ?? '',
    of.previous,
  );
}

function toRecord(row: Row): AuditRecord {
  return {
    seq: integerOf(row, 'seq'),
    at: textOf(row, 'at'),
    event: textOf(row, 'event') as AuditEvent,
    operation: textOrNull(row, 'operation'),
    digest: textOrNull(row, 'digest'),
    refusal: textOrNull(row, 'refusal'),
    previous: textOf(row, 'previous'),
    hash: textOf(row, 'hash'),
  };
}

/** Newest first. */
export function latestAudit(database: Database, limit: number): AuditRecord[] {
  return database.all('select * from audit order by seq desc limit ?', limit).map(toRecord);
}

export function auditHead(database: Database): string {
  return latestAudit(database, 1)[0]?.hash ?? ORIGIN;
}

/** @returns the hash of one entry, or null where the record is shorter. */
export function auditHashAt(database: Database, seq: number): string | null {
  const row = database.one('select hash from audit where seq = ?', seq);
  return row && textOf(row, 'hash');
}

/** Joins the commit it is called in. */
export function appendAudit(database: Database, at: Date, entry: AuditEntry): void {
  const last = latestAudit(database, 1)[0];
  const record = {
    ...entry,
    seq: (last?.seq ?? 0) + 1,
    at: at.toISOString(),
    previous: last?.hash ?? ORIGIN,
  };
  database.run(
    'insert into audit (seq, at, event, operation, digest, refusal, previous, hash) values (?, ?, ?, ?, ?, ?, ?, ?)',
    record.seq,
    record.at,
    record.event,
    record.operation,
    record.digest,
    record.refusal,
    record.previous,
    entryHash(record),
  );
}

/** @returns the first entry that does not follow from the one before, or null for a sound chain. */
export function findAuditBreak(database: Database): number | null {
  let previous = ORIGIN;
  let seq = 0;
  for (const row of database.all('select * from audit order by seq')) {
    const record = toRecord(row);
    seq += 1;
    if (record.seq !== seq || record.previous !== previous || record.hash !== entryHash(record))
      return record.seq;
    previous = record.hash;
  }
  return null;
}
