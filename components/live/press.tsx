'use client';

import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { useRefresh } from './use-refresh.ts';

type Answer = { ok: true } | { ok: false; refusal: { sentence: string } };

/** A button that does one thing and draws the page anew, or says why it was not done. */
export function Press({
  label,
  tone = 'secondary',
  failed,
  send,
}: {
  label: string;
  tone?: 'primary' | 'secondary';
  /** What then holds, such as "Nothing was posted." */
  failed: string;
  send: () => Promise<Answer>;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function press() {
    setBusy(true);
    setProblem(null);
    const answer = await send().catch(() => null);
    if (answer?.ok) return refresh(() => setBusy(false));
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-2">
      <Button tone={tone} pending={isBusy} pendingLabel="Recording" onClick={() => void press()}>
        {label}
      </Button>
      {problem !== null && (
        <Notice tone="caution" title={failed} announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
