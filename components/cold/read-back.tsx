'use client';

import { useState, type ReactNode } from 'react';
import { useRefresh } from '../live/use-refresh.ts';
import { ReadCodes } from '../travel/read-codes.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Brought } from './bring-answer.ts';

export type ReadBackProps = {
  /** Names the document in a sentence, such as "the answer of cold-a". */
  what: string;
  /** Hands it in. */
  take: (text: string) => Promise<Brought>;
  /** What is said below its words once it is here. */
  taken: ReactNode;
};

/** Reads what came back from a cold site, by file or camera, and hands it in. */
export function ReadBack({ what, take, taken }: ReadBackProps) {
  const refresh = useRefresh();
  const [tries, setTries] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [brought, setBrought] = useState<Brought | null>(null);

  async function handIn(text: string) {
    setBusy(true);
    setBrought(null);
    const outcome = await take(text);
    setBusy(false);
    setBrought(outcome);
    if (outcome.ok) refresh();
    // So that another file can be read at once.
    else setTries((before) => before + 1);
  }

  return (
    <div className="space-y-4">
      {isBusy && <p role="status">Checking the answer …</p>}
      {brought?.ok === false && (
        <Notice tone="danger" title="This is not the answer." announce="assertive">
          {brought.sentence}
        </Notice>
      )}
      {brought?.ok === true ? (
        <Notice tone="good" title="The answer is here." announce="polite">
          Its words: {brought.words.join(' ')}. {taken}
        </Notice>
      ) : (
        <ReadCodes key={tries} what={what} onDocument={(text) => void handIn(text)} />
      )}
    </div>
  );
}
