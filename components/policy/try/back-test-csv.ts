/** The result of a back-test as a table for a spreadsheet. Pure. */
import type { BackTest } from '#lib/operations/policy/back-test/run-back-test.ts';
import type { Shift } from '#lib/operations/policy/outcome-words.ts';
import { csvOf } from '#lib/platform/csv.ts';

export const shiftWords: Readonly<Record<Shift, string>> = {
  refused: 'Refused',
  allowed: 'Allowed',
  otherwise: 'Asked otherwise',
};

export function backTestCsv({
  from,
  until,
  version,
  total,
  rows,
  changed,
  listed,
}: BackTest): string {
  return csvOf([
    ['Back-test against policy version', version],
    ['From', from ?? 'the beginning'],
    ['Until', until],
    ['Operations', total],
    ...(Object.keys(shiftWords) as Shift[]).map((shift) => [shiftWords[shift], changed[shift]]),
    [],
    ['Rule', `Version ${version}`, 'Draft'],
    ...rows.map(({ name, before, after }) => [name, before, after]),
    [],
    [
      'Operation',
      'Kind',
      'About',
      'Raised at',
      'Would be',
      'Rule now',
      'Answer now',
      'Rule in the draft',
      'Answer in the draft',
    ],
    ...listed.map(({ number, kindName, about, raisedAt, shift, before, after }) => [
      number,
      kindName,
      about,
      raisedAt,
      shiftWords[shift],
      before.rule,
      before.answer,
      after.rule,
      after.answer,
    ]),
  ]);
}
