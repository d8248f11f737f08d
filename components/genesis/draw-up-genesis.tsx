'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { drawUpGenesisAction } from '#lib/operations/actions.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/**
 * Draws the document up, for the first time or anew.
 * @param props.digest of the document there is; null for the first.
 */
export function DrawUpGenesis({ digest }: { digest: string | null }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSame, setSame] = useState(false);

  async function drawUp() {
    setPending(true);
    setProblem(null);
    setSame(false);
    const answer = await drawUpGenesisAction().catch(() => null);
    setPending(false);
    if (answer?.ok) {
      setSame(answer.value.digest === digest);
      router.refresh();
    } else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-3">
      <Button
        tone={digest === null ? 'primary' : 'secondary'}
        size={digest === null ? 'large' : 'regular'}
        pending={pending}
        pendingLabel="Asking the parties"
        onClick={() => void drawUp()}
      >
        {digest === null ? 'Draw up the genesis document' : 'Draw it up again'}
      </Button>
      {isSame && (
        <Notice title="It is the same document." announce="polite">
          Nothing in it has changed, so its words stay and every signature counts.
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="caution" title="Not drawn up." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
