/** Keeps a small pool of durable nonce accounts per vault, so that withdrawals don't wait in line. */
import { createHash } from 'node:crypto';
import { ensureNonceAccount } from '#lib/chains/solana/ensure-nonce-account.ts';
import { log } from '#lib/platform/log.ts';
import type { WorkerContext } from './worker-context.ts';

/** Withdrawals of one vault that can be on their way at once. */
const poolSize = 4;

/**
 * Makes what is missing. The address follows from vault and number alone, so a crash between
 * sending and writing it down loses nothing.
 */
export async function keepNonceAccounts(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({ where: { chain: { startsWith: 'solana:' } } });
  for (const vault of vaults) {
    const known = await context.db.nonceAccount.count({ where: { vaultId: vault.id } });
    for (let number = known; number < poolSize; number += 1) {
      const step = await ensureNonceAccount(context.solana, {
        feePayer: context.feePayer,
        authority: vault.address,
        seed: `${createHash('sha256').update(vault.address).digest('hex').slice(0, 24)}-${number}`,
      });
      if (step.step === 'address-taken')
        log.error({ vault: vault.id, account: step.account }, 'nonce address taken');
      if (step.step !== 'ready') break;
      await context.db.nonceAccount.createMany({
        data: [{ address: step.account, vaultId: vault.id }],
        skipDuplicates: true,
      });
    }
  }
}
