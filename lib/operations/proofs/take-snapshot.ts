/** The worker's part of a snapshot: it closes the books, builds the trees and writes down what they say. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { closeAt, closeBooks, type Close } from '#lib/ledger/close-books.ts';
import { BalanceError } from '#lib/ledger/liabilities/build-tree.ts';
import { seedCommitmentOf, SEED_BYTES } from '#lib/ledger/liabilities/pieces.ts';
import { kindsAt, vaultsAt, type SumAt } from '#lib/ledger/position-at.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { reservesSnapshot, type ReservesSnapshot } from '#lib/protocol/reserves.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { finalBlocks } from './final-blocks.ts';
import { snapshotRoots } from './snapshot-trees.ts';

/** Clocks of two machines may differ by so much, as in the database's own guard. */
const aheadMaxMs = 600_000;

type Request = {
  id: string;
  /** Null for a time that has not come yet or is none. */
  at: Date | null;
};

async function oldestRequest({ db, clock }: WorkerContext): Promise<Request | null> {
  const latest = new Date(clock().getTime() + aheadMaxMs);
  // The database decides, since not every time of its own is one here.
  const [request] = await db.$queryRaw<Request[]>`
    select r.id, case when isfinite(r.requested_at) and r.requested_at <= ${latest} then r.requested_at end as at
      from snapshot_request r
      where not exists (select from reserves_snapshot s where s.id = r.id)
        and not exists (select from snapshot_failure f where f.snapshot_id = r.id)
      order by r.requested_at, r.id limit 1`;
  return request ?? null;
}

/**
 * Makes the oldest snapshot that was asked for and is not there yet. Called often; mostly it only looks.
 * Books that no snapshot can be made of end the request, and so does a time at which nobody can have asked;
 * anything else that goes wrong is tried again.
 * @param signal ends it early; what was asked for is made after a later start.
 */
export async function takeSnapshot(context: WorkerContext, signal?: AbortSignal): Promise<void> {
  const request = await oldestRequest(context);
  if (!request) return;
  if (!request.at) {
    await recordFailure(request.id, { cause: 'time', at: context.clock() }, context);
    return;
  }
  const close = await closeFor(request.at, context);
  // Journals are being written without a pause; the next look closes the books.
  if (!close) return;
  const seed = new Uint8Array(randomBytes(SEED_BYTES));
  const composed = await compose(request.id, { close, seed, signal }, context).catch(causeOf);
  const now = context.clock();
  if (typeof composed === 'string') {
    await recordFailure(request.id, { cause: composed, at: now }, context);
    return;
  }
  const { document, balances } = composed;
  await inTransaction(context.db, async (tx) => {
    await tx.reservesSnapshot.create({
      data: {
        id: request.id,
        document: canonicalize(document),
        digest: digestOf(document),
        clients: balances,
        takenAt: now,
      },
    });
    await tx.snapshotSeed.create({ data: { snapshotId: request.id, seed } });
    await appendAudit(tx, {
      kind: 'snapshot-taken',
      subject: request.id,
      actor: 'worker',
      at: now,
      facts: { digest: digestOf(document), lastJournal: close.lastJournal.toString() },
    });
    await publish(tx, { topic: 'proofs', id: request.id });
  });
}

type FailureCause = 'balances' | 'document' | 'time';

/** @throws what it was given, where that is no fault of the books. */
function causeOf(error: unknown): FailureCause {
  if (error instanceof BalanceError) return 'balances';
  if (error instanceof z.ZodError) return 'document';
  throw error;
}

async function recordFailure(
  snapshotId: string,
  { cause, at }: { cause: FailureCause; at: Date },
  context: WorkerContext,
): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    await tx.snapshotFailure.create({ data: { snapshotId, cause, failedAt: at } });
    await appendAudit(tx, {
      kind: 'snapshot-failed',
      subject: snapshotId,
      actor: 'worker',
      at,
      facts: { cause },
    });
    await publish(tx, { topic: 'proofs', id: snapshotId });
  });
}

/** A close that has everything that was on record when somebody asked. */
async function closeFor(at: Date, { db }: WorkerContext): Promise<Close | null> {
  const there = await closeAt(db, at);
  if (there.ok) return there.value;
  await closeBooks(db);
  const now = await closeAt(db, at);
  return now.ok ? now.value : null;
}

const unitsOf = (sums: readonly SumAt[], sign: 1n | -1n): { asset: string; amount: string }[] =>
  sums.flatMap(({ asset, amount }) =>
    amount === 0n ? [] : [{ asset, amount: (sign * amount).toString() }],
  );

async function compose(
  snapshot: string,
  { close, seed, signal }: { close: Close; seed: Uint8Array; signal: AbortSignal | undefined },
  context: WorkerContext,
): Promise<{ document: ReservesSnapshot; balances: number }> {
  const { db, settings } = context;
  const { lastJournal } = close;
  const { organisation, mode: environment } = settings;
  const vaults = await vaultsAt(db, lastJournal);
  const blocks = await finalBlocks(
    vaults.map(({ chain }) => chain),
    context,
  );
  const scope = { organisation, environment, snapshot, lastJournal, seed, signal };
  const { roots, balances } = await snapshotRoots(db, scope);
  const unclaimed = await kindsAt(db, { kinds: ['suspense'], lastJournal });
  const elsewhere = await kindsAt(db, { kinds: ['bank', 'in-transit'], lastJournal });
  // Parsed rather than trusted: books with a negative amount where none can be make no snapshot.
  const document = reservesSnapshot.parse({
    type: 'countersign/reserves-snapshot/v1',
    organisation,
    environment,
    snapshot,
    close: { closedAt: close.closedAt.toISOString(), lastJournal: lastJournal.toString() },
    seedCommitment: seedCommitmentOf(seed),
    liabilities: roots,
    unclaimed: unitsOf(unclaimed, -1n),
    reserves: vaults.map((vault) => ({ ...vault, amount: vault.amount.toString() })),
    elsewhere: unitsOf(elsewhere, 1n),
    blocks,
  });
  return { document, balances };
}
