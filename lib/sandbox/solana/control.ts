/** Calls the methods that only the sandbox chain has. For scripts, samples and tests. */
import { z } from 'zod';
import { parseExactJson, writeExactJson } from '#lib/chains/solana/exact-json.ts';

const answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.bigint(), message: z.string() }).optional(),
});

export type SandboxControl = {
  /** A payment from outside; returns the transaction's id. */
  deposit(to: string, lamports: bigint, memo?: string): Promise<string>;
  /** Accept the next transactions, and lose them. */
  dropTransactions(count: number): Promise<void>;
  /** Accept the next transactions, and run them so many slots later. */
  delayTransactions(count: number, slots: number): Promise<void>;
  /** Run the next transactions, and break the connection instead of answering. */
  hangUp(count: number): Promise<void>;
  /** Let time pass at once; returns the new slot. */
  advanceSlots(slots: number): Promise<bigint>;
};

/** @throws Error from its calls when the node is no sandbox, or refuses. */
export function createSandboxControl(url: string): SandboxControl {
  const call = (method: string, ...params: unknown[]): Promise<unknown> =>
    callSandbox(url, method, params);
  return {
    deposit: async (to, lamports, memo) =>
      z
        .string()
        .parse(await call('sandbox_deposit', to, lamports, memo === undefined ? null : { memo })),
    dropTransactions: async (count) => void (await call('sandbox_dropTransactions', count)),
    delayTransactions: async (count, slots) =>
      void (await call('sandbox_delayTransactions', count, slots)),
    hangUp: async (count) => void (await call('sandbox_hangUp', count)),
    advanceSlots: async (slots) => z.bigint().parse(await call('sandbox_advanceSlots', slots)),
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
    body: writeExactJson({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(10_000),
  });
  const { result, error } = answer.parse(parseExactJson(await response.text()));
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
