/**
 * The colleagues as a process: admits people who enrolled through the printed links, and takes
 * steps when asked over its Unix socket. Sandbox only.
 */
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { databaseFor } from '#lib/platform/db/client.ts';
import { listen } from '#lib/platform/db/notify.ts';
import { systemClock } from '#lib/platform/clock.ts';
import { log } from '#lib/platform/log.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { Team } from './team.ts';

const ask = z.strictObject({
  operation: operationId,
  decision: z.enum(['approve', 'cosign']),
  handle: z.string().max(20).optional(),
});
const bodyLimit = 4096;

const environment = webEnvironment();
if (environment.mode !== 'sandbox' || environment.colleagues === null)
  throw new Error(
    'Sample colleagues exist in the sandbox only, at the address in COUNTERSIGN_COLLEAGUES.',
  );
const [keyRing] = process.argv.slice(2);
if (keyRing === undefined) throw new Error('Give the path of the key ring.');
const socket = environment.colleagues.slice('unix:'.length);
const context = {
  db: databaseFor(environment.databaseUrl),
  clock: systemClock,
  settings: settingsFrom(environment),
};
const team = await Team.load(keyRing, context);

let admitting = Promise.resolve();

/** One admission at a time: each builds on the roster version the one before made. */
function admitWaiting(): void {
  admitting = admitting
    .then(async () => {
      const settled = {
        kind: 'roster-change',
        state: { in: ['raised', 'approved', 'cosigned', 'signing', 'held'] },
      };
      if ((await context.db.operation.count({ where: settled })) > 0) return;
      if ((await context.db.rosterVersion.count()) === 0) return;
      const waiting = await context.db.operator.findFirst({
        where: { status: 'pending' },
        orderBy: { createdAt: 'asc' },
      });
      if (!waiting) return;
      const admitted = await team.admit(waiting.id);
      if (!admitted.ok)
        log.warn({ operator: waiting.id, refusal: admitted.refusal }, 'admission refused');
    })
    .catch((error: unknown) => log.error({ err: error }, 'admission failed'));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error('too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.method === 'GET') return reply(200, { status: 'ok', colleagues: team.handles });
  const parsed = ask.safeParse(await readBody(request).catch(() => null));
  if (!parsed.success)
    return reply(400, {
      ok: false,
      refusal: {
        code: 'request-malformed',
        sentence: 'Ask for approve or cosign on an operation.',
      },
    });
  const { operation, decision, handle } = parsed.data;
  return reply(200, await team.decide(operation, { decision }, handle));
}

await rm(socket, { force: true });
const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    log.error({ err: error }, 'ask failed');
    response.writeHead(500).end();
  });
});
server.listen(socket, () => log.info('sample colleagues are at work'));
const subscription = await listen(environment.databaseUrl, ({ topic }) => {
  if (topic === 'operators' || topic === 'operations') admitWaiting();
});
admitWaiting();

const stop = async () => {
  server.close();
  await subscription.close();
  await context.db.$disconnect();
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
