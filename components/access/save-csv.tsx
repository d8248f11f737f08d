'use client';

import { saveText } from '../travel/save-text.ts';
import { Button } from '../ui/button.tsx';

/** Saves a table that the page was drawn with as a file. */
export function SaveCsv({ text, fileName }: { text: string; fileName: string }) {
  return <Button onClick={() => saveText(text, fileName)}>Save as CSV</Button>;
}
