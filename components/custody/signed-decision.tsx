'use client';

import { useEffect } from 'react';
import type { DecisionView } from '#lib/operations/view-decisions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Time } from '../ui/time.tsx';

/** Longer than an answer about the chains is kept, so that each drawing has a new one. */
const lookEveryMs = 3_000;

const endedWords =
  'A key that signed it was stopped since, or its person suspended, so nothing comes of it. It can be asked for anew.';
const checkedWords = 'The worker checks the keys of both before anything happens.';
const unprovedWords =
  'The worker has not found that proved. Where a key press does not hold, an incident says so. It can be asked for anew.';

/** What two people signed and the worker has not found proved; drawn anew while the worker is about to look. */
export function SignedDecision({
  signed: { at, isChecked, isEnded },
  what,
}: {
  signed: NonNullable<DecisionView['signed']>;
  /** Such as "let it go on". */
  what: string;
}) {
  const refresh = useRefresh();
  useEffect(() => {
    if (!isChecked) return undefined;
    const timer = setInterval(refresh, lookEveryMs);
    return () => clearInterval(timer);
  }, [isChecked, refresh]);
  return (
    <p className="text-sm">
      Two people have signed to {what}, <Time instant={at} />. {isEnded && endedWords}
      {!isEnded && (isChecked ? checkedWords : unprovedWords)}
    </p>
  );
}
