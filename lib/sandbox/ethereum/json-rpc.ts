/**
 * JSON-RPC 2.0 in front of the node: what a public node answers is passed on, what only the sandbox
 * has is answered here, and everything else (unlocked accounts, cheats, tracing) does not exist.
 */
import { keccak256, isHex } from 'viem/utils';
import { z } from 'zod';
import { NodeRefusal } from './anvil-rpc.ts';
import { takeFault } from './faults.ts';
import { controlMethods, type ControlContext } from './methods-control.ts';
import { isUnderpricedReplacement } from './replacement-rule.ts';

const passedOn: ReadonlySet<string> = new Set([
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getLogs',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'eth_sendRawTransaction',
  'eth_syncing',
  'net_version',
  'web3_clientVersion',
]);

const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(200), z.int(), z.null()]),
  method: z.string().max(100),
  params: z.array(z.unknown()).max(20).optional(),
});

export type Answer = { text: string; hangUp: boolean };

const code = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  refused: -32_000,
} as const;

/** @param forward passes a body to the node. */
export async function answerBody(
  context: ControlContext & { forward: (body: string) => Promise<string> },
  body: string,
): Promise<Answer> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return failure(null, code.parse, 'Parse error');
  }
  const parsed = request.safeParse(value);
  if (!parsed.success) return failure(null, code.request, 'Invalid request');
  const { id, method, params = [] } = parsed.data;
  const control = Object.hasOwn(controlMethods, method) ? controlMethods[method] : undefined;
  if (control) return answerControl(() => control(context, params), id);
  if (!passedOn.has(method)) return failure(id, code.method, 'Method not found');
  if (method !== 'eth_sendRawTransaction')
    return { text: await context.forward(body), hangUp: false };
  const [raw] = params;
  if (typeof raw === 'string' && (await isUnderpricedReplacement(context.ask, raw)))
    return failure(id, code.refused, 'replacement transaction underpriced');
  const fault = takeFault(context.faults);
  if (fault === 'drop' && isHex(raw)) return success(id, keccak256(raw));
  return { text: await context.forward(body), hangUp: fault === 'hang-up' };
}

type Id = z.infer<typeof request>['id'];

async function answerControl(run: () => Promise<unknown>, id: Id): Promise<Answer> {
  try {
    return success(id, await run());
  } catch (error) {
    if (error instanceof z.ZodError)
      return failure(id, code.params, error.issues[0]?.message ?? 'Invalid params');
    if (error instanceof NodeRefusal) return failure(id, error.code, error.message);
    throw error;
  }
}

const success = (id: Id, result: unknown): Answer => ({
  text: JSON.stringify({ jsonrpc: '2.0', id, result }),
  hangUp: false,
});

const failure = (id: Id, errorCode: number, message: string): Answer => ({
  text: JSON.stringify({ jsonrpc: '2.0', id, error: { code: errorCode, message } }),
  hangUp: false,
});
