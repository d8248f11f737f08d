'use client';

import { useId } from 'react';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { readFile } from './read-file.ts';

/** Nobody takes more pictures than there are codes. */
const FILES_MAX = 400;

/** Reads a document from its file, or from pictures of its codes, one file after the other. */
export function FileReaderField({
  onText,
  onProblem,
}: {
  onText: (text: string) => void;
  onProblem: (sentence: string) => void;
}) {
  const id = useId();
  const hint = 'Several pictures can be chosen at once.';

  async function take(files: readonly File[]) {
    for (const file of files.slice(0, FILES_MAX)) {
      const read = await readFile(file);
      if (read.ok) onText(read.text);
      else onProblem(read.sentence);
    }
  }

  return (
    <FieldFrame id={id} label="The file, or pictures of the codes" hint={hint}>
      <input
        {...fieldWiring(id, { hint })}
        type="file"
        multiple
        accept=".txt,text/plain,image/*"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen again, after it was mended.
          event.currentTarget.value = '';
          void take(files);
        }}
        className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
      />
    </FieldFrame>
  );
}
