'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { drawUpGenesisAction } from '#lib/operations/actions.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/** Draws the document up, for the first time or anew. */
export function DrawUpGenesis({ again }: { again: boolean }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function drawUp() {
    setPending(true);
    setProblem(null);
    const answer = await drawUpGenesisAction().catch(() => null);
    setPending(false);
    if (answer?.ok) router.refresh();
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <Button
        tone={again ? 'secondary' : 'primary'}
        pending={pending}
        pendingLabel="Asking the parties"
        onClick={() => void drawUp()}
      >
        {again ? 'Draw it up again' : 'Draw up the genesis document'}
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not drawn up." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
