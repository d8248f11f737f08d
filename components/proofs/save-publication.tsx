'use client';

import { useState } from 'react';
import { savePublicationAction } from '#lib/operations/proofs/actions.ts';
import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Saves the file for everybody: the snapshot, and the signatures that are there so far. */
export function SavePublication({ snapshot }: { snapshot: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    const answer = await savePublicationAction(snapshot).catch(() => null);
    setBusy(false);
    setProblem(answer ? (answer.ok ? null : answer.refusal.sentence) : noAnswer);
    if (answer?.ok) saveText(answer.value, `snapshot-${snapshot}.json`);
  }

  return (
    <div>
      <Button pending={isBusy} pendingLabel="Saving" onClick={() => void save()}>
        Save the public file
      </Button>
      <p role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
