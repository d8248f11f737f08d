/** A server that says of which chain it is, and then answers as a test says. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/** @param id of a JSON-RPC question, as JSON; empty for Esplora's. */
export type Reply = (response: ServerResponse, id: string) => void;

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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  node.url = `http://127.0.0.1:${address.port}`;
  node.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return node;
}

export const says =
  (answer: (id: string) => string, status = 200): Reply =>
  (response, id) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(answer(id));
  };

/** A result of Core's interface. */
export const result = (value: string): Reply =>
  says((id) => `{"jsonrpc":"2.0","id":${id},"result":${value}}`);

export const error = (code: number, message: string): Reply =>
  says(
    (id) =>
      `{"result":null,"error":{"code":${code},"message":${JSON.stringify(message)}},"id":${id}}`,
    500,
  );

export const hangUp: Reply = (response) => response.destroy();

export const drip: Reply = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

export const flood: Reply = (response) => {
  response.writeHead(200);
  const block = Buffer.alloc(256 * 1024, '1');
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
};

/** Packed once: packing takes longer than the client waits. */
const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
export const bomb: Reply = (response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' });
  response.end(packed);
};

export const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{');
  response.destroy();
};

export const redirect: Reply = (response) => {
  response.writeHead(307, { location: 'http://127.0.0.1:9/' });
  response.end();
};
