'use client';

import { useState } from 'react';
import type { Result } from '#lib/platform/result.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { useRefresh } from './use-refresh.ts';

/** A button that has the server look at something now, and says beside it what came of it. */
export function Look<T>({
  label,
  pendingLabel,
  look,
  say,
}: {
  label: string;
  pendingLabel: string;
  look: () => Promise<Result<T>>;
  /** What came of it, in a few words. */
  say: (value: T) => string;
}) {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const refresh = useRefresh();

  async function press() {
    setBusy(true);
    setSaid(null);
    const answer = await look().catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setSaid(answer ? answer.refusal.sentence : noAnswer);
    setSaid(say(answer.value));
    refresh();
  }

  return (
    <span className="flex flex-wrap items-center gap-3 has-[span:empty]:gap-0">
      <span role="status" className="text-sm text-text-quiet">
        {said}
      </span>
      <Button
        tone="primary"
        pending={isBusy}
        pendingLabel={pendingLabel}
        onClick={() => void press()}
      >
        {label}
      </Button>
    </span>
  );
}
