/** An account with ether and tokens on a fresh sandbox chain, for tests. */
import { randomBytes } from 'node:crypto';
import { assemble, digestOf, type SignedTransfer } from '#lib/chains/ethereum/assemble.ts';
import { buildTransfer, type TransferInput } from '#lib/chains/ethereum/build.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { createEthereumClient, type EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { decode } from '#lib/chains/ethereum/decode.ts';
import { softwareKey, type SoftwareKey } from '#lib/chains/ethereum/software-key.ts';
import { createSandboxControl, type SandboxControl } from '../control.ts';

export const ETHER = 10n ** 18n;
export const EURO = 10n ** 6n;
const GWEI = 10n ** 9n;
export const SANDBOX_CHAIN = 'eip155:31337';

export type AccountFixture = {
  client: EthereumClient;
  control: SandboxControl;
  /** Stands in for an account of a vault. */
  key: SoftwareKey;
};

export const freshKey = (): SoftwareKey => softwareKey(new Uint8Array(randomBytes(32)));

/** Waits on a condition; fails with its name when it never holds. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== null && found !== false && found !== undefined) return found;
  }
  throw new Error(`Waited in vain until ${what}`);
}

/** Ten ether and a thousand euro. */
export async function openAccount(url: string, key = freshKey()): Promise<AccountFixture> {
  const client = createEthereumClient(url, { timeoutMs: 10_000 });
  const control = createSandboxControl(url);
  await control.deposit(key.address, 10n * ETHER);
  const last = await control.depositToken(key.address, 1_000n * EURO);
  await until('the deposits are there', () => client.getReceipt(last));
  return { client, control, key };
}

/** A transfer of the account, decoded as a party does before it signs; a tenth of a coin unless said. */
export async function signTransfer(
  { client, key }: AccountFixture,
  transfer: Partial<TransferInput> & { to: string },
): Promise<SignedTransfer & { nonce: bigint }> {
  const token = transfer.token ?? null;
  const nonce = transfer.nonce ?? (await client.getNonce(key.address, 'pending'));
  const unsigned = buildTransfer({
    chain: SANDBOX_CHAIN,
    amount: token === null ? ETHER / 10n : 25n * EURO,
    gasLimit: token === null ? 21_000n : 100_000n,
    maxFeePerGas: 20n * GWEI,
    maxPriorityFeePerGas: GWEI,
    ...transfer,
    token,
    nonce,
  });
  const publicKey = Buffer.from(key.publicKey).toString('hex');
  decode(unsigned, {
    chain: SANDBOX_CHAIN,
    account: { publicKey, path: [] },
    tokens: [{ asset: 'EURC', contract: EURC_SANDBOX }],
  });
  return { ...assemble(unsigned, key.sign(digestOf(unsigned)), key.address), nonce };
}
