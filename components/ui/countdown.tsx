'use client';

import type { ReactNode } from 'react';
import { formatInstant, formatSpan } from './format.ts';
import { useNow } from './use-now.ts';

export type CountdownProps = {
  /** ISO instant it runs to. */
  until: string;
  /** ISO instant at which the server drew the page. */
  serverNow: string;
  /** Words once it has passed. */
  passed?: ReactNode;
  /** Milliseconds from which on the rest stands out in the caution tone. */
  cautionBelow?: number;
};

/**
 * Time left, new each second. A timer is not read out as it runs; who asks for it hears it, and the
 * absolute end is its hint.
 */
export function Countdown({
  until,
  serverNow,
  passed = 'passed',
  cautionBelow = 0,
}: CountdownProps) {
  const left = Date.parse(until) - useNow(serverNow);
  const tone = left > 0 && left < cautionBelow ? 'text-caution' : '';
  return (
    <time
      role="timer"
      dateTime={until}
      title={formatInstant(until)}
      className={`whitespace-nowrap tabular-nums ${tone}`}
    >
      {left > 0 ? formatSpan(left) : passed}
    </time>
  );
}
