/** Rules about the cells of one row, as data. Pure. */
import { isDay } from '#lib/platform/days.ts';
import {
  countryPrefix,
  euidCode,
  highlyComplex,
  legalPerson,
  leiCode,
  nonFinancialTypes,
  notABranch,
  notApplicable,
  notSubstitutable,
} from '../codes.ts';
import { euidFault, leiFault } from '../identifiers.ts';
import { isInEea } from '../places.ts';

import type { Row, TemplateCode } from './column.ts';
import type { RuleId } from './rules.ts';

/** @param period reference date; null where the package has none that can be read */
export type About = { period: string | null };

export type RowRule = {
  rule: RuleId;
  template: TemplateCode;
  column: string;
  /** The sentence where the row breaks it; null where it holds. */
  fault: (row: Row, about: About) => string | null;
};

const cell = (row: Row, column: string): string => row[column] ?? '';
const has = (row: Row, column: string): boolean => cell(row, column).trim() !== '';

/** Files and guides write it with a small and a capital letter. */
export const isNotApplicable = (text: string): boolean =>
  text.trim().toLowerCase() === notApplicable.toLowerCase();

const when =
  (isBroken: (row: Row, about: About) => boolean, sentence: string): RowRule['fault'] =>
  (row, about) =>
    isBroken(row, about) ? sentence : null;

/** The country of a row, where it is one. */
const countryIn = (text: string): string | null =>
  text.startsWith(countryPrefix) ? text.slice(countryPrefix.length) : null;

const subsequent = 'eba_CO:x3';

function isOutsideWithoutLei(row: Row): boolean {
  const country = countryIn(cell(row, 'c0080'));
  return (
    cell(row, 'c0070') === legalPerson &&
    country !== null &&
    !isInEea(country) &&
    ![cell(row, 'c0020'), cell(row, 'c0040')].includes(leiCode)
  );
}

const legalCodes: ReadonlySet<string> = new Set([leiCode, euidCode]);

/** Rules of the code in one column whose type another says. @param issued null where nothing asks for it */
function codeRules(code: string, type: string, issued: RuleId | null): RowRule[] {
  const isLeiType = (row: Row) => cell(row, type) === leiCode && has(row, code);
  const template = 'B_05.01' as const;
  return [
    {
      rule: 'v8821',
      template,
      column: code,
      fault: (row) =>
        isLeiType(row) && (issued === null || !/^[A-Z0-9]{18}[0-9]{2}$/.test(cell(row, code)))
          ? leiFault(cell(row, code))
          : null,
    },
    ...(issued === null
      ? []
      : [
          {
            rule: issued,
            template,
            column: code,
            fault: (row: Row) => (isLeiType(row) ? leiFault(cell(row, code)) : null),
          },
        ]),
    {
      rule: 'VR_72',
      template,
      column: code,
      fault: (row) =>
        cell(row, type) === euidCode && has(row, code) ? euidFault(cell(row, code)) : null,
    },
  ];
}

