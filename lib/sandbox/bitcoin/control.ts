/** Calls the methods that only the Bitcoin stand-in has. For scripts, samples and tests. */
import { z } from 'zod';
import type { Lie } from './faults.ts';

const answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string() }).nullish(),
});
const hashes = z.array(z.string());

export type BitcoinSandboxControl = {
  /** A payment from outside, waiting for a block; returns its id. */
  deposit(to: string, satoshis: bigint): Promise<string>;
  /** Mines blocks; returns their hashes. @param to who is paid; the faucet unless said otherwise. */
  mine(blocks: number, to?: string): Promise<string[]>;
  /**
   * Replaces the newest blocks by one more than they were.
   * @param reverse true to make the faucet's payments in them impossible for good.
   * @param instead signed transactions that the first of the new blocks has.
   */
  reorganize(depth: number, reverse?: boolean, instead?: readonly Uint8Array[]): Promise<string[]>;
  /** Accept the next transactions, and lose them. */
  dropTransactions(count: number): Promise<void>;
  /** Take the next transactions, and break the connection instead of answering. */
  hangUp(count: number): Promise<void>;
  /** Show the chain as it was so many blocks ago; 0 ends it. */
  lag(blocks: number): Promise<void>;
  /** What a place in a block costs, satoshi for 1,000 virtual bytes; 0 for what it always costs. */
  feeRate(satoshis: number): Promise<void>;
  /** So many answers of this kind are false. */
  lie(kind: Lie, count: number): Promise<void>;
};

/** @throws Error from its calls when the node is no sandbox, or refuses. */
export function createBitcoinSandboxControl(url: string): BitcoinSandboxControl {
  const call = (method: string, ...params: unknown[]): Promise<unknown> =>
    callSandbox(url, method, params);
  return {
    deposit: async (to, satoshis) =>
      z.string().parse(await call('sandbox_deposit', to, satoshis.toString())),
    mine: async (blocks, to) =>
      hashes.parse(await call('generatetoaddress', blocks, ...(to === undefined ? [] : [to]))),
    reorganize: async (depth, reverse = false, instead = []) =>
      hashes.parse(
        await call(
          'sandbox_reorg',
          depth,
          reverse,
          instead.map((raw) => Buffer.from(raw).toString('hex')),
        ),
      ),
    dropTransactions: async (count) => void (await call('sandbox_dropTransactions', count)),
    hangUp: async (count) => void (await call('sandbox_hangUp', count)),
    lag: async (blocks) => void (await call('sandbox_lag', blocks)),
    feeRate: async (satoshis) => void (await call('sandbox_feeRate', satoshis)),
    lie: async (kind, count) => void (await call('sandbox_lie', kind, count)),
  };
}

async function callSandbox(
  url: string,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(30_000),
  });
  const { result, error } = answer.parse(await response.json());
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
