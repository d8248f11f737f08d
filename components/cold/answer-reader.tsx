'use client';

import { useState } from 'react';
import { useRefresh } from '../live/use-refresh.ts';
import { ReadCodes } from '../travel/read-codes.tsx';
import { Notice } from '../ui/notice.tsx';
import { bringAnswer, type Brought } from './bring-answer.ts';

/** Reads what came back from a cold site, by file or camera, and hands it in. */
export function AnswerReader({ document, party }: { document: string; party: string }) {
  const refresh = useRefresh();
  const [tries, setTries] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [brought, setBrought] = useState<Brought | null>(null);

  async function take(text: string) {
    setBusy(true);
    setBrought(null);
    const outcome = await bringAnswer(document, text);
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
          Its words: {brought.words.join(' ')}. The parties check now what it carries.
        </Notice>
      ) : (
        <ReadCodes
          key={tries}
          what={`the answer of ${party}`}
          onDocument={(text) => void take(text)}
        />
      )}
    </div>
  );
}
