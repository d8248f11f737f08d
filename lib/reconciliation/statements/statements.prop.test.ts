import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { camtVersions } from './camt053.ts';
import { csvLayouts } from './csv-layouts.ts';
import { parseStatement } from './read-statement.ts';
import { renderCamt, renderCsv, type Rendered } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, otherIban, sampleIban } from './testing/samples.ts';

const cents = fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n });
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const reference = fc.stringMatching(/^[\x21-\x7e]{1,35}$/);
/** Any script, with blanks only as the reader keeps them. */
const words = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
  .filter((text) => text !== 'NOTPROVIDED');

const entry = fc.record({
  amount: cents.filter((amount) => amount !== 0n),
  bookingDate: day,
  valueDate: fc.option(day),
  reference,
  endToEnd: fc.option(
    words
      .map((text) => text.slice(0, 20).trim())
      .filter((text) => text !== '' && text.isWellFormed()),
  ),
  remittance: words,
  counterparty: fc.option(fc.constant(otherIban)),
  isReversal: fc.boolean(),
  payments: fc.constant(1),
});

const statement: fc.Arbitrary<Rendered> = fc.record({
  iban: fc.constant(sampleIban),
  currency: fc.constantFrom('EUR', 'CHF'),
  id: reference,
  sequence: fc.integer({ min: 1, max: 999_999_999 }),
  from: day,
  to: day,
  opening: cents,
  closing: cents,
  entries: fc.array(entry, { maxLength: 6 }),
});

const settings = { seed: 20_261_128, numRuns: 200 };

const withoutLines = (value: Rendered) => ({
  ...value,
  lines: undefined,
  entries: value.entries.map((read) => ({ ...read, line: 0 })),
});

describe('whatever a statement says', () => {
  test('is read back from camt.053 as it was written, in every version', () => {
    fc.assert(
      fc.property(statement, fc.constantFrom(...camtVersions), (written, version) => {
        const result = parseStatement(bytesOf(renderCamt(written, version)), 'camt.053');
        if (!result.ok) throw new Error(JSON.stringify(result.refusal));
        expect(withoutLines(result.value)).toEqual(withoutLines(written));
      }),
      settings,
    );
  });

  test('is read back from CSV as it was written, in every layout', () => {
    const layouts = fc.constantFrom(...(Object.keys(csvLayouts) as (keyof typeof csvLayouts)[]));
    fc.assert(
      fc.property(statement, layouts, (written, name) => {
        const result = parseStatement(bytesOf(renderCsv(written, csvLayouts[name])), name);
        if (!result.ok) throw new Error(JSON.stringify(result.refusal));
        expect(withoutLines(result.value)).toEqual(withoutLines(written));
      }),
      settings,
    );
  });

  test('no part of a file from its beginning is taken for the whole', () => {
    fc.assert(
      fc.property(statement, fc.double({ min: 0, max: 1, noNaN: true }), (written, share) => {
        const files = [
          { format: 'camt.053', bytes: bytesOf(renderCamt(written)) },
          { format: 'csv', bytes: bytesOf(renderCsv(written, csvLayouts.csv)) },
        ] as const;
        for (const { format, bytes } of files) {
          const part = bytes.subarray(0, Math.floor(share * bytes.length * 0.999_999));
          expect(parseStatement(part, format).ok).toBe(false);
        }
      }),
      { ...settings, numRuns: 400 },
    );
  });

  test('a file with one byte changed is refused or read; the reader itself never fails', () => {
    fc.assert(
      fc.property(statement, fc.nat(), fc.integer({ min: 0, max: 255 }), (written, at, byte) => {
        const files = [
          { format: 'camt.053', bytes: bytesOf(renderCamt(written)) },
          { format: 'csv', bytes: bytesOf(renderCsv(written, csvLayouts.csv)) },
        ] as const;
        for (const { format, bytes } of files) {
          bytes[at % bytes.length] = byte;
          parseStatement(bytes, format);
        }
      }),
      { ...settings, numRuns: 400 },
    );
  });
});
