/** Rejections and cancellations that came alone, kept by the digest they are about. */
import { integerOf, type Database } from './database.ts';

/** Joins the caller's commit. @returns whether it was new. */
export function keepLoneNo(
  database: Database,
  of: { operation: string; intentDigest: string; attempt: number },
  at: Date,
): boolean {
  const changed = database.run(
    `insert into noes (operation, intent_digest, attempt, seen_at) values (?, ?, ?, ?)
     on conflict (operation, intent_digest) do update set attempt = excluded.attempt, seen_at = excluded.seen_at
     where excluded.attempt > noes.attempt`,
    of.operation,
    of.intentDigest,
    of.attempt,
    at.toISOString(),
  );
  return changed > 0;
}

/** Highest attempt at exactly this content that a no ended; 0 for none. */
export function wasRefused(database: Database, operation: string, intentDigest: string): number {
  const row = database.one(
    'select attempt from noes where operation = ? and intent_digest = ?',
    operation,
    intentDigest,
  );
  return row ? integerOf(row, 'attempt') : 0;
}

/** The same, where it was known here by an instant. */
export function wasRefusedBy(
  database: Database,
  operation: string,
  intentDigest: string,
  at: string,
): number {
  const row = database.one(
    'select attempt from noes where operation = ? and intent_digest = ? and seen_at <= ?',
    operation,
    intentDigest,
    at,
  );
  return row ? integerOf(row, 'attempt') : 0;
}
