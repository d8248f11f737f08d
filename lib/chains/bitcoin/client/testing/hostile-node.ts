/** A server that says of which chain it is, and then answers as a test says. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listen, says, type Reply } from '../../../testing/hostile-replies.ts';

export type HostileNode = {
  url: string;
  reply: Reply;
  /** Questions since the start, without those for the first block. */
  asked: string[];
  close(): void;
};

const REGTEST_GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206';
const question = z.looseObject({ id: z.int(), method: z.string() });

export async function startHostileNode(): Promise<HostileNode> {
  const node: HostileNode = { url: '', reply: () => undefined, asked: [], close: () => undefined };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/block-height/0') {
      response.end(REGTEST_GENESIS);
      return;
    }
    text(request)
      .then((body) => {
        const rpc = path === '/' ? question.parse(JSON.parse(body)) : null;
        if (rpc?.method === 'getblockhash') {
          const { id } = rpc;
          response.end(JSON.stringify({ jsonrpc: '2.0', id, result: REGTEST_GENESIS }));
          return;
        }
        node.asked.push(rpc?.method ?? path);
        node.reply(response, rpc ? String(rpc.id) : '');
      })
      .catch(() => response.destroy());
  });
  node.url = await listen(server);
  node.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return node;
}

export const error = (code: number, message: string): Reply =>
  says(
    (id) =>
      `{"result":null,"error":{"code":${code},"message":${JSON.stringify(message)}},"id":${id}}`,
    500,
  );
