import type { ReactNode } from 'react';
import { LiveStatus } from '../live/live-status.tsx';

/** Foot of a list that is read a page at a time; only its first page follows what happens. */
export function ListFoot({
  count,
  isFirst,
  next,
  children,
}: {
  /** "7 journals": what stands on this page. */
  count: string;
  isFirst: boolean;
  /** Where the next page begins, null at the end. */
  next: string | null;
  /** What else is to be said of the rows, directly after their number. */
  children?: ReactNode;
}) {
  return (
    <>
      {count}
      {(!isFirst || next !== null) && ' on this page'}
      {children}
      {isFirst && (
        <>
          {' '}
          · <LiveStatus />
        </>
      )}
    </>
  );
}
