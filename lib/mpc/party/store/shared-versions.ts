/**
 * Since when each place in the logs of roster and policy holds what another party was heard to hold too,
 * and with whose words this party took what stands there. Every function that writes joins a commit.
 */
import { z } from 'zod';
import { instant } from '#lib/protocol/scalars.ts';
import { adoptionReceipt, type AdoptionReceipt } from '../../wire/receipt.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError, textOf, type Database } from './database.ts';
import type { LogKind } from './trust.ts';

function readMeta(database: Database, name: string): unknown {
  const row = database.one('select value from meta where name = ?', name);
  return row && JSON.parse(textOf(row, 'value'));
}

function writeMeta(database: Database, name: string, value: unknown): void {
  database.run(
    `insert into meta (name, value) values (?, ?)
     on conflict (name) do update set value = excluded.value`,
    name,
    JSON.stringify(value),
  );
}

const shared = z.strictObject({ since: instant, tag: z.string() });

const tagOf = (kek: KeyEncryptionKey, kind: LogKind, version: number, since: string): string =>
  kek.authenticate('countersign/shared-version-tag/v1', kind, version, since);

const sharedName = (kind: LogKind, version: number): string => `shared-${kind}-${version}`;

/**
 * When a place was first shared, in milliseconds; null for not yet.
 * @throws StoreError when it was changed outside the party.
 */
export function sharedSince(
  database: Database,
  kek: KeyEncryptionKey,
  kind: LogKind,
  version: number,
): number | null {
  const stored = readMeta(database, sharedName(kind, version));
  if (stored === null) return null;
  const parsed = shared.safeParse(stored);
  if (!parsed.success || parsed.data.tag !== tagOf(kek, kind, version, parsed.data.since))
    throw new StoreError('What other parties hold too was changed outside the party.');
  return Date.parse(parsed.data.since);
}

/** Dates a place and all before it that have no date yet. */
export function keepShared(
  database: Database,
  kek: KeyEncryptionKey,
  kind: LogKind,
  { version, at }: { version: number; at: Date },
): void {
  const since = at.toISOString();
  for (let place = version; place > 1; place -= 1) {
    if (readMeta(database, sharedName(kind, place)) !== null) return;
    writeMeta(database, sharedName(kind, place), {
      since,
      tag: tagOf(kek, kind, place, since),
    });
  }
}

/** Of places that are empty again. */
export function forgetShared(database: Database, kind: LogKind, versions: readonly number[]): void {
  for (const version of versions)
    database.run('delete from meta where name = ?', sharedName(kind, version));
}

const wordsName = (intentDigest: string): string => `words-${intentDigest}`;

/** Other parties' receipts with which this party took a change; each was verified. */
export function wordsFor(database: Database, intentDigest: string): AdoptionReceipt[] {
  const stored = readMeta(database, wordsName(intentDigest));
  return stored === null ? [] : z.array(adoptionReceipt).parse(stored);
}

export function keepWords(
  database: Database,
  intentDigest: string,
  receipts: readonly AdoptionReceipt[],
): void {
  writeMeta(database, wordsName(intentDigest), receipts);
}

export function forgetWords(database: Database, intentDigest: string): void {
  database.run('delete from meta where name = ?', wordsName(intentDigest));
}
