'use client';

import { useSyncExternalStore } from 'react';

/*
 * One clock for all that ticks on a page. It runs on the server's time, since this machine's clock
 * may be wrong. A server instant is a little old when it comes, and very old where the router shows
 * a page again from its cache, but never ahead; so the one that came soonest fixes the difference.
 */
let offset: number | null = null;
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = Math.floor((Date.now() + (offset ?? 0)) / 1000) * 1000;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    now = 0;
  };
}

/**
 * The time now in milliseconds, new each second. `serverNow` is the ISO instant at which the server
 * drew the page; it is the answer on the server and while hydrating, so both draw the same.
 */
export function useNow(serverNow: string): number {
  const drawn = Date.parse(serverNow);
  return useSyncExternalStore(
    subscribe,
    () => {
      offset = Math.max(offset ?? -Infinity, drawn - Date.now());
      if (now === 0) now = Math.floor((Date.now() + offset) / 1000) * 1000;
      return now;
    },
    () => Math.floor(drawn / 1000) * 1000,
  );
}
