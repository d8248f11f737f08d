/**
 * One database subscription for all open event streams of this process. Subscribers that fail or
 * hang never hold up the others.
 */
import { listen, type Notice } from './db/notify.ts';
import { log } from './log.ts';
import { webEnvironment } from './env.ts';

type Subscriber = (message: Notice) => void;

const subscribers = new Set<Subscriber>();
let started: Promise<unknown> | null = null;

function broadcast(message: Notice): void {
  for (const subscriber of subscribers) {
    try {
      subscriber(message);
    } catch {
      subscribers.delete(subscriber);
    }
  }
}

/** @returns how to stop. After a lost connection subscribers are told that anything may have changed. */
export function subscribe(subscriber: Subscriber): () => void {
  started ??= listen(webEnvironment().databaseUrl, broadcast).catch((error: unknown) => {
    started = null;
    log.error({ err: error }, 'live updates are off');
  });
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}
