'use client';

import { useState } from 'react';
import { checkSegregationAction } from '#lib/clients/actions.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';

/** Makes a check of segregation when it is pressed. */
export function CheckNow() {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const refresh = useRefresh();

  async function check() {
    setBusy(true);
    setSaid(null);
    const answer = await checkSegregationAction().catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setSaid(answer ? answer.refusal.sentence : noAnswer);
    setSaid(answer.value.found === 0 ? 'Checked: all apart.' : 'Checked: see below.');
    refresh();
  }

  return (
    <span className="flex flex-wrap items-center gap-3 has-[span:empty]:gap-0">
      <span role="status" className="text-sm text-text-quiet">
        {said}
      </span>
      <Button tone="primary" pending={isBusy} pendingLabel="Checking" onClick={() => void check()}>
        Check now
      </Button>
    </span>
  );
}
