/** Operations as they were shown to this party before they were due; nothing rests on them. */
import { z } from 'zod';
import { operationBundle } from '#lib/protocol/bundle.ts';
import { chainId } from '#lib/protocol/scalars.ts';
import { integerOf, textOf, type Database, type Row } from './database.ts';

/** Newest kept, by number and by what they take together, in bytes. */
const KEPT_MAX = 500;
const BYTES_MAX = 64 * 1024 * 1024;

const document = z.strictObject({
  bundle: operationBundle,
  /** As it would be signed, where one was built already. */
  transaction: z.strictObject({ chain: chainId, message: z.string() }).nullable(),
});
export type PresentedDocument = z.infer<typeof document>;

export type Presented = PresentedDocument & {
  operation: string;
  intentDigest: string;
  seenAt: string;
};

function toPresented(row: Row): Presented {
  return {
    operation: textOf(row, 'operation'),
    intentDigest: textOf(row, 'intent_digest'),
    seenAt: textOf(row, 'seen_at'),
    ...document.parse(JSON.parse(textOf(row, 'document'))),
  };
}

export function findPresented(database: Database, operation: string): Presented | null {
  const row = database.one('select * from presented where operation = ?', operation);
  return row && toPresented(row);
}

/** Newest first. */
export function listPresented(
  database: Database,
  { limit, skip }: { limit: number; skip: number },
): Presented[] {
  return database
    .all('select * from presented order by seen_at desc, operation limit ? offset ?', limit, skip)
    .map(toPresented);
}

export function countPresented(database: Database): number {
  const row = database.one('select count(*) as n from presented');
  return row ? integerOf(row, 'n') : 0;
}

/** Keeps what was shown in place of what was shown before; the oldest make room. Joins the caller's commit. */
export function keepPresented(
  database: Database,
  { operation, intentDigest, bundle, transaction }: Omit<Presented, 'seenAt'>,
  at: Date,
): void {
  database.run(
    `insert into presented (operation, intent_digest, document, seen_at) values (?, ?, ?, ?)
     on conflict (operation) do update set intent_digest = excluded.intent_digest,
       document = excluded.document, seen_at = excluded.seen_at`,
    operation,
    intentDigest,
    JSON.stringify({ bundle, transaction }),
    at.toISOString(),
  );
  database.run(
    `delete from presented where operation in (
       select operation from (
         select operation,
           row_number() over newest as place,
           sum(octet_length(document)) over newest as bytes
         from presented window newest as (order by seen_at desc, operation)
       ) where place > ? or bytes > ?
     )`,
    KEPT_MAX,
    BYTES_MAX,
  );
}
