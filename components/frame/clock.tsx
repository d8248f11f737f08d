'use client';

import { formatInstant } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';

/** The time in UTC by the server's clock, new each second, never announced. */
export function Clock({ serverNow }: { serverNow: string }) {
  const now = useNow(serverNow);
  return (
    <time
      role="timer"
      aria-label="Time in UTC"
      dateTime={new Date(now).toISOString()}
      className="whitespace-nowrap tabular-nums"
    >
      {formatInstant(now)}
    </time>
  );
}
