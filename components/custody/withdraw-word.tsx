'use client';

import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { withdrawChainWordAction } from '#lib/operations/actions.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';

/** Takes back what the reader has asked for about a chain; no key is pressed. @param decision its id. */
export function WithdrawWord({ decision }: { decision: string }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);

  async function withdraw() {
    setPending(true);
    const answer = await withdrawChainWordAction({ decision }).catch(() => null);
    setPending(false);
    setSentence(answer?.ok ? null : (answer?.refusal.sentence ?? noAnswer));
    if (answer?.ok) router.refresh();
  }

  return (
    <div className="space-y-1">
      <Button
        size="small"
        pending={pending}
        pendingLabel="Taking it back"
        onClick={() => void withdraw()}
      >
        Take your word back
      </Button>
      {sentence !== null && <Notice tone="caution" title={sentence} announce="assertive" />}
    </div>
  );
}
