/**
 * The worker's part in statements: carries out batches that were ordered, and orders that of a quarter
 * once it is over. It works beside the worker's other duties, which wait for nothing of it.
 */
import { availableParallelism } from 'node:os';
import { Beside } from '#lib/platform/beside.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { StatementBatch } from '#lib/platform/db/generated/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { endBatch } from './end-batch.ts';
import { orderQuarter, statementsTopic } from './order-batch.ts';
import { lastQuarter } from './quarter.ts';
import { RenderPool } from './render-pool.ts';
import { runBatch } from './run-batch.ts';

const lookEveryMs = 5_000;
/** Pages are told how far a batch is no more often than this. */
const tellEveryMs = 1_000;

export type DeskContext = {
  db: Database;
  clock: () => Date;
  decimalsOf: (asset: string) => number;
};

export class StatementDesk {
  readonly #context: DeskContext;
  readonly #beside = new Beside({ everyMs: lookEveryMs });

  constructor(context: DeskContext) {
    this.#context = context;
  }

  /**
   * Begins what there is to do, unless it is at it.
   * @throws what the last run failed of, until one succeeds; the next one goes on where that was.
   */
  async look(): Promise<void> {
    this.#beside.look((signal) => this.#pass(signal));
  }

  /** Waits for what is being done. */
  async settled(): Promise<void> {
    await this.#beside.settled();
  }

  /** Ends after the pages under way; a later start goes on from there. */
  async stop(): Promise<void> {
    await this.#beside.stop();
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#context;
    // Refused while it is not closed yet, and for ever where the books began later.
    await orderQuarter(db, { quarter: lastQuarter(clock()), by: 'worker', at: clock() });
    const batch = await db.statementBatch.findFirst({
      where: { end: null },
      orderBy: { orderedAt: 'asc' },
    });
    if (batch && !signal.aborted) await this.#carryOut(batch, signal);
  }

  async #carryOut(batch: StatementBatch, signal: AbortSignal): Promise<void> {
    const { db, clock, decimalsOf } = this.#context;
    const pool = new RenderPool(Math.min(2, availableParallelism()));
    let toldAt = 0;
    try {
      const leftOut = await runBatch(db, batch, {
        pool,
        decimalsOf,
        clock,
        by: 'worker',
        folder: null,
        signal,
        onProgress: async () => {
          if (performance.now() - toldAt < tellEveryMs) return;
          toldAt = performance.now();
          await publish(db, { topic: statementsTopic, id: batch.id });
        },
      });
      await endBatch(db, { batch: batch.id, leftOut, at: clock() });
    } finally {
      await pool.close();
    }
  }
}
