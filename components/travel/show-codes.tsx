'use client';

import { splitRefusals } from '#lib/protocol/travel/refusals.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { CodeLoop } from './code-loop.tsx';
import { saveText } from './save-text.ts';
import { useChunks } from './use-chunks.ts';

export type ShowCodesProps = {
  /** The document as `writeTravelDocument` wrote it. Its digest and words stand beside, on the page. */
  text: string;
  /** Of the file; see `travelFileName`. */
  fileName: string;
  /** Names the document in a sentence, such as "the request to cold-a". */
  what: string;
};

/** A document on its way to a machine without a network: as codes for a camera, and as a file. */
export function ShowCodes({ text, fileName, what }: ShowCodesProps) {
  const split = useChunks(text);
  return (
    <div className="space-y-4">
      {split === null && <p className="text-text-quiet">Drawing the codes …</p>}
      {split?.ok === true && <CodeLoop key={text} chunks={split.chunks} what={what} />}
      {split?.ok === false && (
        <Notice title="Too large for codes.">{splitRefusals[split.refusal]}</Notice>
      )}
      <div className="screen-only">
        <Button onClick={() => saveText(text, fileName)}>Save as file</Button>
      </div>
    </div>
  );
}
