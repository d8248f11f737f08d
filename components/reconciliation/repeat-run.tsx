'use client';

import { useState } from 'react';
import { repeatRunAction } from '#lib/reconciliation/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Makes the run again on the inputs that it kept. */
export function RepeatRun({ run }: { run: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function repeat() {
    setBusy(true);
    setProblem(null);
    const answer = await repeatRunAction({ run }).catch(() => null);
    if (answer?.ok) return refresh(() => setBusy(false));
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button pending={isBusy} pendingLabel="Comparing" onClick={() => void repeat()}>
        Repeat this comparison
      </Button>
      <span role="alert" className="text-sm text-danger">
        {problem}
      </span>
    </>
  );
}
