'use client';

import { useState } from 'react';
import { beginSignInAction, finishSignInAction } from '#lib/identity/actions.ts';
import { pressKey } from '../operations/press-key.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { redeemTicket } from './redeem-ticket.ts';

type Step = 'idle' | 'key' | 'opening';

const WORDS: Record<Step, string> = {
  idle: 'Sign in with your key or passkey',
  key: 'Waiting for your key',
  opening: 'Opening your session',
};

/** @returns null once the session is open, otherwise the sentence for the person. */
async function signIn(onStep: (step: Step) => void): Promise<string | null> {
  const begun = await beginSignInAction();
  if (!begun.ok) return begun.refusal.sentence;
  onStep('key');
  const pressed = await pressKey(begun.value.options);
  if (!pressed.ok) return pressed.sentence;
  onStep('opening');
  const finished = await finishSignInAction({
    nonce: begun.value.nonce,
    assertion: pressed.assertion,
  });
  return finished.ok ? redeemTicket(finished.value.ticket) : finished.refusal.sentence;
}

/** The one way in. @param next path of this console where the person goes from here. */
export function SignIn({ next }: { next: string }) {
  const [step, setStep] = useState<Step>('idle');
  const [problem, setProblem] = useState<string | null>(null);

  async function press() {
    setProblem(null);
    setStep('opening');
    const sentence = await signIn(setStep).catch(() => noAnswer);
    // A whole new page, so that nothing drawn for somebody else or for nobody is shown again.
    if (sentence === null) return window.location.assign(next);
    setStep('idle');
    setProblem(sentence);
  }

  return (
    <div className="space-y-4">
      <Button
        tone="primary"
        size="large"
        className="w-full"
        pending={step !== 'idle'}
        pendingLabel={WORDS[step]}
        onClick={() => void press()}
      >
        {WORDS.idle}
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not signed in." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
