'use client';

import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { decideOnChainAction } from '#lib/operations/actions.ts';
import type { DecisionView } from '#lib/operations/view-chains.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';

const words = {
  'go-on': {
    ask: 'Ask to let it go on',
    agree: 'Agree that it goes on',
    what: 'let it go on',
    effect: 'Payments on it are raised, built and signed again.',
  },
  'read-anew': {
    ask: 'Ask to have it read anew',
    agree: 'Agree that it is read anew',
    what: 'have it read anew',
    effect:
      'Where the blocks that were read last are gone, the worker goes back to the newest block of a deposit that the nodes still have, takes back what lay above it, and reads on from there. It stands still meanwhile.',
  },
} as const;

/** One of the two decisions about a chain that stands still: the first asks, another person agrees. */
export function ChainDecision({ chain, decision }: { chain: string; decision: DecisionView }) {
  const { kind, asked } = decision;
  const { ask, agree, what, effect } = words[kind];
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [told, setTold] = useState<{ tone: 'caution' | 'info'; sentence: string } | null>(null);

  async function decide() {
    setPending(true);
    const answer = await decideOnChainAction({ chain, kind }).catch(() => null);
    setPending(false);
    if (!answer?.ok)
      return setTold({ tone: 'caution', sentence: answer ? answer.refusal.sentence : noAnswer });
    setTold({
      tone: 'info',
      sentence:
        answer.value.state === 'asked'
          ? 'You have asked. Somebody else has to agree within the hour.'
          : 'Two people have decided it.',
    });
    router.refresh();
  }

  return (
    <div className="mt-3 space-y-1">
      {asked && (
        <p className="text-sm">
          <bdi>{asked.by}</bdi> asked to {what}, <Time instant={asked.at} />.
        </p>
      )}
      <Button size="small" pending={pending} onClick={() => void decide()}>
        {asked ? agree : ask}
      </Button>
      <p className="text-sm text-text-quiet">{effect}</p>
      {told && <Notice tone={told.tone} title={told.sentence} announce="assertive" />}
    </div>
  );
}
