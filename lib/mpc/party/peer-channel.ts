/** The way to another party's origin. */
import { z } from 'zod';
import type { Environment } from '#lib/protocol/scalars.ts';
import { createOriginChannel } from '../client/channel.ts';

export type PeerReply = { ok: true; value: unknown } | { ok: false };
/** Asks; whatever goes wrong on the way or there is the same. */
export type PeerPost = (path: string, body: unknown) => Promise<PeerReply>;
export type PeerChannel = { post: PeerPost; close: () => void };

/** One time-out over each exchange, in milliseconds. */
const TIMEOUT = 2_000;
/** A page of decrees, of which the first may be as large as the largest operation; in bytes. */
const ANSWER_MAX = 10 * 1024 * 1024;

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

const answered = z.strictObject({ ok: z.literal(true), value: z.unknown() });

/**
 * @returns the origin, or null where it can't be one of a party: it is spelt otherwise than browsers
 * do, or without TLS beyond one machine's sandbox.
 */
export function readPeerOrigin(text: string, mode: Environment): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.origin !== text) return null;
  if (url.protocol === 'https:') return url;
  const isLocal = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  return isLocal && mode === 'sandbox' ? url : null;
}

/** @param ca PEM text of the authorities that issue the parties' certificates, null for the system's. */
export function connectPeer(origin: string, mode: Environment, ca: string | null): PeerChannel {
  const url = readPeerOrigin(origin, mode);
  if (!url) return { post: () => Promise.resolve({ ok: false }), close: () => undefined };
  const channel = createOriginChannel(url, ca, { timeoutMs: TIMEOUT, answerMax: ANSWER_MAX });
  return {
    close: () => channel.close(),
    post: async (path, body) => {
      const reply = await channel.post(path, JSON.stringify(body));
      const parsed = reply.ok ? answered.safeParse(reply.body) : null;
      return parsed?.success ? parsed.data : { ok: false };
    },
  };
}
