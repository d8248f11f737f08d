/** HTTP to one party: kept-open connections, one time-out over the whole call, capped answers. */
import { readFileSync } from 'node:fs';
import {
  Agent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import type { PartyAddress, TransportFault } from './party-client.ts';

export type Reply = { ok: true; body: unknown } | { ok: false; fault: TransportFault };

export type Channel = {
  post(path: string, body: string): Promise<Reply>;
  close(): void;
};

type Limits = { timeoutMs: number; answerMax: number };
type Open = (options: RequestOptions) => ClientRequest;

const KEEP_ALIVE = {
  keepAlive: true,
  keepAliveMsecs: 10_000,
  maxSockets: 8,
  maxFreeSockets: 2,
} as const;

function overSocket(path: string): { open: Open; close: () => void } {
  const agent = new Agent(KEEP_ALIVE);
  return {
    open: (options) => httpRequest({ ...options, agent, socketPath: path, host: 'party' }),
    close: () => agent.destroy(),
  };
}

function overTls(
  url: URL,
  tls: NonNullable<PartyAddress['tls']>,
): { open: Open; close: () => void } {
  const agent = new TlsAgent({
    ...KEEP_ALIVE,
    ca: readFileSync(tls.ca),
    cert: readFileSync(tls.cert),
    key: readFileSync(tls.key),
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
  });
  return {
    open: (options) => httpsRequest({ ...options, agent, host: url.hostname, port: url.port }),
    close: () => agent.destroy(),
  };
}

/**
 * To an origin that anybody may reach, where only what is said proves who says it.
 * @param ca PEM text of the authorities that count, null for those of the system.
 */
export function createOriginChannel(origin: URL, ca: string | null, limits: Limits): Channel {
  const isTls = origin.protocol === 'https:';
  const agent = isTls
    ? new TlsAgent({ ...KEEP_ALIVE, ...(ca === null ? {} : { ca }), minVersion: 'TLSv1.3' })
    : new Agent(KEEP_ALIVE);
  const send = isTls ? httpsRequest : httpRequest;
  const open: Open = ({ path, ...options }) =>
    send(new URL(path ?? '/', origin), { ...options, agent });
  return { close: () => agent.destroy(), post: (path, body) => post(open, path, body, limits) };
}

/** @throws when the address can't be used. */
export function createChannel(address: PartyAddress, limits: Limits): Channel {
  const { open, close } = wayTo(address);
  return { close, post: (path, body) => post(open, path, body, limits) };
}

function wayTo({ rpc, tls }: PartyAddress): { open: Open; close: () => void } {
  if (rpc.startsWith('unix:')) return overSocket(rpc.slice('unix:'.length));
  const url = URL.canParse(rpc) ? new URL(rpc) : null;
  if (url?.protocol !== 'https:' || !tls)
    throw new Error('A party is reached by unix:/path, or by https://host:port with certificates.');
  return overTls(url, tls);
}

type Attempt = Reply & { isStale?: boolean };

/** A kept-open connection may have died with its party since; every method is safe to repeat once. */
async function post(open: Open, path: string, body: string, limits: Limits): Promise<Reply> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const first = await attempt(open, path, body, { ...limits, signal });
  if (first.ok || first.isStale !== true) return first;
  return attempt(open, path, body, { ...limits, signal });
}

function attempt(
  open: Open,
  path: string,
  body: string,
  { signal, answerMax }: Limits & { signal: AbortSignal },
): Promise<Attempt> {
  return new Promise((resolve) => {
    const outgoing = open({
      method: 'POST',
      path,
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    const failed = (): void => {
      if (signal.aborted) resolve({ ok: false, fault: 'party-timeout' });
      else resolve({ ok: false, fault: 'party-unreachable', isStale: outgoing.reusedSocket });
    };
    outgoing.once('error', failed);
    outgoing.once('response', (incoming) => {
      incoming.once('error', failed);
      readAnswer(incoming, answerMax).then(resolve, failed);
    });
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage, answerMax: number): Promise<Reply> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > answerMax) {
      incoming.destroy();
      return { ok: false, fault: 'party-answer-invalid' };
    }
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return { ok: true, body };
  } catch {
    return { ok: false, fault: 'party-answer-invalid' };
  }
}
