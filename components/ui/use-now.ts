'use client';

import { useSyncExternalStore } from 'react';

/*
 * One clock for all that ticks on a page. It runs on the server's time: the first server instant
 * that a loaded document brings fixes the difference to this machine's clock, which may be wrong.
 * Later ones are not taken, since a page shown again from the router's cache brings an old one.
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
      offset ??= drawn - Date.now();
      if (now === 0) now = Math.floor((Date.now() + offset) / 1000) * 1000;
      return now;
    },
    () => Math.floor(drawn / 1000) * 1000,
  );
}
