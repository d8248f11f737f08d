'use client';

import { useState } from 'react';
import { keepAccessAction } from '#lib/operations/access/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Says that what a person may do stays, by one press. */
export function KeepButton({
  operator,
  name,
  rosterVersion,
}: {
  operator: string;
  name: string;
  rosterVersion: number;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function keep() {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await keepAccessAction({ operator, rosterVersion });
      if (answer.ok) refresh();
      else setProblem(answer.refusal.sentence);
    } catch {
      setProblem(noAnswer);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button
        size="small"
        aria-label={`Keep the access of ${name}`}
        pending={isBusy}
        pendingLabel="Recording"
        onClick={() => void keep()}
      >
        Keep
      </Button>
      <span role="alert" className="text-sm text-danger">
        {problem}
      </span>
    </>
  );
}
