'use client';

import { useState } from 'react';
import { savePublicationAction } from '#lib/operations/proofs/actions.ts';
import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

const labels = {
  everybody: 'Save the public file',
  auditors: 'Save the file for auditors',
} as const;

/** Saves the snapshot and the signatures that are there so far; for auditors with the keys of vaults. */
export function SavePublication({
  snapshot,
  reader,
}: {
  snapshot: string;
  reader: keyof typeof labels;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    const answer = await savePublicationAction({ snapshot, for: reader }).catch(() => null);
    setBusy(false);
    setProblem(answer ? (answer.ok ? null : answer.refusal.sentence) : noAnswer);
    if (answer?.ok)
      saveText(
        answer.value,
        `snapshot-${snapshot}${reader === 'auditors' ? '-auditors' : ''}.json`,
      );
  }

  return (
    <div>
      <Button pending={isBusy} pendingLabel="Saving" onClick={() => void save()}>
        {labels[reader]}
      </Button>
      <p role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
