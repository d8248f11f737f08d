/**
 * Decrees: what people decided and this party took over, in its own order. Other parties read them
 * to catch up, and verify each for themselves.
 */
import { z } from 'zod';
import { adoptedKind, type AdoptedKind } from '#lib/protocol/intent-kinds.ts';
import { integerOf, textOf, type Database, type Row } from './database.ts';

export const decreeKind = z.enum([...adoptedKind.options, 'no']);
export type DecreeKind = z.infer<typeof decreeKind>;

export type Decree = {
  seq: number;
  kind: DecreeKind;
  operation: string;
  intentDigest: string;
  /** Of the statements. Each attempt that people said no to is a decree; the rest is adopted once. */
  attempt: number;
  document: unknown;
  adoptedAt: string;
};

function toDecree(row: Row): Decree {
  return {
    seq: integerOf(row, 'seq'),
    kind: decreeKind.parse(textOf(row, 'kind')),
    operation: textOf(row, 'operation'),
    intentDigest: textOf(row, 'intent_digest'),
    attempt: integerOf(row, 'attempt'),
    document: JSON.parse(textOf(row, 'document')) as unknown,
    adoptedAt: textOf(row, 'adopted_at'),
  };
}

/** Joins the caller's commit. */
export function appendDecree(
  database: Database,
  of: Omit<Decree, 'seq' | 'adoptedAt'>,
  at: Date,
): void {
  database.run(
    `insert into decrees (kind, operation, intent_digest, attempt, document, adopted_at)
     values (?, ?, ?, ?, ?, ?)`,
    of.kind,
    of.operation,
    of.intentDigest,
    of.attempt,
    JSON.stringify(of.document),
    at.toISOString(),
  );
}

/** When exactly this was adopted here, or null. */
export function decreedAt(
  database: Database,
  kind: AdoptedKind,
  operation: string,
  intentDigest: string,
): string | null {
  const row = database.one(
    'select adopted_at from decrees where kind = ? and operation = ? and intent_digest = ?',
    kind,
    operation,
    intentDigest,
  );
  return row && textOf(row, 'adopted_at');
}

/** Forgets one that another replaced; joins the caller's commit. */
export function forgetDecree(
  database: Database,
  of: Pick<Decree, 'kind' | 'operation' | 'intentDigest'>,
): void {
  database.run(
    'delete from decrees where kind = ? and operation = ? and intent_digest = ?',
    of.kind,
    of.operation,
    of.intentDigest,
  );
}

/** The next decrees after one, oldest first. */
export function decreesAfter(database: Database, seq: number, limit: number): Decree[] {
  return database
    .all('select * from decrees where seq > ? order by seq limit ?', seq, limit)
    .map(toDecree);
}

/** Number of the newest, 0 for none. */
export function lastDecree(database: Database): number {
  return Number(database.one('select max(seq) as n from decrees')?.['n'] ?? 0);
}
