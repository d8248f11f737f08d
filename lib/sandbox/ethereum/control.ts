/** Calls the methods that only the sandbox chain has. For scripts, samples and tests. */
import { z } from 'zod';

const answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string() }).optional(),
});
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const blockNumber = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .transform(BigInt);

export type SandboxControl = {
  /** Ether from outside, in wei; returns the transaction's hash. */
  deposit(to: string, wei: bigint): Promise<string>;
  /** The sandbox's euro token from outside, in millionths; returns the transaction's hash. */
  depositToken(to: string, units: bigint): Promise<string>;
  /** Ether that a contract sends on: no transaction to the address shows it. */
  depositThroughContract(to: string, wei: bigint): Promise<string>;
  /** Blocks at once; returns the newest one's number. */
  mine(blocks: number): Promise<bigint>;
  /** What the next block asks for gas, in wei; it falls by an eighth with each empty one. Returns that block's number. */
  baseFee(wei: bigint): Promise<bigint>;
  /** Blocks come only by `mine` until it is called with false. */
  pauseMining(isPaused: boolean): Promise<void>;
  /** The newest blocks give way to as many empty ones; returns the newest one's number. */
  reorganise(depth: number): Promise<bigint>;
  /** While true, the sandbox's token undoes every call. */
  breakToken(isBroken: boolean): Promise<void>;
  /** Accept the next transactions, and lose them. */
  dropTransactions(count: number): Promise<void>;
  /** Take the next transactions, and break the connection instead of answering. */
  hangUp(count: number): Promise<void>;
};

/** @throws Error from its calls when the node is no sandbox, or refuses. */
export function createSandboxControl(url: string): SandboxControl {
  const call = (method: string, ...params: unknown[]): Promise<unknown> =>
    callSandbox(url, method, params);
  const pay = async (method: string, to: string, amount: bigint): Promise<string> =>
    hash.parse(await call(method, to, String(amount)));
  return {
    deposit: (to, wei) => pay('sandbox_deposit', to, wei),
    depositToken: (to, units) => pay('sandbox_depositToken', to, units),
    depositThroughContract: (to, wei) => pay('sandbox_depositThroughContract', to, wei),
    mine: async (blocks) => blockNumber.parse(await call('sandbox_mine', blocks)),
    baseFee: async (wei) => blockNumber.parse(await call('sandbox_baseFee', wei.toString())),
    pauseMining: async (isPaused) => void (await call('sandbox_pauseMining', isPaused)),
    reorganise: async (depth) => blockNumber.parse(await call('sandbox_reorganise', depth)),
    breakToken: async (isBroken) => void (await call('sandbox_breakToken', isBroken)),
    dropTransactions: async (count) => void (await call('sandbox_dropTransactions', count)),
    hangUp: async (count) => void (await call('sandbox_hangUp', count)),
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
  const { result, error } = answer.parse(JSON.parse(await response.text()));
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