export const rowRules: readonly RowRule[] = [
  {
    rule: 'v8803',
    template: 'B_01.02',
    column: 'c0100',
    fault: when(
      (row) => has(row, 'c0110') && !has(row, 'c0100'),
      'Total assets stand without their currency.',
    ),
  },
  {
    rule: 'v8804',
    template: 'B_01.02',
    column: 'c0110',
    fault: when(
      (row) =>
        has(row, 'c0040') && !nonFinancialTypes.has(cell(row, 'c0040')) && !has(row, 'c0110'),
      'A financial entity gives its total assets.',
    ),
  },
  {
    rule: 'v8805',
    template: 'B_02.01',
    column: 'c0030',
    fault: when(
      (row) =>
        cell(row, 'c0020') === subsequent &&
        (!has(row, 'c0030') || isNotApplicable(cell(row, 'c0030'))),
      'A subsequent contract names its overarching one.',
    ),
  },
  {
    rule: 'overarching',
    template: 'B_02.01',
    column: 'c0030',
    fault: (row) => {
      const named = cell(row, 'c0030');
      if (!has(row, 'c0020') || named === '') return null;
      if (cell(row, 'c0020') !== subsequent)
        return isNotApplicable(named)
          ? null
          : 'Only a subsequent contract names another. Write "Not applicable".';
      return named === cell(row, 'c0010') ? 'A contract can’t be its own overarching one.' : null;
    },
  },
  {
    rule: 'v8816',
    template: 'B_02.02',
    column: 'c0080',
    fault: when(
      (row) =>
        isDay(cell(row, 'c0070')) &&
        isDay(cell(row, 'c0080')) &&
        cell(row, 'c0080') <= cell(row, 'c0070'),
      'The contract ends before or on the day it starts.',
    ),
  },
  {
    rule: 'end-reason',
    template: 'B_02.02',
    column: 'c0090',
    fault: (row, { period }) => {
      const end = cell(row, 'c0080');
      if (period === null || !isDay(end)) return null;
      const isEnded = end <= period;
      if (isEnded === has(row, 'c0090')) return null;
      return isEnded
        ? 'The contract had ended by the reference date, so give the reason.'
        : 'The contract had not ended by the reference date, so there is no reason yet.';
    },
  },
  {
    rule: 'branch-code',
    template: 'B_04.01',
    column: 'c0040',
    fault: when(
      (row) =>
        cell(row, 'c0030') === notABranch &&
        has(row, 'c0040') &&
        !isNotApplicable(cell(row, 'c0040')),
      'This user is no branch. Write "Not applicable".',
    ),
  },
  ...codeRules('c0010', 'c0020', 'VR_71'),
  ...codeRules('c0030', 'c0040', null),
  ...codeRules('c0110', 'c0120', 'VR_77'),
  {
    rule: 'v8817',
    template: 'B_05.01',
    column: 'c0020',
    fault: when(
      (row) =>
        cell(row, 'c0070') === legalPerson &&
        has(row, 'c0020') &&
        !legalCodes.has(cell(row, 'c0020')),
      'A legal person is named by its LEI or its EUID.',
    ),
  },
  {
    rule: 'v8818',
    template: 'B_05.01',
    column: 'c0040',
    fault: when(
      (row) =>
        cell(row, 'c0070') === legalPerson &&
        has(row, 'c0040') &&
        !legalCodes.has(cell(row, 'c0040')),
      'The additional code of a legal person is an LEI or an EUID.',
    ),
  },
  {
    rule: 'v8823',
    template: 'B_05.01',
    column: 'c0040',
    fault: when(
      (row) => has(row, 'c0030') && !has(row, 'c0040'),
      'The additional code stands without its type.',
    ),
  },
  {
    rule: 'parent-type',
    template: 'B_05.01',
    column: 'c0120',
    fault: when(
      (row) => has(row, 'c0110') && !has(row, 'c0120'),
      'The code of the ultimate parent stands without its type.',
    ),
  },
  {
    rule: 'third-country',
    template: 'B_05.01',
    column: 'c0020',
    fault: when(isOutsideWithoutLei, 'Outside the Union a legal person is named by its LEI.'),
  },
  {
    rule: 'expense-currency',
    template: 'B_05.01',
    column: 'c0090',
    fault: when(
      (row) => has(row, 'c0100') && !has(row, 'c0090'),
      'The expense stands without its currency.',
    ),
  },
  {
    rule: 'v8826',
    template: 'B_05.02',
    column: 'c0070',
    fault: when(
      (row) => Number(cell(row, 'c0050')) > 1 && !has(row, 'c0070'),
      'From rank 2 on, give the type of the code of the recipient.',
    ),
  },
  {
    rule: 'rank-one',
    template: 'B_05.02',
    column: 'c0060',
    fault: when(
      (row) =>
        Number(cell(row, 'c0050')) === 1 &&
        has(row, 'c0060') &&
        cell(row, 'c0060') !== cell(row, 'c0030'),
      'At rank 1 the recipient repeats the code of the provider.',
    ),
  },
  {
    rule: 'v8825',
    template: 'B_07.01',
    column: 'c0060',
    fault: when(
      (row) => [notSubstitutable, highlyComplex].includes(cell(row, 'c0050')) && !has(row, 'c0060'),
      'What is hard to substitute needs the reason.',
    ),
  },
];
