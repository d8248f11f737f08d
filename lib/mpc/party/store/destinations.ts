/** The party's own list of destinations; each entry keeps the bundle that made it. */
import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError, textOf, type Database, type Row } from './database.ts';

export type Destination = DestinationListingIntent['destination'];
export type DestinationRecord = Destination & { intentDigest: string; adoptedAt: string };

function tagOf(kek: KeyEncryptionKey, of: Destination, intentDigest: string): string {
  return kek.authenticate('countersign/destination-tag/v1', canonicalize(of), intentDigest);
}

function toRecord(row: Row, kek: KeyEncryptionKey): DestinationRecord {
  const destination = {
    id: textOf(row, 'id'),
    client: textOf(row, 'client'),
    chain: textOf(row, 'chain'),
    asset: textOf(row, 'asset'),
    address: textOf(row, 'address'),
  };
  const intentDigest = textOf(row, 'intent_digest');
  if (textOf(row, 'tag') !== tagOf(kek, destination, intentDigest))
    throw new StoreError('The list of destinations was changed outside the party.');
  return { ...destination, intentDigest, adoptedAt: textOf(row, 'adopted_at') };
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
  return Number(database.one('select count(*) as n from destinations')?.['n'] ?? 0);
}

/** Joins the caller's commit. */
export function addDestination(
  database: Database,
  kek: KeyEncryptionKey,
  of: { destination: Destination; operation: string; intentDigest: string; bundle: unknown },
  at: Date,
): void {
  const { id, client, chain, asset, address } = of.destination;
  database.run(
    `insert into destinations (id, client, chain, asset, address, operation, intent_digest, bundle,
       tag, adopted_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    client,
    chain,
    asset,
    address,
    of.operation,
    of.intentDigest,
    JSON.stringify(of.bundle),
    tagOf(kek, of.destination, of.intentDigest),
    at.toISOString(),
  );
}
