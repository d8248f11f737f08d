/**
 * What ties the templates together, as data: a row says something, and another row of a template must say it, too. The
 * check reads everything once to know what is said, and once more to compare. Pure.
 */
import { branch, notApplicableCode, yes } from '../codes.ts';
import type { Row, TemplateCode } from './column.ts';
import { isNotApplicable } from './row-rules.ts';
import type { RuleId } from './rules.ts';

/** Texts of a row that are said or looked for; null where the row says nothing of the kind. */
export type Picked = readonly string[] | null;

/** Answers whether something is said anywhere; while reading for the first time, whether it was so far. */
export type Said = (said: SaidName, texts: readonly string[]) => boolean;

type Source = { template: TemplateCode; pick: (row: Row, said: Said) => Picked };

const cell = (row: Row, column: string): string => row[column] ?? '';

/** Cells of a row, where none is empty. */
const cells = (row: Row, columns: readonly string[]): Picked => {
  const texts = columns.map((column) => cell(row, column));
  return texts.some((text) => text.trim() === '') ? null : texts;
};
const from = (template: TemplateCode, ...columns: string[]): Source => ({
  template,
  pick: (row) => cells(row, columns),
});

/** Rank as a number, so that 01 and 1 are the same. */
const rankOf = (row: Row): number => Number(cell(row, 'c0050'));

const isCriticalUse = (row: Row, said: Said): boolean =>
  said('critical functions', [cell(row, 'c0050'), cell(row, 'c0020')]);

/** What is said, by a name, and where. B_06.01 is read before all that asks for critical functions. */
export const sayings = {
  entities: [from('B_01.02', 'c0010')],
  branches: [from('B_01.03', 'c0010')],
  contracts: [from('B_02.01', 'c0010')],
  providers: [from('B_05.01', 'c0010')],
  functions: [from('B_06.01', 'c0010', 'c0040')],
  'critical functions': [
    {
      template: 'B_06.01',
      pick: (row: Row) => (cell(row, 'c0050') === yes ? cells(row, ['c0010', 'c0040']) : null),
    },
  ],
  'used contracts': [from('B_02.02', 'c0010')],
  'signed contracts': [from('B_03.01', 'c0010')],
  'contracts with a provider': [from('B_03.02', 'c0010'), from('B_03.03', 'c0010')],
  'used functions': [from('B_02.02', 'c0050', 'c0020')],
  'used services': [from('B_02.02', 'c0010', 'c0060')],
  'critical services': [
    {
      template: 'B_02.02',
      pick: (row: Row, said: Said) =>
        isCriticalUse(row, said) ? cells(row, ['c0010', 'c0030', 'c0060']) : null,
    },
    // It says nothing of the kind itself, but without it no use is known to be critical.
    { template: 'B_06.01', pick: () => null },
  ],
  'assessed services': [from('B_07.01', 'c0010', 'c0020', 'c0040')],
  'providers of chains': [from('B_05.02', 'c0030')],
  'direct providers': [
    {
      template: 'B_05.02',
      pick: (row: Row) => (rankOf(row) === 1 ? cells(row, ['c0030']) : null),
    },
  ],
  'links of chains': [
    {
      template: 'B_05.02',
      pick: (row: Row) => {
        const link = cells(row, ['c0010', 'c0020', 'c0030']);
        return link && [...link, String(rankOf(row))];
      },
    },
  ],
} as const satisfies Record<string, readonly Source[]>;

export type SaidName = keyof typeof sayings;

/** A row that must find what it picks among what is said. */
export type Tie = {
  rule: RuleId;
  template: TemplateCode;
  /** Where a breach is shown. */
  column: string;
  pick: (row: Row, said: Said) => Picked;
  among: SaidName;
  sentence: string;
};

const tie = (
  rule: RuleId,
  template: TemplateCode,
  columns: readonly string[],
  among: SaidName,
  sentence: string,
): Tie => ({
  rule,
  template,
  column: columns[0] ?? '',
  pick: (row) => cells(row, columns),
  among,
  sentence,
});

const reference = (template: TemplateCode, column: string, among: SaidName, to: string): Tie =>
  tie('807', template, [column], among, `There is no such row in ${to}.`);

const toEntities = (template: TemplateCode, column: string) =>
  reference(template, column, 'entities', 'B_01.02');
const toContracts = (template: TemplateCode, column = 'c0010') =>
  reference(template, column, 'contracts', 'B_02.01');
const toProviders = (template: TemplateCode, column: string) =>
  reference(template, column, 'providers', 'B_05.01');

