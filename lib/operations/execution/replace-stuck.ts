/**
 * A transaction that was sent and does not move gets another in its place that pays more, under the same
 * statements: it spends what the first one spends, so the chain runs one of them at most. The operation
 * stays where it is meanwhile, because any of them may still run.
 */
import { randomUUID } from 'node:crypto';
import { DecodeError } from '#lib/chains/decoded.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import { isBenign } from '#lib/mpc/client/benign.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { findAssetHold } from '../asset-hold.ts';
import type { OperationRow } from '../load-standing.ts';
import { adapterFor } from './chains/adapters.ts';
import type { TransactionRow } from './chains/chain-adapter.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { signOne } from './sign-one.ts';
import type { Unsigned } from './sign-with-parties.ts';
import type { WorkerContext } from './worker-context.ts';

/** After parties refused one, so that they are not asked every second. */
const restMs = 60_000;
const replacementsMax = 20;
/** The database counts no further; what parties refused has a place as well. */
const placesMax = 100;

type Stuck = { intent: MovingIntent; previous: TransactionRow };

const pendingPhases: readonly string[] = ['built', 'releasing', 'signed'];

/** @returns whether something was done, so that it is worth looking again. */
export async function replaceStuck(
  row: OperationRow,
  stuck: Stuck,
  context: WorkerContext,
): Promise<boolean> {
  const adapter = adapterFor(stuck.intent.chain);
  if (!adapter.replace) return false;
  const pending = row.transactions.find(({ phase }) => pendingPhases.includes(phase));
  if (pending?.phase === 'signed') return sendIt(row, pending, context);
  if (pending) return signIt(row, stuck.intent, pending, context);
  // While something stands still nothing is built that nobody may sign.
  if (await findFrozenStop(stuck.intent, context.db)) return false;
  if (await findAssetHold(stuck.intent, context.db)) return false;
  const now = context.clock();
  const newest = Math.max(...row.transactions.map(({ replacement }) => replacement));
  const isResting = row.transactions.some(
    ({ phase, createdAt }) => phase === 'failed' && now.getTime() - createdAt.getTime() < restMs,
  );
  const sent = row.transactions.filter(({ txid }) => txid !== null).length;
  if (isResting || sent > replacementsMax || newest >= placesMax) return false;
  const built = await adapter.replace(row, stuck, context).catch((error: unknown) => {
    if (!(error instanceof DecodeError)) throw error;
    // What was signed still counts, so it goes on without; people are told.
    log.error({ operation: row.id, err: error }, 'the record of what was sent was changed');
    context.waits?.({ code: 'record-changed' });
    return null;
  });
  if (!built) return false;
  await inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: row.id,
        attempt: row.attempt,
        chain: stuck.intent.chain,
        message: new Uint8Array(built.message),
        conflictKey: built.conflictKey,
        replacement: newest + 1,
        phase: 'built',
        createdAt: now,
      },
    });
    await publish(tx, { topic: 'operations', id: row.id });
  });
  return true;
}

async function sendIt(
  row: OperationRow,
  { id, raw, chain }: TransactionRow,
  context: WorkerContext,
): Promise<boolean> {
  if (!raw) throw new Error(`A replacement of operation ${row.id} is signed without its bytes.`);
  const sent = await adapterFor(chain).send(raw, context);
  if (sent.outcome !== 'accepted')
    log.warn({ operation: row.id, outcome: sent }, 'sending a replacement has no clear outcome');
  await inTransaction(context.db, async (tx) => {
    const data = { phase: 'broadcast', broadcastAt: context.clock() };
    await tx.chainTransaction.update({ where: { id }, data });
    await publish(tx, { topic: 'operations', id: row.id });
  });
  return true;
}

async function signIt(
  row: OperationRow,
  intent: MovingIntent,
  pending: TransactionRow,
  context: WorkerContext,
): Promise<boolean> {
  const signed = await signOne(row, intent, pending, context);
  if (signed.ok) return signed.keep(() => Promise.resolve(true));
  // What holds this one back does not hold back what was sent.
  if (signed.because.is === 'asset-held') context.waits?.({ code: 'not-in-block' });
  const reason = reasonOf(signed.because);
  if (reason === null) return false;
  log.warn({ operation: row.id, reason }, 'a replacement was not signed');
  // A share of it may be out, so it stays; parties are asked again.
  if (pending.phase !== 'built') throw new Error(`A replacement was not signed: ${reason}`);
  await context.db.chainTransaction.updateMany({
    where: { id: pending.id, phase: 'built' },
    data: { phase: 'failed', error: reason },
  });
  return false;
}

/** Null where time alone helps. */
function reasonOf(because: Unsigned): string | null {
  switch (because.is) {
    case 'under-way':
    case 'asset-held':
    case 'moved-on':
    case 'delayed':
      return null;
    case 'refused':
      return isBenign(because.no.refusal) ? null : refusalSentence(because.no.refusal);
    case 'stopped':
      return because.stop.sentence;
  }
}
