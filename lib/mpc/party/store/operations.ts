/**
 * What the party knows about operations that move shares: the one intent behind each, and the
 * transactions it is tied to because a share left for them. A change or a stop is known by its content
 * instead (`decrees.ts`): whoever makes one chooses its id. Every function joins the caller's commit.
 */
import { z } from 'zod';
import { signingPart, type SigningPart } from '#lib/chains/decoded.ts';
import { signatureList } from '../../wire/payloads.ts';
import { integerOf, textOf, textOrNull, type Database, type Row } from './database.ts';

export type OperationRecord = {
  intentDigest: string;
  highestAttempt: number;
  /** Highest attempt that a rejection or cancellation ended; 0 for none. */
  endedAttempt: number;
};

export type Tie = {
  messageDigest: string;
  conflictKey: string;
  key: string;
  /** What was signed; null for a tie of before there were parts, where it is the whole message. */
  parts: SigningPart[] | null;
  /** Final signatures as hex, one for each part, once added up and verified. */
  signatures: string[] | null;
};

export function findOperation(database: Database, operation: string): OperationRecord | null {
  const row = database.one('select * from operations where operation = ?', operation);
  if (!row) return null;
  return {
    intentDigest: textOf(row, 'intent_digest'),
    highestAttempt: integerOf(row, 'highest_attempt'),
    endedAttempt: integerOf(row, 'ended_attempt'),
  };
}

export function noteOperation(
  database: Database,
  operation: string,
  intentDigest: string,
  attempt: number,
): void {
  database.run(
    `insert into operations (operation, intent_digest, highest_attempt) values (?, ?, ?)
     on conflict (operation) do update set highest_attempt = max(highest_attempt, excluded.highest_attempt)`,
    operation,
    intentDigest,
    attempt,
  );
}

/** A valid "no" that the party once saw stays, whoever withholds it later. */
export function endAttempt(
  database: Database,
  operation: string,
  intentDigest: string,
  attempt: number,
): void {
  noteOperation(database, operation, intentDigest, attempt);
  database.run(
    'update operations set ended_attempt = max(ended_attempt, ?) where operation = ?',
    attempt,
    operation,
  );
}

const partList = z.array(signingPart).min(1).max(64);

function jsonOrNull<T>(row: Row, column: string, schema: z.ZodType<T>): T | null {
  const text = textOrNull(row, column);
  return text === null ? null : schema.parse(JSON.parse(text));
}

function toTie(row: Row): Tie {
  return {
    messageDigest: textOf(row, 'message_digest'),
    conflictKey: textOf(row, 'conflict_key'),
    key: textOf(row, 'key'),
    parts: jsonOrNull(row, 'parts', partList),
    signatures: jsonOrNull(row, 'signatures', signatureList),
  };
}

/** What the operation is tied to: transactions that a share of this party left for. */
export function tiesOf(database: Database, operation: string): Tie[] {
  return database
    .all('select * from ties where operation = ? order by tied_at, message_digest', operation)
    .map(toTie);
}

export function findTie(database: Database, operation: string, messageDigest: string): Tie | null {
  const row = database.one(
    'select * from ties where operation = ? and message_digest = ?',
    operation,
    messageDigest,
  );
  return row ? toTie(row) : null;
}

export type Transaction = {
  operation: string;
  messageDigest: string;
  conflictKey: string;
  /** What else of the chain it uses up. */
  uses: readonly string[];
};

/**
 * Why no share may leave for this transaction: the operation is tied to one that it does not
 * conflict with, or it serves another operation already.
 */
export function findTieRefusal(
  database: Database,
  { operation, messageDigest, conflictKey, uses }: Transaction,
): 'transaction-does-not-conflict' | 'transaction-of-another-operation' | null {
  if (tiesOf(database, operation).some((tie) => tie.conflictKey !== conflictKey))
    return 'transaction-does-not-conflict';
  const same = database.one(
    'select operation from ties where message_digest = ? and operation <> ? limit 1',
    messageDigest,
    operation,
  );
  const isTaken = [conflictKey, ...uses].some((used) => isUsedElsewhere(database, operation, used));
  return same || isTaken ? 'transaction-of-another-operation' : null;
}

/** Whether a share left for another operation that uses this up, as its conflict key or beside it. */
function isUsedElsewhere(database: Database, operation: string, used: string): boolean {
  const row = database.one(
    `select operation from ties where conflict_key = ? and operation <> ?
     union all select operation from tie_uses where used = ? and operation <> ? limit 1`,
    used,
    operation,
    used,
    operation,
  );
  return row !== null;
}

/** Ties the operation to the transaction for which a share of this party leaves now. */
export function keepTie(
  database: Database,
  of: Transaction & { key: string; parts: readonly SigningPart[] },
  at: Date,
): void {
  database.run(
    `insert into ties (operation, message_digest, conflict_key, key, parts, tied_at)
     values (?, ?, ?, ?, ?, ?)
     on conflict (operation, message_digest) do nothing`,
    of.operation,
    of.messageDigest,
    of.conflictKey,
    of.key,
    JSON.stringify(of.parts),
    at.toISOString(),
  );
  for (const used of of.uses)
    database.run(
      'insert into tie_uses (operation, used) values (?, ?) on conflict do nothing',
      of.operation,
      used,
    );
}

export function keepSignatures(
  database: Database,
  operation: string,
  messageDigest: string,
  signatures: readonly string[],
): void {
  database.run(
    'update ties set signatures = coalesce(signatures, ?) where operation = ? and message_digest = ?',
    JSON.stringify(signatures),
    operation,
    messageDigest,
  );
}

/** The challenge a credential signed with this counter before, or null. */
export function challengeAt(database: Database, credential: string, count: number): string | null {
  const row = database.one(
    'select challenge from counters where credential = ? and count = ?',
    credential,
    count,
  );
  return row ? textOf(row, 'challenge') : null;
}

/** Keeps a non-zero counter; authenticators without a counter always show zero. */
export function noteCounter(
  database: Database,
  credential: string,
  count: number,
  challenge: string,
): void {
  if (count === 0) return;
  database.run(
    'insert into counters (credential, count, challenge) values (?, ?, ?) on conflict do nothing',
    credential,
    count,
    challenge,
  );
}
