'use client';

import { useState } from 'react';
import { requestSnapshotAction } from '#lib/operations/proofs/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Asks the worker for a snapshot; the page shows when it is there. */
export function RequestSnapshot({ isUnderWay }: { isUnderWay: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function request() {
    setBusy(true);
    setProblem(null);
    const answer = await requestSnapshotAction().catch(() => null);
    if (answer?.ok) return refresh(() => setBusy(false));
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div>
      <Button
        tone="primary"
        pending={isBusy || isUnderWay}
        pendingLabel={isUnderWay ? 'Being made' : 'Asking'}
        onClick={() => void request()}
      >
        Take a snapshot
      </Button>
      <p role="alert" className="mt-1 max-w-prose text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
