/** A vault with funds, a fee payer and a nonce account on a fresh sandbox chain, for tests. */
import { randomBytes } from 'node:crypto';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import { ensureNonceAccount } from '#lib/chains/solana/ensure-nonce-account.ts';
import { softwareKey, type SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { assembleTransaction, transactionId } from '#lib/chains/solana/transaction.ts';
import { createSandboxControl, type SandboxControl } from '../control.ts';

export const SOL = 1_000_000_000n;

export type VaultFixture = {
  client: SolanaClient;
  control: SandboxControl;
  feePayer: SoftwareKey;
  /** Stands in for the threshold key of a vault. */
  vault: SoftwareKey;
  nonceAccount: string;
};

export const freshKey = (): SoftwareKey => softwareKey(new Uint8Array(randomBytes(32)));

/** Waits on a condition; fails with its name when it never holds. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== null && found !== false && found !== undefined) return found;
  }
  throw new Error(`Waited in vain until ${what}`);
}

export async function openVault(
  url: string,
  vault = freshKey(),
  feePayer = freshKey(),
): Promise<VaultFixture> {
  const client = createSolanaClient(url, { timeoutMs: 5_000 });
  const control = createSandboxControl(url);
  await control.deposit(vault.address, 10n * SOL);
  await control.deposit(feePayer.address, SOL);
  const seed = `n-${randomBytes(8).toString('hex')}`;
  const ready = await until('the nonce account is ready', async () => {
    const step = await ensureNonceAccount(client, { feePayer, authority: vault.address, seed });
    return step.step === 'ready' && step;
  });
  return { client, control, feePayer, vault, nonceAccount: ready.account };
}

export type SignedTransfer = {
  id: string;
  bytes: Uint8Array;
  nonce: { account: string; value: string };
};

/** A transfer out of the vault, tied to a nonce value (the current one unless given). */
export async function signTransfer(
  fixture: VaultFixture,
  transfer: { to: string; lamports: bigint; memo?: string; value?: string },
): Promise<SignedTransfer> {
  const { client, feePayer, vault, nonceAccount } = fixture;
  const nonce = {
    account: nonceAccount,
    value: transfer.value ?? (await currentNonce(client, nonceAccount)),
  };
  const message = buildTransfer({
    feePayer: feePayer.address,
    from: vault.address,
    to: transfer.to,
    lamports: transfer.lamports,
    memo: transfer.memo ?? null,
    nonce,
  });
  const paid = feePayer.sign(message);
  return {
    id: transactionId(message, paid),
    bytes: assembleTransaction(message, {
      [feePayer.address]: paid,
      [vault.address]: vault.sign(message),
    }),
    nonce,
  };
}

export async function currentNonce(client: SolanaClient, account: string): Promise<string> {
  const nonce = await client.getNonce(account, 'processed');
  if (nonce.state !== 'ready') throw new Error(`The nonce account is ${nonce.state}`);
  return nonce.value;
}
