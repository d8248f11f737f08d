/**
 * How long the statements of a quarter take for all clients, as the worker makes them: read from the
 * books, made as PDF and CSV, and put on record.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { databaseFor } from '#lib/platform/db/client.ts';
import { closeBooks } from '../close-books.ts';
import { countClientsAt } from '../statements/clients-at.ts';
import { runBatch } from '../statements/run-batch.ts';
import { RenderPool } from '../statements/render-pool.ts';
import { fillBooks } from './fill.ts';

export type StatementsBench = {
  clients: number;
  seconds: number;
  /** Highest memory of this process with its threads, in megabytes. */
  peakRssMb: number;
};

export type StatementsBenchOptions = {
  /** Owner of a migrated database that may be filled. */
  ownerUrl: string;
  workerUrl: string;
  clients: number;
  /** Movements of each client in the quarter. */
  movementsEach?: number;
  /** Number of the first client, where the database has others already. */
  first?: number;
  onProgress?: (done: number) => void;
};

const sampleEveryMs = 100;

/** Fills the books, closes them and makes the statements; only the last is measured. */
export async function benchStatements({
  ownerUrl,
  workerUrl,
  clients,
  movementsEach = 30,
  first = 1,
  onProgress,
}: StatementsBenchOptions): Promise<StatementsBench> {
  await fillBooks(ownerUrl, { first, clients, linesEach: movementsEach });
  const batch = await orderForBench(workerUrl);
  const db = databaseFor(workerUrl, { poolSize: 6 });
  const pool = new RenderPool(Math.min(2, availableParallelism()));
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, sampleEveryMs);
  const startedAt = performance.now();
  try {
    await runBatch(db, batch, {
      pool,
      decimalsOf: () => 9,
      clock: () => new Date(),
      by: 'worker',
      folder: null,
      ...(onProgress ? { onProgress } : {}),
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const made = await db.positionStatement.count({ where: { batchId: batch.id } });
    if (made !== batch.clients) throw new Error(`${made} of ${batch.clients} statements were made`);
    return { clients: made, seconds, peakRssMb: Math.round(peak / 1_048_576) };
  } finally {
    clearInterval(sampler);
    await pool.close();
    await db.$disconnect();
  }
}

/** A batch over everything that is booked, as of a close of now. */
async function orderForBench(workerUrl: string) {
  const db = databaseFor(workerUrl, { poolSize: 1, statementTimeoutMs: 60_000 });
  try {
    const close = await closeBooks(db);
    if (!close) throw new Error('The books could not be closed.');
    const from = new Date(Math.floor(close.closedAt.getTime() / 86_400_000) * 86_400_000);
    return await db.statementBatch.create({
      data: {
        id: randomUUID(),
        name: `${from.toISOString().slice(0, 10)} to ${close.closedAt.toISOString().slice(0, 19)}`,
        periodFrom: from,
        periodTo: close.closedAt,
        closedAt: close.closedAt,
        lastJournal: close.lastJournal,
        clients: await countClientsAt(db, close),
        orderedBy: 'worker',
        orderedAt: new Date(),
      },
    });
  } finally {
    await db.$disconnect();
  }
}
