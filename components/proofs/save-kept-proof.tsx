'use client';

import { useState } from 'react';
import { saveClientProofAction } from '#lib/operations/proofs/actions.ts';
import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { proofFileName } from './proof-words.ts';

const goneWords = 'It is no longer kept. It is being made again.';

/** Saves a client's proof that the worker made. */
export function SaveKeptProof({ snapshot, client }: { snapshot: string; client: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    setProblem(null);
    const answer = await saveClientProofAction({ snapshot, client }).catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setProblem(answer ? answer.refusal.sentence : noAnswer);
    if (answer.value.file === null) return setProblem(goneWords);
    saveText(answer.value.file, proofFileName(client, snapshot));
  }

  return (
    <div className="screen-only">
      <Button pending={isBusy} pendingLabel="Saving" onClick={() => void save()}>
        Save the proof of {client}
      </Button>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
