/**
 * Bitcoin payments that ran although their operation is held. Shares were asked for, so it can't be cancelled while it
 * may still run; whoever put the shares together can have sent it. Mostly no signature came back and nobody here has its
 * bytes; or it came when the operation was held already. Its id is on record from before, so the chain says whether it
 * ran, and the operation is settled by that. So it is where parties were asked and give no answer for long: the operation
 * then goes on from there with the bytes that the chain has.
 */
import { chainsIn } from '#lib/chains/registry.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { changeState } from '../change-state.ts';
import { eachApart } from '../each-apart.ts';
import { loadStanding } from '../load-standing.ts';
import { adapterFor } from './chains/adapters.ts';
import type { TransactionRow } from './chains/chain-adapter.ts';
import { isStill } from './is-still.ts';
import { keepSigned } from './keep-signed.ts';
import { confirm } from './settle.ts';
import type { WorkerContext } from './worker-context.ts';

/** Looked at in one pass; there is hardly ever one. */
const rowsMax = 100;

/** What one worker remembers from pass to pass: the block at which it looked last, by chain. */
export class HeldPayments {
  readonly #lookedAt = new Map<string, string>();

  /** @throws Error that names what could not be looked at; it has its turn in the next pass. */
  async look(context: WorkerContext): Promise<void> {
    const { bitcoin } = context;
    if (!bitcoin) return;
    for (const { chain, family } of chainsIn(context.settings.mode)) {
      if (family !== 'bitcoin') continue;
      const rows = await rowsOn(chain, context);
      if (rows.length === 0) continue;
      // Only a block changes what is final.
      const { hash } = await bitcoin.tip();
      const names = [hash, ...rows.map(({ id }) => id)].join();
      if (this.#lookedAt.get(chain) === names) continue;
      await eachApart(
        rows,
        ({ txid }) => `transaction ${txid ?? ''}`,
        (row) => settleWhereFinal(row, context),
      );
      this.#lookedAt.set(chain, names);
    }
  }
}

const rowsOn = (chain: string, { db }: WorkerContext): Promise<TransactionRow[]> =>
  db.chainTransaction.findMany({
    where: {
      chain,
      phase: { in: ['releasing', 'signed'] },
      txid: { not: null },
      operation: { state: { in: ['held', 'signing'] } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: rowsMax,
  });

async function settleWhereFinal(
  transaction: TransactionRow,
  context: WorkerContext,
): Promise<void> {
  const { id, txid, chain, operationId } = transaction;
  const fate = await adapterFor(chain).findFate(transaction, context);
  if (fate.fate !== 'ran' || !fate.isFinal || !fate.raw || txid === null) return;
  const { raw, height: slot, fee } = fate;
  const now = context.clock();
  const loaded = await loadStanding(context.db, operationId, now);
  const intent = loaded && intentSchema.parse(JSON.parse(loaded.row.intent));
  if (!intent || !movesCoins(intent)) throw new Error(`Operation ${operationId} moves nothing.`);
  if (loaded.standing.state === 'signing') {
    // Sent once more as well, which is harmless, and then settled as everything on its way.
    const onwards = { operation: operationId, from: 'signing', to: 'signed' } as const;
    const signed = { id, operationId, raw, txid };
    if (await keepSigned(context.db, signed, now, (tx) => changeState(tx, onwards, now)))
      log.warn({ operation: operationId, txid }, 'a payment ran that is not on record as signed');
    return;
  }
  const isSettled = await inTransaction(context.db, async (tx) => {
    // People may be at it anew; then it goes on by itself.
    if (!(await isStill(tx, operationId, 'held'))) return false;
    const data = { phase: 'signed', raw: new Uint8Array(raw), signedAt: now };
    await tx.chainTransaction.updateMany({ where: { id, phase: 'releasing' }, data });
    return confirm(tx, { id: operationId, state: 'held' }, intent, { id, txid, slot, fee }, now);
  });
  if (isSettled)
    log.warn({ operation: operationId, txid }, 'a payment ran whose operation was held');
}
