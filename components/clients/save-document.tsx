'use client';

import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';

/** Saves a document that the page was drawn with as a file. */
export function SaveDocument({
  text,
  fileName,
  label,
}: {
  text: string;
  fileName: string;
  label: string;
}) {
  return (
    <Button size="small" onClick={() => saveText(text, fileName)}>
      {label}
    </Button>
  );
}
