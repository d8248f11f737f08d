/** cosigned → signing: ties the operation to a nonce value and builds its one transaction. */
import { randomUUID } from 'node:crypto';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { conflictKeyOf } from '#lib/chains/solana/conflict-key.ts';
import { unsignedTransaction } from '#lib/chains/solana/transaction.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { memoOf } from '#lib/protocol/match-transaction.ts';
import { changeState, type Stop } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { isSpent } from '../transaction-phases.ts';
import { findFrozenStop } from './frozen-stop.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * Takes a free nonce account of the vault for this operation, or the one it has already. Nothing for
 * one that people ended, or whose time ran out, meanwhile: the row's lock keeps them apart.
 */
async function leaseNonceAccount(tx: Tx, vault: string, operation: string): Promise<string | null> {
  const [waiting] = await tx.$queryRaw<object[]>`
    SELECT 1 FROM operation WHERE id = ${operation}::uuid AND state = 'cosigned' FOR UPDATE`;
  if (!waiting) return null;
  const held = await tx.nonceAccount.findUnique({ where: { operationId: operation } });
  if (held) return held.address;
  const [free] = await tx.$queryRaw<{ address: string }[]>`
    SELECT address FROM nonce_account
    WHERE vault_id = ${vault} AND operation_id IS NULL
    ORDER BY address LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!free) return null;
  await tx.nonceAccount.update({
    where: { address: free.address },
    data: { operationId: operation },
  });
  return free.address;
}

/**
 * @returns false when nothing could be done yet (no free nonce account, node away): the operation
 * keeps its place in the queue.
 */
export async function beginSigning(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const stop = row.transactions.some(isSpent) ? spent : await findFrozenStop(intent, context.db);
  if (stop) {
    await hold(row, stop, context);
    return true;
  }
  const vault = await context.db.vault.findUniqueOrThrow({ where: { id: intent.vault } });
  const account = await inTransaction(context.db, (tx) => leaseNonceAccount(tx, vault.id, row.id));
  if (account === null) return false;
  const known = row.transactions[0];
  // A tie once made is kept: another transaction of this operation could otherwise confirm as well.
  if (known) return inTransaction(context.db, (tx) => moveOn(tx, row, context.clock()));
  const nonce = await context.solana.getNonce(account, 'finalized');
  if (nonce.state !== 'ready' || nonce.authority !== vault.address) return false;
  const feePayer = context.feePayer.address;
  const message = buildTransfer({
    feePayer,
    from: vault.address,
    to: intent.destination.address,
    lamports: BigInt(intent.amount),
    memo: memoOf(intent),
    nonce: { account, value: nonce.value },
  });
  const simulation = await context.solana.simulate(unsignedTransaction(message));
  const now = context.clock();
  if (!simulation.ok) {
    await hold(row, wouldFail(simulation.error), context);
    return true;
  }
  return inTransaction(context.db, async (tx) => {
    const moved = await moveOn(tx, row, now);
    if (moved)
      await tx.chainTransaction.create({
        data: {
          id: randomUUID(),
          operationId: row.id,
          attempt: row.attempt,
          chain: intent.chain,
          message: new Uint8Array(message),
          conflictKey: conflictKeyOf({ nonceAccount: account, anchor: nonce.value, feePayer }),
          phase: 'built',
          createdAt: now,
        },
      });
    return moved;
  });
}

const moveOn = (tx: Tx, row: OperationRow, now: Date): Promise<boolean> =>
  changeState(tx, { operation: row.id, from: 'cosigned', to: 'signing' }, now);

const wouldFail = (error: string): Stop => ({
  code: 'transaction-would-fail',
  party: null,
  sentence: `The chain says that this transfer would fail (${error}). Check the vault’s balance and the destination.`,
});

/** No way leads here but a record that was changed by hand: parties would refuse any other nonce. */
const spent: Stop = {
  code: 'transaction-spent',
  party: null,
  sentence:
    'What this operation was tied to on the chain is used up, so the parties will never sign for it again. Cancel it, and raise a new one if it is still wanted.',
};

async function hold(row: OperationRow, stop: Stop, context: WorkerContext): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const change = { operation: row.id, from: 'cosigned', to: 'held', stop } as const;
    // One that has moved on meanwhile may need what it is tied to.
    if (await changeState(tx, change, context.clock())) await releaseNonceAccount(tx, row.id);
  });
}

/** Gives a nonce account back once its operation can't have a transaction any more. */
export async function releaseNonceAccount(tx: Tx, operation: string): Promise<void> {
  await tx.nonceAccount.updateMany({
    where: { operationId: operation },
    data: { operationId: null },
  });
}
