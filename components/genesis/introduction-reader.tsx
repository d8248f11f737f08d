'use client';

import { takeIntroductionAction } from '#lib/operations/actions.ts';
import type { Brought } from '../cold/bring-answer.ts';
import { ReadBack } from '../cold/read-back.tsx';
import { noAnswer } from '../ui/key-problem.ts';

async function take(leg: string, text: string): Promise<Brought> {
  const answer = await takeIntroductionAction({ leg, text }).catch(() => null);
  if (answer?.ok) return { ok: true, words: answer.value.words };
  return { ok: false, sentence: answer ? answer.refusal.sentence : noAnswer };
}

/** Takes what a cold party says of itself. */
export function IntroductionReader({ leg, name }: { leg: string; name: string }) {
  return (
    <ReadBack
      what={`the answer of ${name}`}
      take={(text) => take(leg, text)}
      taken="They are the party’s: compare them with those on its own screen."
    />
  );
}
