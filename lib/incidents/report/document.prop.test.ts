import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReport } from '../report-rules.ts';
import { documentText, fromDocument, toDocument } from './document.ts';
import type { FieldNo, FieldValue, ReportField } from './field-types.ts';
import { fieldOf, REPORT_FIELDS } from './fields.ts';
import { amountText, centsOf, decimalsOf, numberOf, percentText } from './figures.ts';
import { isFilled } from './conditions.ts';
import { finalValues, LEI, OTHER_LEI } from './testing/good-reports.ts';

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const name = text.map((part) => part.replaceAll(';', ',').trim()).filter((part) => part !== '');

function valueOf({ kind, choices = [] }: ReportField): fc.Arbitrary<FieldValue> {
  const choice = fc.constantFrom(...choices.map(({ value }) => value), 'unknown');
  switch (kind) {
    case 'choice':
      return choice;
    case 'choices':
    case 'countries':
      return fc.uniqueArray(choice, { minLength: 1 });
    case 'yes-no':
      return fc.boolean();
    case 'integer':
      return fc.nat().map(String);
    case 'percent':
      return fc.nat(1000).map((tenths) => percentText(BigInt(tenths), 1000n) ?? '');
    case 'money':
      return fc.bigInt(0n, 10n ** 14n).map(amountText);
    case 'identification':
    case 'lei':
      return fc.constantFrom(LEI, OTHER_LEI);
    case 'names':
      return fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('; '));
    case 'leis':
      return fc.constantFrom(LEI, `${LEI}; ${OTHER_LEI}`);
    case 'text':
    case 'email':
    case 'phone':
    case 'instant':
    case 'duration':
      return text;
  }
}

/** Any report, also half filled in or with what no rule allows. */
const anyValues = fc
  .record(
    Object.fromEntries(REPORT_FIELDS.map((field) => [field.no, valueOf(field)])) as Record<
      FieldNo,
      fc.Arbitrary<FieldValue>
    >,
    { requiredKeys: [] },
  )
  .map((values) => values as Partial<Record<FieldNo, FieldValue>>);

describe('documents', () => {
  it('give back every value that was put into them', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        expect(fromDocument(toDocument(values))).toEqual(values);
      }),
    );
  });

  it('are the same bytes for the same values, in whatever order they came', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const turned = Object.fromEntries(Object.entries(values).toReversed());
        expect(documentText(toDocument(turned))).toBe(documentText(toDocument(values)));
      }),
    );
  });

  it('that are read from their text are the documents that were written', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const document = toDocument(values);
        expect(JSON.parse(documentText(document))).toEqual(document);
      }),
    );
  });
});

/** JSON that has places of a report in it, so that a walk gets deep. */
const nearlyReport = fc
  .tuple(
    fc.constantFrom(...REPORT_FIELDS.flatMap(({ path }) => path.split('|'))),
    fc.jsonValue({ maxDepth: 3 }),
    fc.boolean(),
  )
  .map(([path, value, isReplaced]) => {
    const document: Record<string, unknown> = structuredClone(
      toDocument({ ...finalValues, '1.5': 'A', '1.6': LEI, '1.13': 'B', '1.14': OTHER_LEI }),
    );
    const steps = path.split('.');
    const cut = isReplaced ? Math.max(1, steps.length - 1) : steps.length;
    let at: Record<string, unknown> = document;
    for (const step of steps.slice(0, cut - 1)) {
      const held = at[step.replace('[]', '')];
      at = (Array.isArray(held) ? held[0] : held) as Record<string, unknown>;
    }
    at[(steps[cut - 1] ?? '').replace('[]', '')] = value;
    return document;
  });

describe('a check', () => {
  it('never throws, whatever JSON it gets, and blames fields or places', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearlyReport), (document) => {
        for (const { field, rule, severity, sentence, article } of checkReport(document)) {
          expect(typeof field).toBe('string');
          expect(['blocking', 'warning']).toContain(severity);
          expect([rule, sentence, article].every((words) => words.length > 0)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same each time and in the order of the fields', () => {
    fc.assert(
      fc.property(nearlyReport, (document) => {
        const findings = checkReport(document);
        expect(checkReport(document)).toEqual(findings);
        const places = findings.map(({ field }) => {
          const known = fieldOf(field);
          return known ? REPORT_FIELDS.indexOf(known) : Infinity;
        });
        expect(places).toEqual(places.toSorted((one, other) => (one === other ? 0 : one - other)));
      }),
    );
  });

  it('finds each mandatory field that any report leaves out', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const stage = { ...values, '1.1': 'final_report' };
        const missing = REPORT_FIELDS.filter(
          ({ no, duty }) => duty.final === 'M' && !isFilled(stage, no),
        ).map(({ no }) => no);
        const blamed = new Set(checkReport(toDocument(stage)).map(({ field }) => field));
        expect(missing.filter((no) => !blamed.has(no))).toEqual([]);
      }),
    );
  });
});

describe('figures', () => {
  it('percentages are rounded half up to one decimal', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), (part, whole) => {
        const shown = percentText(part, whole) ?? '';
        expect(shown).toMatch(/^\d+(?:\.[1-9])?$/);
        const tenths = BigInt(shown.includes('.') ? shown.replace('.', '') : `${shown}0`);
        // Exact: tenths - 1/2 <= 1000 part / whole < tenths + 1/2.
        expect((2n * tenths - 1n) * whole <= 2000n * part).toBe(true);
        expect(2000n * part < (2n * tenths + 1n) * whole).toBe(true);
      }),
    );
    expect([
      percentText(1n, 8n),
      percentText(1n, 3n),
      percentText(1n, 2000n),
      percentText(1n, 2001n),
      percentText(10n, 10n),
      percentText(1n, 0n),
    ]).toEqual(['12.5', '33.3', '0.1', '0', '100', null]);
  });

  it('amounts up to ten trillion keep their cents on the way through a document', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), (cents) => {
        const number = numberOf(amountText(cents)) ?? Number.NaN;
        expect(centsOf(String(number))).toBe(cents);
        expect(decimalsOf(number)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
