'use client';

import { useState } from 'react';
import { checkRecurrenceAction } from '#lib/incidents/actions.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';

/** Looks for recurring incidents when it is pressed, and says what came of it. */
export function LookNow() {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const refresh = useRefresh();

  async function look() {
    setBusy(true);
    setSaid(null);
    const answer = await checkRecurrenceAction().catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setSaid(answer ? answer.refusal.sentence : noAnswer);
    const { groups, opened } = answer.value;
    setSaid(
      groups === 0
        ? 'Looked: none recur.'
        : opened.length === 0
          ? 'Looked: nothing new.'
          : `Looked: ${opened.join(', ')} came to the desk.`,
    );
    refresh();
  }

  return (
    <span className="flex flex-wrap items-center gap-3 has-[span:empty]:gap-0">
      <span role="status" className="text-sm text-text-quiet">
        {said}
      </span>
      <Button tone="primary" pending={isBusy} pendingLabel="Looking" onClick={() => void look()}>
        Look now
      </Button>
    </span>
  );
}
