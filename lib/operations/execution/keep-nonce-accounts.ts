/** Keeps a small pool of durable nonce accounts per vault, so that withdrawals don't wait in line. */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import { randomBytes } from 'node:crypto';
import { nonceAccountAddress } from '#lib/chains/solana/build-nonce-account.ts';
import { ensureNonceAccount } from '#lib/chains/solana/ensure-nonce-account.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import { eachApart } from '../each-apart.ts';
import { finalStates } from '../states.ts';
import type { WorkerContext } from './worker-context.ts';

/** Withdrawals of one vault that can be on their way at once. */
const poolSize = 4;
/**
 * Beside those that wait out a delay, or for people on their way to a cold site, tied to a nonce value
 * each; more than these wait for one.
 */
const waitingMax = 60;

/** 120 bits: nobody guesses an address before its account exists, so nobody can occupy it first. */
const seedBytes = 15;

type Vault = { id: string; address: string; tier: string };
type Plan = { address: string; seed: string };

/** Gives back what ended operations were tied to, and makes what is missing. */
export async function keepNonceAccounts(context: WorkerContext): Promise<void> {
  await releaseEnded(context);
  const vaults = await context.db.vault.findMany({
    where: { chain: { in: chainsOfFamily('solana') } },
    orderBy: { id: 'asc' },
  });
  await eachApart(
    vaults,
    ({ id }) => `vault ${id}`,
    (vault) => fillPool(vault, context),
  );
}

/**
 * An operation that people ended, or whose time ran out, does not come by here itself. One that is
 * held without any transaction is tied to nothing yet, and may be held for long. The rows' locks
 * keep out whoever is just taking one of them on.
 */
async function releaseEnded({ db }: WorkerContext): Promise<void> {
  await db.$executeRaw`
    UPDATE nonce_account SET operation_id = NULL WHERE operation_id IN (
      SELECT o.id FROM operation o
      WHERE o.id IN (SELECT operation_id FROM nonce_account WHERE operation_id IS NOT NULL)
        AND (o.state = ANY(${[...finalStates]})
          OR (o.state = 'held'
            AND NOT EXISTS (SELECT FROM chain_transaction t WHERE t.operation_id = o.id)))
      FOR UPDATE OF o SKIP LOCKED)`;
}

/**
 * Seeds are written down before anything is sent, so a crash between sending and writing down what
 * came of it loses nothing: the same plan is taken up again.
 */
async function fillPool(vault: Vault, context: WorkerContext): Promise<void> {
  const plans = await context.db.nonceSeed.findMany({
    where: { vaultId: vault.id, state: 'planned' },
    orderBy: [{ plannedAt: 'asc' }, { address: 'asc' }],
  });
  const known = await context.db.nonceAccount.count({ where: { vaultId: vault.id } });
  const waiting = await context.db.operation.count({
    where: {
      vaultId: vault.id,
      kind: { in: [...coinKinds] },
      state: { in: vault.tier === 'cold' ? ['waiting', 'signing'] : ['waiting'] },
    },
    take: waitingMax,
  });
  for (let missing = poolSize + waiting - known - plans.length; missing > 0; missing -= 1)
    plans.push(await planOne(vault, context));
  for (const plan of plans) if (!(await carryOut(plan, vault, context))) return;
}

function planOne(vault: Vault, { db, clock, feePayer }: WorkerContext) {
  const seed = `n-${randomBytes(seedBytes).toString('hex')}`;
  const address = nonceAccountAddress(feePayer.address, seed);
  return db.nonceSeed.create({
    data: { address, vaultId: vault.id, seed, state: 'planned', plannedAt: clock() },
  });
}

/** @returns false when the chain has to be waited for before anything more is sent. */
async function carryOut(plan: Plan, vault: Vault, context: WorkerContext): Promise<boolean> {
  const { db, solana, feePayer } = context;
  const { address } = plan;
  if (nonceAccountAddress(feePayer.address, plan.seed) !== address) {
    // Another fee account's plan: with this one the seed leads elsewhere.
    await db.nonceSeed.update({ where: { address }, data: { state: 'taken' } });
    return true;
  }
  const step = await ensureNonceAccount(solana, {
    feePayer,
    authority: vault.address,
    seed: plan.seed,
  });
  switch (step.step) {
    case 'creating':
      return false;
    case 'confirming':
      // A withdrawal is tied to a final value only, so one that is not would just stand in its way.
      return true;
    case 'address-taken':
      log.error({ vault: vault.id, account: address }, 'nonce address taken; another is planned');
      await db.nonceSeed.update({ where: { address }, data: { state: 'taken' } });
      return true;
    case 'ready':
      await inTransaction(db, async (tx) => {
        await tx.nonceAccount.createMany({
          data: [{ address, vaultId: vault.id }],
          skipDuplicates: true,
        });
        await tx.nonceSeed.update({ where: { address }, data: { state: 'made' } });
      });
      return true;
  }
}
