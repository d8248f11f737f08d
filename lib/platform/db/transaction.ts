/** One database transaction per change, tried again when the server asks for it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';

/** What code inside a transaction works with. */
export type Tx = Prisma.TransactionClient;

export type TransactionOptions = {
  /** How long to wait for a free connection. */
  maxWaitMs?: number;
  /** How long the whole transaction may take before it is rolled back. */
  timeoutMs?: number;
};

const attemptsMax = 5;
const firstPauseMs = 10;

/** Serialization failure and deadlock: the server rolled back and nothing has happened. */
const retryable: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Runs `work` in a transaction at READ COMMITTED and commits what it did when it resolves; a
 * refusal that it returns is a value like any other. To undo, throw.
 *
 * After a serialization failure or deadlock the whole of `work` runs again, so it must do nothing
 * outside the database. Any other failure is passed on; after a lost connection the outcome is
 * unknown, and only the caller's idempotency key can tell.
 */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return tryAgain(() =>
    db.$transaction(work, {
      isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
      maxWait: options.maxWaitMs ?? 5_000,
      timeout: options.timeoutMs ?? 10_000,
    }),
  );
}

/** Runs a whole transaction, again where the server rolled it back because of another one. */
export async function tryAgain<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attemptsMax || !isRetryable(error)) throw error;
      // Jitter keeps those who met from meeting again.
      await pause(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

/** Whether the server rolled the whole transaction back because of another one, so that it may run again. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034') return true;
  const state = sqlStateOf(error);
  return state !== null && retryable.has(state);
}

/**
 * PostgreSQL's five-character code behind an error of the client, or null when the server gave none.
 * Ours: CS001 append-only, CS002 not a legal change, CS003 unbalanced journal, CS004 hold disagrees.
 */
export function sqlStateOf(error: unknown): string | null {
  for (
    let inner = error, depth = 0;
    inner !== null && typeof inner === 'object' && depth < 6;
    depth += 1
  ) {
    const { originalCode, code } = inner as { originalCode?: unknown; code?: unknown };
    if (typeof originalCode === 'string') return originalCode;
    if (typeof code === 'string' && /^(?:[0-9A-Z]{5})$/.test(code) && !/^P[12]\d{3}$/.test(code))
      return code;
    const { cause, meta } = inner as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
    inner = cause ?? meta?.driverAdapterError ?? null;
  }
  return null;
}
