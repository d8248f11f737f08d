/** The party's own list of destinations. What led to each entry stands in the decrees. */
import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { destinationClass } from '#lib/protocol/scalars.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError, textOf, textOrNull, type Database, type Row } from './database.ts';

export type Destination = DestinationListingIntent['destination'];
export type DestinationRecord = {
  destination: Destination;
  operation: string;
  intentDigest: string;
  listedAt: string;
  removedAt: string | null;
};

function tagOf(kek: KeyEncryptionKey, of: DestinationRecord): string {
  return kek.authenticate('countersign/destination-tag/v2', canonicalize(of));
}

function toRecord(row: Row, kek: KeyEncryptionKey): DestinationRecord {
  const record: DestinationRecord = {
    destination: {
      id: textOf(row, 'id'),
      client: textOf(row, 'client'),
      chain: textOf(row, 'chain'),
      asset: textOf(row, 'asset'),
      address: textOf(row, 'address'),
      class: destinationClass.parse(textOf(row, 'class')),
      evidence: JSON.parse(textOf(row, 'evidence')) as Destination['evidence'],
      expiresAt: textOf(row, 'expires_at'),
    },
    operation: textOf(row, 'operation'),
    intentDigest: textOf(row, 'intent_digest'),
    listedAt: textOf(row, 'listed_at'),
    removedAt: textOrNull(row, 'removed_at'),
  };
  if (textOf(row, 'tag') !== tagOf(kek, record))
    throw new StoreError('The list of destinations was changed outside the party.');
  return record;
}

/** @throws StoreError when an entry is not what the party once wrote. */
export function findDestination(
  database: Database,
  kek: KeyEncryptionKey,
  id: string,
): DestinationRecord | null {
  const row = database.one('select * from destinations where id = ?', id);
  return row ? toRecord(row, kek) : null;
}

export function countDestinations(database: Database): number {
  const row = database.one('select count(*) as n from destinations where removed_at is null');
  return Number(row?.['n'] ?? 0);
}

function write(database: Database, kek: KeyEncryptionKey, of: DestinationRecord): void {
  const { destination } = of;
  database.run(
    `insert into destinations (id, client, chain, asset, address, class, evidence, expires_at,
       listed_at, removed_at, operation, intent_digest, tag)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set evidence = excluded.evidence, expires_at = excluded.expires_at,
       removed_at = excluded.removed_at, operation = excluded.operation,
       intent_digest = excluded.intent_digest, tag = excluded.tag`,
    destination.id,
    destination.client,
    destination.chain,
    destination.asset,
    destination.address,
    destination.class,
    JSON.stringify(destination.evidence),
    destination.expiresAt,
    of.listedAt,
    of.removedAt,
    of.operation,
    of.intentDigest,
    tagOf(kek, of),
  );
}

/** Lists, or certifies again what is listed; joins the caller's commit. */
export function listDestination(
  database: Database,
  kek: KeyEncryptionKey,
  of: { destination: Destination; operation: string; intentDigest: string },
  at: Date,
): void {
  const before = findDestination(database, kek, of.destination.id);
  write(database, kek, {
    ...of,
    listedAt: before?.listedAt ?? at.toISOString(),
    removedAt: before?.removedAt ?? null,
  });
}

/** Takes a destination off the list for good; joins the caller's commit. */
export function removeDestination(
  database: Database,
  kek: KeyEncryptionKey,
  id: string,
  at: Date,
): void {
  const before = findDestination(database, kek, id);
  if (before && before.removedAt === null)
    write(database, kek, { ...before, removedAt: at.toISOString() });
}
