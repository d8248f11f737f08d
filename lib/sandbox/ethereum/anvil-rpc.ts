/** Questions of the sandbox to its own node. */
import { z } from 'zod';

const answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string() }).optional(),
});

const TIMEOUT_MS = 30_000;

export type Ask = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

/** What the node refused; the message is the node's. */
export class NodeRefusal extends Error {
  override name = 'NodeRefusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Passes a body on as it is. @returns the node's answer as it is. */
export async function forward(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return response.text();
}

/** @throws NodeRefusal */
export const asker =
  (url: string): Ask =>
  async (method, ...params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const { result, error } = answer.parse(JSON.parse(await forward(url, body)));
    if (error) throw new NodeRefusal(error.code, error.message);
    return result;
  };
