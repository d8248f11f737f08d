'use client';

import { useState, type SubmitEvent } from 'react';
import { progressSentence } from '#lib/protocol/travel/chunk-collection.ts';
import { Button } from '../ui/button.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { CameraReader } from './camera-reader.tsx';
import { FileReaderField } from './file-reader.tsx';
import { useReading } from './use-reading.ts';

export type ReadCodesProps = {
  /**
   * Called once with the whole text, whichever way it came. Nothing in it has been checked but the
   * digest of its codes: `readTravelDocument` does that on the server.
   */
  onDocument: (text: string) => void;
  /** Names the document in a sentence, such as "the answer of cold-a". */
  what: string;
};

/** Takes a document back from a machine without a network: by camera, from a file, or pasted. */
export function ReadCodes({ onDocument, what }: ReadCodesProps) {
  const { reading, takeCode, takeText, refuse, startOver } = useReading(onDocument);
  const [pasted, setPasted] = useState('');
  const isWhole = reading.text !== null;
  const hasBegun = isWhole || reading.collection.of !== null;

  function paste(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    takeText(pasted.trimStart());
    setPasted('');
  }

  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-baseline gap-4">
        <p role="status" className="tabular-nums">
          {isWhole ? `Read ${what} as a whole.` : progressSentence(reading.collection)}
        </p>
        {hasBegun && (
          <Button size="small" onClick={startOver}>
            Start over
          </Button>
        )}
      </div>
      {reading.problem !== null && (
        <Notice tone="caution" title="Not taken." announce="polite">
          {reading.problem}
        </Notice>
      )}
      {!isWhole && (
        <>
          <CameraReader onCode={takeCode} />
          <FileReaderField onText={takeText} onProblem={refuse} />
          <form onSubmit={paste} className="space-y-3">
            <TextAreaField
              label="Or paste it, or type it with a scanner"
              hint="The whole file, or its codes: each on a line of its own."
              value={pasted}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
            <Button type="submit" refused={pasted.trim() === ''}>
              Read it
            </Button>
          </form>
        </>
      )}
    </div>
  );
}
