'use client';

import { useState } from 'react';
import { exportComplaintsAction } from '#lib/clients/actions.ts';
import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Saves the whole complaints register; it is read when the button is pressed. */
export function ExportComplaints() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    setProblem(null);
    const answer = await exportComplaintsAction().catch(() => null);
    setBusy(false);
    if (answer?.ok) saveText(answer.value.text, 'complaints.csv');
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button pending={isBusy} pendingLabel="Reading" onClick={() => void save()}>
        Save as CSV
      </Button>
      <span role="alert" className="text-sm text-danger">
        {problem}
      </span>
    </>
  );
}