const foreignKeys: readonly Tie[] = [
  toEntities('B_01.02', 'c0060'),
  toEntities('B_01.03', 'c0020'),
  toEntities('B_02.02', 'c0020'),
  toEntities('B_03.01', 'c0020'),
  toEntities('B_03.03', 'c0020'),
  toEntities('B_04.01', 'c0020'),
  {
    ...toContracts('B_02.01', 'c0030'),
    pick: (row) => (isNotApplicable(cell(row, 'c0030')) ? null : cells(row, ['c0030'])),
  },
  toContracts('B_02.02'),
  toContracts('B_02.03'),
  toContracts('B_02.03', 'c0020'),
  toContracts('B_03.01'),
  toContracts('B_03.02'),
  toContracts('B_03.03'),
  toContracts('B_04.01'),
  toContracts('B_05.02'),
  toContracts('B_07.01'),
  toProviders('B_02.02', 'c0030'),
  toProviders('B_03.02', 'c0020'),
  toProviders('B_05.01', 'c0110'),
  toProviders('B_05.02', 'c0030'),
  toProviders('B_05.02', 'c0060'),
  toProviders('B_07.01', 'c0020'),
  tie(
    '807',
    'B_02.02',
    ['c0050', 'c0020'],
    'functions',
    'This entity has no such function in B_06.01.',
  ),
  {
    ...reference('B_04.01', 'c0040', 'branches', 'B_01.03'),
    pick: (row) => (cell(row, 'c0030') === branch ? cells(row, ['c0040']) : null),
  },
];

const nationalTies: readonly Tie[] = [
  tie(
    'contract-unused',
    'B_02.01',
    ['c0010'],
    'used contracts',
    'This contract has no row in B_02.02.',
  ),
  tie(
    'contract-unsigned',
    'B_02.01',
    ['c0010'],
    'signed contracts',
    'Nobody signs this contract in B_03.01.',
  ),
  tie(
    'contract-no-provider',
    'B_02.01',
    ['c0010'],
    'contracts with a provider',
    'No provider signs this contract, in B_03.02 or B_03.03.',
  ),
  tie(
    'function-unused',
    'B_06.01',
    ['c0010', 'c0040'],
    'used functions',
    'No row of B_02.02 supports this function.',
  ),
  tie(
    'chain-unknown',
    'B_05.02',
    ['c0010', 'c0020'],
    'used services',
    'B_02.02 has no such contract with this service.',
  ),
  {
    rule: 'assessment-missing',
    template: 'B_02.02',
    column: 'c0060',
    pick: (row, said) =>
      isCriticalUse(row, said) ? cells(row, ['c0010', 'c0030', 'c0060']) : null,
    among: 'assessed services',
    sentence: 'This service for a critical function has no row in B_07.01.',
  },
  tie(
    'assessment-unknown',
    'B_07.01',
    ['c0010', 'c0020', 'c0040'],
    'critical services',
    'B_02.02 has no such service for a critical function.',
  ),
  tie(
    'recipient',
    'B_05.02',
    ['c0060'],
    'providers of chains',
    'This recipient is nowhere a provider of a chain.',
  ),
  {
    rule: 'rank-chain',
    template: 'B_05.02',
    column: 'c0060',
    pick: (row) => {
      const rank = rankOf(row);
      const link = cells(row, ['c0010', 'c0020', 'c0060']);
      return link && rank > 1 ? [...link, String(rank - 1)] : null;
    },
    among: 'links of chains',
    sentence: 'The recipient does not stand one rank before in this contract and service.',
  },
];

export const ties: readonly Tie[] = [...foreignKeys, ...nationalTies];

/** A rule that asks what other templates say. @returns sentences by column */
export type WiderRule = {
  rule: RuleId;
  template: TemplateCode;
  faults: (row: Row, said: Said) => { column: string; sentence: string }[];
};

const isOpen = (row: Row, column: string): boolean =>
  ['', notApplicableCode].includes(cell(row, column));

/** Cells that are open though a critical function rests on the row. */
const openCells =
  (columns: readonly string[], also: (row: Row) => boolean): WiderRule['faults'] =>
  (row, said) =>
    isCriticalUse(row, said) && also(row)
      ? columns
          .filter((column) => isOpen(row, column))
          .map((column) => ({ column, sentence: 'A critical function rests on it, so fill this.' }))
      : [];

export const widerRules: readonly WiderRule[] = [
  {
    rule: 'critical-cell',
    template: 'B_02.02',
    faults: openCells(['c0100', 'c0110', 'c0130', 'c0140', 'c0160', 'c0180'], () => true),
  },
  {
    rule: 'critical-law',
    template: 'B_02.02',
    faults: openCells(['c0120'], () => true),
  },
  {
    rule: 'storage-cell',
    template: 'B_02.02',
    faults: openCells(['c0150', 'c0170'], (row) => cell(row, 'c0140') === yes),
  },
  {
    rule: 'parent-missing',
    template: 'B_05.01',
    faults: (row, said) =>
      cell(row, 'c0110') === '' && said('direct providers', [cell(row, 'c0010')])
        ? [
            {
              column: 'c0110',
              sentence: 'A direct provider names its ultimate parent, or itself where it has none.',
            },
          ]
        : [],
  },
];
