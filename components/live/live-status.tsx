'use client';

import { formatInstant } from '../ui/format.ts';
import type { LiveStatus as Status } from './live-feed.ts';
import { useLiveStatus } from './use-live-status.ts';

function wordsOf({ state, checkedAt }: Status): string {
  if (state === 'connecting') return 'connecting';
  if (state === 'ended') return 'not live, your session has ended';
  if (state === 'retrying') return 'not live, trying again';
  return checkedAt === null ? 'live' : `live, checked ${formatInstant(checkedAt, 'time')}`;
}

/** Says whether what stands on the page follows what happens, in the foot of a table. */
export function LiveStatus() {
  const status = useLiveStatus();
  return (
    <span className={status.state === 'retrying' || status.state === 'ended' ? 'text-caution' : ''}>
      {wordsOf(status)}
    </span>
  );
}
