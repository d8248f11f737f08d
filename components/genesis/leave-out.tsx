'use client';

import { useState } from 'react';
import { leaveOutColdPartyAction } from '#lib/operations/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/** Takes a cold party off the list; nothing is lost with it, since it can be asked again. */
export function LeaveOut({ leg, name }: { leg: string; name: string }) {
  const refresh = useRefresh();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function leaveOut() {
    setPending(true);
    setProblem(null);
    const answer = await leaveOutColdPartyAction({ leg }).catch(() => null);
    setPending(false);
    if (answer?.ok) refresh();
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button
        size="small"
        tone="quiet"
        className="-ms-2.5"
        pending={pending}
        pendingLabel="Leaving it out"
        onClick={() => void leaveOut()}
      >
        Leave {name} out
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not left out." announce="assertive">
          {problem}
        </Notice>
      )}
    </>
  );
}
