/** JSON-RPC 2.0 over one request body: single questions and batches. */
import { z } from 'zod';
import { parseExactJson, writeExactJson } from '#lib/chains/solana/exact-json.ts';
import type { Chain } from './chain.ts';
import { DiskFault } from '../log-file.ts';
import type { Exchange, Method } from './method.ts';
import { accountMethods } from './methods-accounts.ts';
import { clusterMethods } from './methods-cluster.ts';
import { controlMethods } from './methods-control.ts';
import { historyMethods } from './methods-history.ts';
import { sendMethods } from './methods-send.ts';
import { RpcError, rpcCode } from './rpc-error.ts';

const BATCH_MAX = 50;

const methods = new Map<string, Method>(
  [clusterMethods, accountMethods, historyMethods, sendMethods, controlMethods].flatMap((group) =>
    Object.entries(group),
  ),
);

const id = z.union([z.string().max(200), z.bigint(), z.null()]);
const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: id.optional(),
  method: z.string().max(100),
  params: z.array(z.unknown()).max(20).optional(),
});

export type Answer = { text: string; hangUp: boolean };

/** @throws DiskFault when the chain can't go on. */
export function answerBody(chain: Chain, body: string): Answer {
  const exchange: Exchange = { hangUp: false };
  const answer = answerValue(chain, body, exchange);
  return { text: answer === undefined ? '' : writeExactJson(answer), hangUp: exchange.hangUp };
}

function answerValue(chain: Chain, body: string, exchange: Exchange): unknown {
  let value: unknown;
  try {
    value = parseExactJson(body);
  } catch {
    return failure(null, new RpcError(rpcCode.parse, 'Parse error'));
  }
  if (!Array.isArray(value)) return answerOne(chain, value, exchange);
  if (value.length === 0 || value.length > BATCH_MAX)
    return failure(
      null,
      new RpcError(
        rpcCode.invalidRequest,
        `Invalid request: a batch has 1 to ${BATCH_MAX} questions`,
      ),
    );
  const answers = value
    .map((one: unknown) => answerOne(chain, one, exchange))
    .filter((one) => one !== undefined);
  return answers.length === 0 ? undefined : answers;
}

/** @returns undefined for a notification, which gets no answer. */
function answerOne(chain: Chain, value: unknown, exchange: Exchange): unknown {
  const parsed = request.safeParse(value);
  if (!parsed.success) {
    const given = z.object({ id }).safeParse(value);
    return failure(
      given.success ? given.data.id : null,
      new RpcError(rpcCode.invalidRequest, 'Invalid request'),
    );
  }
  const { id: asked, method, params } = parsed.data;
  const answer = run(chain, method, params ?? [], exchange);
  if (asked === undefined) return undefined;
  return answer instanceof RpcError
    ? failure(asked, answer)
    : { jsonrpc: '2.0', id: asked, result: answer };
}

function run(
  chain: Chain,
  method: string,
  params: readonly unknown[],
  exchange: Exchange,
): unknown {
  const found = methods.get(method);
  if (!found) return new RpcError(rpcCode.methodNotFound, 'Method not found');
  try {
    return found(chain, params, exchange);
  } catch (error) {
    if (error instanceof RpcError) return error;
    if (error instanceof DiskFault) throw error;
    console.error(`solana sandbox: ${method} failed`, error);
    return new RpcError(rpcCode.internal, 'Internal error');
  }
}

function failure(asked: z.output<typeof id>, error: RpcError): unknown {
  const { code, message, data } = error;
  return {
    jsonrpc: '2.0',
    id: asked,
    error: { code, message, ...(data === undefined ? {} : { data }) },
  };
}
