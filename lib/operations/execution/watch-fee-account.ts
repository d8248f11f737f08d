/**
 * Books what happens to the custodian's fee account, so that the books say what the chain says:
 * coins put in, rent of nonce accounts, fees of transactions that are no withdrawal.
 */
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import { postOwnMovement } from '#lib/ledger/post-own-movement.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { log } from '#lib/platform/log.ts';
import { solanaChainOf } from '../solana-chain.ts';
import { readMovements } from './read-movements.ts';
import type { WorkerContext } from './worker-context.ts';

const chainAsset = 'SOL';

/** Reads the account's history from where the last pass stopped. */
export async function watchFeeAccount(context: WorkerContext): Promise<void> {
  const key = { chain: solanaChainOf(context.settings.mode), address: context.feePayer.address };
  await readMovements(key, context, (movement) => book(key.chain, movement, context));
}

async function book(chain: string, movement: Movement, context: WorkerContext): Promise<void> {
  const { transactionId: txid, change, fee } = movement;
  // A withdrawal's fee is booked with the withdrawal, or with its failure.
  if (change === 0n || (await context.db.chainTransaction.findUnique({ where: { txid } }))) return;
  const rent = await rentIn(movement, context);
  if (change + fee + rent < 0n)
    log.error(
      { txid, lamports: (-(change + fee + rent)).toString() },
      'coins left the fee account for something else than fees and nonce accounts',
    );
  await inTransaction(context.db, async (tx) => {
    const posted = await postOwnMovement(tx, {
      chain,
      txid,
      asset: chainAsset,
      change,
      fee,
      rent,
      at: context.clock(),
    });
    if (!posted.ok) throw new Error(`Booking ${txid} was refused: ${posted.refusal.code}`);
    if (posted.value.isNew) await publish(tx, { topic: 'ledger' });
  });
}

/** What the fee account put into nonce accounts of ours. */
async function rentIn({ opened, change }: Movement, { db }: WorkerContext): Promise<bigint> {
  if (change >= 0n || opened.length === 0) return 0n;
  const wanted = { address: { in: opened.map(({ address }) => address) } };
  const [planned, known] = await Promise.all([
    db.nonceSeed.findMany({ where: wanted, select: { address: true } }),
    db.nonceAccount.findMany({ where: wanted, select: { address: true } }),
  ]);
  const ours = new Set([...planned, ...known].map(({ address }) => address));
  return opened.reduce(
    (total, { address, lamports }) => (ours.has(address) ? total + lamports : total),
    0n,
  );
}
