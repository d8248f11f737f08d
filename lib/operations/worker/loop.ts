/** The worker's rhythm: it acts when told that something changed, and looks anyway now and then. */
import { log } from '#lib/platform/log.ts';
import { completeGenesis } from '../genesis/complete-genesis.ts';
import { expireOperations } from '../expire-operations.ts';
import { advanceOperation } from '../execution/advance-operation.ts';
import { catchUp } from '../execution/catch-up.ts';
import { keepNonceAccounts } from '../execution/keep-nonce-accounts.ts';
import { watchDeposits } from '../execution/watch-deposits.ts';
import { watchFeeAccount } from '../execution/watch-fee-account.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { sweepChallenges } from './sweep-challenges.ts';

/** Operations taken on in one pass, side by side. */
const batchSize = 16;

const working = ['cosigned', 'signing', 'signed', 'broadcast'];

/** A duty that fails is logged and tried again in the next pass; the others go on. */
async function duty(name: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    log.error({ err: error, duty: name }, 'duty failed');
    return false;
  }
}

/** Takes every operation that is under way as far as it goes now. */
export async function advanceAll(context: WorkerContext): Promise<void> {
  const rows = await context.db.operation.findMany({
    where: { state: { in: working } },
    orderBy: [{ stateChangedAt: 'asc' }, { id: 'asc' }],
    take: batchSize,
    select: { id: true },
  });
  await Promise.all(
    rows.map(({ id }) => duty(`advance ${id}`, () => advanceOperation(id, context))),
  );
}

/**
 * Everything that is looked at regularly.
 * @param advance takes operations on; shared with whoever wakes the worker, so that no two passes
 * work on the same operation.
 * @returns names of duties that failed this time.
 */
export async function patrol(
  context: WorkerContext,
  advance: () => Promise<void>,
): Promise<string[]> {
  const duties: [string, () => Promise<unknown>][] = [
    ['genesis', () => completeGenesis(context.parties, context)],
    ['operations', advance],
    ['expiry', () => expireOperations(context)],
    ['nonce accounts', () => keepNonceAccounts(context)],
    ['deposits', () => watchDeposits(context)],
    ['fee account', () => watchFeeAccount(context)],
    ['catch-up', () => catchUp(context)],
    ['challenges', () => sweepChallenges(context)],
  ];
  const failed: string[] = [];
  for (const [name, run] of duties) if (!(await duty(name, run))) failed.push(name);
  return failed;
}
