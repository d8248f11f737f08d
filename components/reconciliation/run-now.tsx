'use client';

import { useState, type ReactNode } from 'react';
import { startRunAction } from '#lib/reconciliation/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import type { ButtonTone } from '../ui/button-look.ts';
import { noAnswer } from '../ui/key-problem.ts';

/** Asks the worker to compare; how far it is shows on the page. */
export function RunNow({
  wanted,
  label,
  tone = 'secondary',
  children,
}: {
  wanted: string;
  label?: string;
  tone?: ButtonTone;
  children: ReactNode;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function run() {
    setBusy(true);
    setProblem(null);
    const answer = await startRunAction({ wanted }).catch(() => null);
    if (answer?.ok) return refresh(() => setBusy(false));
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button
        size="small"
        tone={tone}
        aria-label={label}
        pending={isBusy}
        pendingLabel="Asking"
        onClick={() => void run()}
      >
        {children}
      </Button>
      <span role="alert" className="text-sm text-danger">
        {problem}
      </span>
    </>
  );
}
