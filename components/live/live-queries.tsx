'use client';

import { useLive } from './use-live.ts';

/** Keeps every query below the provider fresh. Stands once in a layout and draws nothing. */
export function LiveQueries() {
  useLive();
  return null;
}
