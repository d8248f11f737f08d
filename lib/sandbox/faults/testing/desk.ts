/**
 * Stands in for the web server in the fault tests: a process with the web server's variables and
 * database role that runs the same use cases, over a Unix socket in place of pages. As in a browser,
 * a key press is one request and handing it in another, so a person can hand the same one in again.
 *
 * `node desk.ts KEY-RING SOCKET`
 */
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { resolveSession } from '#lib/identity/sessions.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { StatementRequest } from '#lib/operations/issue-statement.ts';
import { prepareDecision } from '#lib/operations/prepare-decision.ts';
import { prepareRetry } from '#lib/operations/prepare-retry.ts';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import { submitStatement } from '#lib/operations/submit-statement.ts';
import { systemClock } from '#lib/platform/clock.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { signInColleague, type WorkingColleague } from '../../colleagues/colleague.ts';
import { loadKeyRing } from '../../colleagues/key-ring.ts';

const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('raise'), handle: z.string(), form: z.unknown() }),
  z.strictObject({ do: z.literal('retry'), handle: z.string(), operation: z.string() }),
  z.strictObject({
    do: z.literal('decide'),
    handle: z.string(),
    operation: z.string(),
    decision: z.enum(['approve', 'cosign', 'reject']),
  }),
  z.strictObject({
    do: z.literal('submit'),
    session: z.string(),
    nonce: z.string(),
    assertion: z.unknown(),
  }),
]);
export type DeskRequest = z.infer<typeof request>;

const [keyRing = '', socket = ''] = process.argv.slice(2);
const environment = webEnvironment();
const context: Context = {
  db: databaseFor(environment.databaseUrl),
  clock: systemClock,
  settings: settingsFrom(environment),
};
const { origin } = context.settings;

const sessions = new Map<string, WorkingColleague>();

/** A person works in one session for as long as this process lives. */
async function signIn(handle: string): Promise<WorkingColleague> {
  const known = sessions.get(handle);
  if (known) return known;
  const entry = (await loadKeyRing(keyRing)).find((candidate) => candidate.handle === handle);
  if (!entry) throw new Error(`There is no colleague ${handle}.`);
  const colleague = await signInColleague(entry, context);
  sessions.set(handle, colleague);
  return colleague;
}

async function prepare(
  actor: Actor,
  wanted: Exclude<DeskRequest, { do: 'submit' }>,
): Promise<Result<StatementRequest>> {
  if (wanted.do === 'raise') {
    const prepared = await prepareWithdrawal(actor, wanted.form, context);
    if (!prepared.ok) return prepared;
    return prepared.value.outcome === 'sign'
      ? ok(prepared.value.request)
      : refuse('already-raised', 'This withdrawal was raised before.');
  }
  const { operation } = wanted;
  if (wanted.do === 'retry') return prepareRetry(actor, { operation }, context);
  const row = await context.db.operation.findUniqueOrThrow({ where: { id: operation } });
  const { decision } = wanted;
  const said =
    decision === 'reject'
      ? { decision, reason: 'no-longer-needed' as const, note: 'Not wanted any more' }
      : { decision };
  return prepareDecision(actor, { operation, revision: row.revision, ...said }, context);
}

async function press(wanted: Exclude<DeskRequest, { do: 'submit' }>): Promise<Result<unknown>> {
  const { entry, sessionToken, actor } = await signIn(wanted.handle);
  const prepared = await prepare(actor, wanted);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  return ok({
    session: sessionToken,
    nonce,
    assertion: entry.authenticator.assert({ challenge: options.challenge, origin }),
  });
}

async function submit(wanted: Extract<DeskRequest, { do: 'submit' }>): Promise<Result<unknown>> {
  const { session, nonce, assertion } = wanted;
  const actor = await resolveSession(session, context);
  if (!actor) return refuse('signed-out', 'The session is over.');
  return submitStatement(actor, { nonce, assertion }, context);
}

async function readRequest(incoming: IncomingMessage): Promise<DeskRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return request.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

async function answer(incoming: IncomingMessage): Promise<Result<unknown>> {
  const wanted = await readRequest(incoming);
  return wanted.do === 'submit' ? submit(wanted) : press(wanted);
}

rmSync(socket, { force: true });
createServer((incoming, response) => {
  answer(incoming).then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
}).listen(socket);
