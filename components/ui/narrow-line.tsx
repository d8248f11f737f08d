import type { ReactNode } from 'react';

/**
 * Where the screen is narrow, a small line in the first cell of a row: what a column says that is
 * left out there, with its own word. Nothing where there is nothing to say.
 */
export function NarrowLine({ word, children }: { word: ReactNode; children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <span className="flex flex-wrap items-baseline justify-between gap-x-4 pb-0.5 text-sm whitespace-normal medium:hidden">
      <span className="text-text-quiet">{word}</span>
      <span className="ms-auto text-end tabular-nums">{children}</span>
    </span>
  );
}
