'use client';

import { useSyncExternalStore } from 'react';
import { readServerStatus, readStatus, watchStatus, type LiveStatus } from './live-feed.ts';

/** State of the event stream; it opens none. Apart from `useLive`, so it costs no query client. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(watchStatus, readStatus, readServerStatus);
}
