'use client';

import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { tooManySentence, tooManyToName } from '#lib/operations/chain-decision-kinds.ts';
import type { DecisionView } from '#lib/operations/view-decisions.ts';
import { chainName } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import { signOnChain } from './chain-decision-sends.ts';
import { WithdrawWord } from './withdraw-word.tsx';
import { SignedDecision } from './signed-decision.tsx';

const without = (count: number): string => `without ${countOf(count, 'place')}`;

/** What the key signs stands on the button; `name` is the chain's, `count` that of the places that are left out. */
const words = {
  'go-on': {
    ask: (name: string) => `Ask with key: let ${name} go on`,
    agree: (name: string) => `Agree with key: ${name} goes on`,
    what: 'let it go on',
    effect: 'Payments on it are raised, built and signed again.',
    places: 'The places below have to be compared first, in Reconciliation.',
  },
  'go-on-uncompared': {
    ask: (name: string, count: number) => `Ask with key: let ${name} go on ${without(count)}`,
    agree: (name: string, count: number) => `Agree with key: ${name} goes on ${without(count)}`,
    what: 'let it go on without comparing some places',
    effect:
      'For places that can’t be compared, and only for those. Payments on the chain go on, and nobody knows whether the books are right about these.',
    places:
      'Not compared since the last loss was found. They count because they were compared in the week before it stood still, or since:',
  },
  'read-anew': {
    ask: (name: string) => `Ask with key: have ${name} read anew`,
    agree: (name: string) => `Agree with key: ${name} is read anew`,
    what: 'have it read anew',
    effect:
      'The worker goes back to the newest block of a deposit that the nodes still have, takes back what lay above it, and reads on from there, within the hour or not at all. It stands still meanwhile.',
    places: '',
  },
} as const;

/** One of the decisions about a chain that stands still: the first asks, another person agrees, each with a key. */
export function ChainDecision({ chain, decision }: { chain: string; decision: DecisionView }) {
  const { kind, hold, foundAt, asked, places, signed } = decision;
  const { ask, agree, what, effect } = words[kind];
  const isTooLong = kind === 'go-on-uncompared' && tooManyToName(places);
  const isOffered = !signed?.isChecked && !isTooLong;
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [told, setTold] = useState<{ tone: 'caution' | 'info'; sentence: string } | null>(null);

  /** @param isBeside asks although somebody has asked. */
  async function decide(isBeside: boolean) {
    setPending(true);
    // What was read goes with it, so that nobody agrees to anything else.
    const leaves = kind === 'go-on-uncompared' ? places.map((place) => place.words) : [];
    const seen = { hold, foundAt, decision: asked?.id ?? null, isBeside, places: leaves };
    const answer = await signOnChain({ chain, kind, ...seen }).catch(() => null);
    setPending(false);
    if (!answer?.ok)
      return setTold({ tone: 'caution', sentence: answer ? answer.refusal.sentence : noAnswer });
    setTold({
      tone: 'info',
      sentence:
        answer.value.state === 'asked'
          ? 'You have asked. Somebody else has to agree within the hour.'
          : 'You have signed it, as the second of two.',
    });
    router.refresh();
  }

  return (
    <div className="mt-3 space-y-1">
      {foundAt && (
        <p className="text-sm">
          What is known of it changed last <Time instant={foundAt} />; whoever signs speaks of that.
        </p>
      )}
      <Places decision={decision} />
      {asked && (
        <p className="text-sm">
          <bdi>{asked.by}</bdi> asked to {what}, <Time instant={asked.at} />
          {asked.places.length > 0 && ` (${asked.places.join(', ')})`}.
        </p>
      )}
      {signed && <SignedDecision signed={signed} what={what} />}
      {asked?.isOwn && <WithdrawWord decision={asked.id} />}
      {asked && !asked.isOwn && isOffered && (
        <div className="space-y-1">
          <p className="text-sm">
            Ask them by another way whether they did. Where they did not, ask for yourself.
          </p>
          <PressButton pending={pending} onPress={() => void decide(false)}>
            {agree(chainName(chain), asked.places.length)}
          </PressButton>
        </div>
      )}
      {isOffered && !asked?.isOwn && (
        <PressButton pending={pending} onPress={() => void decide(asked !== null)}>
          {ask(chainName(chain), places.length)}
        </PressButton>
      )}
      <p className="text-sm text-text-quiet">{effect}</p>
      {told && <Notice tone={told.tone} title={told.sentence} announce="assertive" />}
    </div>
  );
}

function PressButton({
  pending,
  onPress,
  children,
}: {
  pending: boolean;
  onPress: () => void;
  children: string;
}) {
  return (
    <Button
      size="small"
      // What the key signs is read whole, on narrow screens in several lines.
      className="h-auto! min-h-7 py-1 text-start whitespace-normal!"
      pending={pending}
      pendingLabel="Waiting for your key"
      onClick={onPress}
    >
      {children}
    </Button>
  );
}

function Places({ decision: { kind, places } }: { decision: DecisionView }) {
  if (places.length === 0) return null;
  if (kind === 'go-on-uncompared' && tooManyToName(places))
    return <p className="text-sm">{tooManySentence}</p>;
  return (
    <div className="text-sm">
      <p>{words[kind].places}</p>
      {kind === 'go-on-uncompared' && (
        <ul className="list-disc ps-5">
          {places.map(({ words: place, comparedAt }) => (
            <li key={place}>
              {place}, compared last <Time instant={comparedAt} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
