/** A node that answers as a test says, method by method; what it is not told it asks a real one. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export type ScriptedNode = {
  url: string;
  /** Results by method, or what makes one of the parameters; a later call replaces an answer. */
  answers: Map<string, unknown>;
  close(): void;
};

const question = z.looseObject({
  id: z.unknown(),
  method: z.string(),
  params: z.array(z.unknown()).optional(),
});
type Answering = (params: readonly unknown[]) => unknown;
const isAnswering = (value: unknown): value is Answering => typeof value === 'function';

/** @param behind URL of the node that is asked for everything else; without one the answer is null. */
export async function startScriptedNode(behind?: string): Promise<ScriptedNode> {
  const answers = new Map<string, unknown>();
  const forward = async (url: string, body: string): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(10_000);
    return (await fetch(url, { method: 'POST', headers, body, signal })).text();
  };
  const answer = async (body: string): Promise<string> => {
    const { id, method, params = [] } = question.parse(JSON.parse(body));
    if (behind !== undefined && !answers.has(method)) return forward(behind, body);
    const known = answers.get(method) ?? null;
    const result = isAnswering(known) ? known(params) : known;
    return JSON.stringify({ jsonrpc: '2.0', id, result });
  };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    text(request)
      .then(answer)
      .then((body) => response.end(body))
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return {
    url: `http://127.0.0.1:${address.port}`,
    answers,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
