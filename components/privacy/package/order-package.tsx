'use client';

import { useState } from 'react';
import { orderPackageAction } from '#lib/privacy/package-actions.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';

/** Has the worker build the package; where there is one, it is built anew from the data as they are now. */
export function OrderPackage({ id, again }: { id: string; again: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  async function order() {
    setBusy(true);
    setProblem(null);
    const answer = await orderPackageAction({ id, again: again ? 'yes' : 'no' }).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    refresh(() => setBusy(false));
  }

  return (
    <span className="flex flex-col items-end gap-2">
      <Button size="small" pending={isBusy} pendingLabel="Ordering" onClick={() => void order()}>
        {again ? 'Build it anew' : 'Build the package'}
      </Button>
      {again && (
        <span className="text-sm text-text-quiet">
          From the data as they are now. What was chosen of texts is chosen again.
        </span>
      )}
      {problem !== null && (
        <Notice tone="caution" title="Nothing was ordered." announce="assertive">
          {problem}
        </Notice>
      )}
    </span>
  );
}
