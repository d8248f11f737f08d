/** Bitcoin Core's JSON-RPC over one request body: versions 1.0 to 2.0, single questions and batches. */
import { z } from 'zod';
import { DiskFault } from '../log-file.ts';
import type { Chain } from './chain.ts';
import { writeJson } from './json.ts';
import type { Exchange, Method } from './method.ts';
import { chainMethods } from './rpc-chain.ts';
import { controlMethods } from './rpc-control.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import { transactionMethods } from './rpc-transactions.ts';
import { View } from './view.ts';

const BATCH_MAX = 50;

const methods = new Map<string, Method>(
  [chainMethods, transactionMethods, controlMethods].flatMap((group) => Object.entries(group)),
);

const id = z.union([z.string().max(200), z.number(), z.null()]);
const request = z.object({
  jsonrpc: z.enum(['1.0', '1.1', '2.0']).optional(),
  id: id.default(null),
  method: z.string().max(100),
  params: z.array(z.unknown()).max(20).default([]),
});

export type Answer = { status: number; text: string; hangUp: boolean };

/** @throws DiskFault when the chain can't go on. */
export function answerBody(chain: Chain, body: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const error = { code: rpcCode.parse, message: 'Parse error' };
    return { status: 500, text: writeJson({ result: null, error, id: null }), hangUp: false };
  }
  if (!Array.isArray(value)) {
    const { answer, status, hangUp } = answerOne(chain, value);
    return { status, text: writeJson(answer), hangUp };
  }
  const all = value.slice(0, BATCH_MAX).map((one: unknown) => answerOne(chain, one));
  return {
    status: 200,
    text: writeJson(all.map(({ answer }) => answer)),
    hangUp: all.some(({ hangUp }) => hangUp),
  };
}

function answerOne(
  chain: Chain,
  value: unknown,
): { answer: unknown; status: number; hangUp: boolean } {
  const exchange: Exchange = { chain, view: new View(chain), hangUp: false };
  const parsed = request.safeParse(value);
  if (!parsed.success) {
    const error = { code: rpcCode.invalidRequest, message: 'Invalid Request object' };
    return { answer: { result: null, error, id: null }, status: 400, hangUp: false };
  }
  const { jsonrpc, id: asked, method, params } = parsed.data;
  const result = run(exchange, method, params);
  const { hangUp } = exchange;
  const failure =
    result instanceof RpcError ? { code: result.code, message: result.message } : null;
  // With version 2.0 Core keeps HTTP's status for what HTTP did; before it every error was a 500.
  if (jsonrpc === '2.0') {
    const answer = failure
      ? { jsonrpc, error: failure, id: asked }
      : { jsonrpc, result, id: asked };
    return { answer, status: 200, hangUp };
  }
  const answer = { result: failure ? null : result, error: failure, id: asked };
  const missing = failure?.code === rpcCode.methodNotFound;
  return { answer, status: failure ? (missing ? 404 : 500) : 200, hangUp };
}

function run(exchange: Exchange, method: string, params: readonly unknown[]): unknown {
  const found = methods.get(method);
  if (!found) return new RpcError(rpcCode.methodNotFound, 'Method not found');
  try {
    return found(exchange, params);
  } catch (error) {
    if (error instanceof RpcError) return error;
    if (error instanceof DiskFault) throw error;
    console.error(`bitcoin sandbox: ${method} failed`, error);
    return new RpcError(rpcCode.internal, 'Internal error');
  }
}
