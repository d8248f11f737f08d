import { expect, test } from 'vitest';
import { csvLayouts } from './csv-layouts.ts';
import { parseStatement } from './read-statement.ts';
import { renderCamt, renderCsv } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, sampleStatement } from './testing/samples.ts';

test.each([
  ['camt.053', renderCamt(sampleStatement())],
  ['csv', renderCsv(sampleStatement(), csvLayouts.csv)],
  ['csv-german', renderCsv(sampleStatement(), csvLayouts['csv-german'])],
] as const)('a %s file cut off at any byte is refused', (format, text) => {
  const bytes = bytesOf(text);
  expect(parseStatement(bytes, format).ok).toBe(true);
  for (let length = 0; length < bytes.length; length += 1)
    expect(parseStatement(bytes.subarray(0, length), format).ok).toBe(false);
});
