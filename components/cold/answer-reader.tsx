'use client';

import { bringAnswer } from './bring-answer.ts';
import { ReadBack } from './read-back.tsx';

/** Takes the answer to one document of a trip. */
export function AnswerReader({ document, party }: { document: string; party: string }) {
  return (
    <ReadBack
      what={`the answer of ${party}`}
      take={(text) => bringAnswer(document, text)}
      taken="The parties check now what it carries."
    />
  );
}
