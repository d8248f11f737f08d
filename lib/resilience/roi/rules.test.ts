import { expect, test } from 'vitest';
import type { TemplateCode } from './column.ts';
import { rules } from './rules.ts';
import {
  drop,
  foundIn,
  repeat,
  rowOf,
  set,
  sorted,
  type Break,
  type Found,
} from './testing/broken.ts';
import { filesOf } from './testing/packages.ts';
import {
  cloud,
  cloudParent,
  dataCentre,
  entity,
  leiOf,
  sampleRows,
} from './testing/sample-register.ts';

const stranger = leiOf('5299STRANGER');
/** The right form, the wrong check digits. */
const mistyped = `${entity.slice(0, 18)}${entity.endsWith('50') ? '51' : '50'}`;
const outside = 'eba_GA:qx2007';

const cases: [what: string, broken: Break, found: Found[]][] = [
  [
    'an EUID of no European country',
    set('B_05.01', 3, 'c0030', 'USK1101R.HRB123456'),
    [['VR_72', 'B_05.01', 3, 'c0030']],
  ],
  [
    'an additional code without its type',
    set('B_05.01', 3, 'c0040', ''),
    [['v8823', 'B_05.01', 3, 'c0040']],
  ],
  [
    'a legal person with a VAT number',
    set('B_05.01', 3, 'c0020', 'eba_qCO:qx2004'),
    [['v8817', 'B_05.01', 3, 'c0020']],
  ],
  [
    'a passport as additional code',
    set('B_05.01', 3, 'c0040', 'eba_qCO:qx2005'),
    [['v8818', 'B_05.01', 3, 'c0040']],
  ],
  [
    'an EUID outside the Union',
    set('B_05.01', 4, 'c0080', 'eba_GA:US'),
    [['third-country', 'B_05.01', 4, 'c0020']],
  ],
  [
    'a country whose code is only reserved',
    set('B_05.01', 1, 'c0080', 'eba_GA:UK'),
    [['type', 'B_05.01', 1, 'c0080']],
  ],
  [
    'an additional LEI with wrong check digits',
    (rows) => {
      Object.assign(rowOf(rows, 'B_05.01', 1), { c0030: mistyped, c0040: 'eba_qCO:qx2000' });
    },
    [['v8821', 'B_05.01', 1, 'c0030']],
  ],
  [
    'a parent whose code has no type',
    set('B_05.01', 1, 'c0120', ''),
    [['parent-type', 'B_05.01', 1, 'c0120']],
  ],
  [
    'an expense without currency',
    set('B_05.01', 1, 'c0090', ''),
    [['expense-currency', 'B_05.01', 1, 'c0090']],
  ],
  [
    'a negative expense for a provider',
    set('B_05.01', 1, 'c0100', '-1'),
    [['v8824', 'B_05.01', 1, 'c0100']],
  ],
  [
    'a negative expense of a contract',
    set('B_02.01', 1, 'c0050', '-0.01'),
    [['v23716', 'B_02.01', 1, 'c0050']],
  ],
  ['negative assets', set('B_01.02', 1, 'c0110', '-5'), [['v22913', 'B_01.02', 1, 'c0110']]],
  ['assets without currency', set('B_01.02', 1, 'c0100', ''), [['v8803', 'B_01.02', 1, 'c0100']]],
  [
    'a financial entity without assets',
    set('B_01.02', 1, 'c0110', ''),
    [['v8804', 'B_01.02', 1, 'c0110']],
  ],
  [
    'a subsequent contract without its master',
    set('B_02.01', 2, 'c0030', 'Not applicable'),
    [['v8805', 'B_02.01', 2, 'c0030']],
  ],
  [
    'a standalone contract under another',
    set('B_02.01', 3, 'c0030', 'C-1'),
    [['overarching', 'B_02.01', 3, 'c0030']],
  ],
  [
    'a contract under itself',
    set('B_02.01', 2, 'c0030', 'C-2'),
    [['overarching', 'B_02.01', 2, 'c0030']],
  ],
  [
    'an end before the start',
    set('B_02.02', 3, 'c0080', '2024-02-28'),
    [['v8816', 'B_02.02', 3, 'c0080']],
  ],
  [
    'an ended contract without reason',
    set('B_02.02', 3, 'c0090', ''),
    [['end-reason', 'B_02.02', 3, 'c0090']],
  ],
  [
    'a reason for a contract that goes on',
    set('B_02.02', 1, 'c0090', 'eba_CO:x4'),
    [['end-reason', 'B_02.02', 1, 'c0090']],
  ],
  [
    'hard substitution without reason',
    set('B_07.01', 1, 'c0060', ''),
    [['v8825', 'B_07.01', 1, 'c0060']],
  ],
  [
    'a recipient without the type of its code',
    set('B_05.02', 2, 'c0070', ''),
    [['v8826', 'B_05.02', 2, 'c0070']],
  ],
  [
    'a mandatory cell that is empty',
    set('B_01.01', 1, 'c0050', ''),
    [['mandatory', 'B_01.01', 1, 'c0050']],
  ],
  ['an empty link', set('B_03.01', 2, 'c0030', ''), [['mandatory', 'B_03.01', 2, 'c0030']]],
  ['a false link', set('B_03.01', 2, 'c0030', 'false'), [['link-true', 'B_03.01', 2, 'c0030']]],
  [
    'two keepers of the register',
    repeat('B_01.01', 1, { c0010: leiOf('5299OTHER') }),
    [
      ['one-row', 'B_01.01', null, null],
      ['sender', 'B_01.01', 2, 'c0010'],
    ],
  ],
  ['no definitions', drop('B_99.01', 1), [['one-row', 'B_99.01', null, null]]],
  [
    'a function that nothing supports',
    repeat('B_06.01', 2, { c0010: 'F3' }),
    [['function-unused', 'B_06.01', 3, 'c0010']],
  ],
  [
    'a function that is no F and a number',
    (rows) => {
      rowOf(rows, 'B_06.01', 2)['c0010'] = 'FN-2';
      for (const number of [2, 3]) rowOf(rows, 'B_02.02', number)['c0050'] = 'FN-2';
    },
    [
      ['function-id', 'B_06.01', 2, 'c0010'],
      ['function-id', 'B_02.02', 2, 'c0050'],
      ['function-id', 'B_02.02', 3, 'c0050'],
    ],
  ],
  [
    'a service in a chain that no contract has',
    set('B_05.02', 4, 'c0020', 'eba_TA:S04'),
    [['chain-unknown', 'B_05.02', 4, 'c0010']],
  ],
  [
    'a critical service without assessment',
    drop('B_07.01', 1),
    [['assessment-missing', 'B_02.02', 1, 'c0060']],
  ],
  [
    'an assessment of what is not critical',
    set('B_06.01', 1, 'c0050', 'eba_BT:x29'),
    [['assessment-unknown', 'B_07.01', 1, 'c0010']],
  ],
  [
    'a critical row without notice',
    set('B_02.02', 1, 'c0100', ''),
    [['critical-cell', 'B_02.02', 1, 'c0100']],
  ],
  [
    'a critical row without country',
    set('B_02.02', 1, 'c0130', outside),
    [['critical-cell', 'B_02.02', 1, 'c0130']],
  ],
  [
    'a critical row without governing law',
    set('B_02.02', 1, 'c0120', ''),
    [['critical-law', 'B_02.02', 1, 'c0120']],
  ],
  [
    'critical storage nowhere',
    set('B_02.02', 1, 'c0150', outside),
    [['storage-cell', 'B_02.02', 1, 'c0150']],
  ],
  [
    'a first rank with another recipient',
    set('B_05.02', 4, 'c0060', cloud),
    [['rank-one', 'B_05.02', 4, 'c0060']],
  ],
  [
    'a recipient that is no provider of a chain',
    set('B_05.02', 2, 'c0060', cloudParent),
    [
      ['recipient', 'B_05.02', 2, 'c0060'],
      ['rank-chain', 'B_05.02', 2, 'c0060'],
    ],
  ],
  [
    'a chain that skips a rank',
    set('B_05.02', 2, 'c0050', '3'),
    [['rank-chain', 'B_05.02', 2, 'c0060']],
  ],
  [
    'a direct provider without parent',
    (rows) => {
      Object.assign(rowOf(rows, 'B_05.01', 4), { c0110: '', c0120: '' });
    },
    [['parent-missing', 'B_05.01', 4, 'c0110']],
  ],
  [
    'a branch code without a branch',
    set('B_04.01', 1, 'c0040', 'BR-DE'),
    [['branch-code', 'B_04.01', 1, 'c0040']],
  ],
  [
    'a reason of 301 characters',
    set('B_06.01', 1, 'c0060', 'ü'.repeat(301)),
    [['text-length', 'B_06.01', 1, 'c0060']],
  ],
  ['half an hour', set('B_06.01', 1, 'c0080', '0.5'), [['natural-number', 'B_06.01', 1, 'c0080']]],
  [
    'a negative notice',
    set('B_02.02', 1, 'c0110', '-30'),
    [['natural-number', 'B_02.02', 1, 'c0110']],
  ],
];

test.each(cases)('%s is found, with its place', async (_, broken, found) => {
  const rows = sampleRows();
  broken(rows);
  expect(sorted(await foundIn(filesOf(rows)))).toEqual(sorted(found));
});

/** Where an LEI stands, with what is found where its check digits are wrong and where it has no form. */
const leis: [TemplateCode, number, string, string | null, string | null][] = [
  ['B_01.01', 1, 'c0010', 'VR_2', 'v8890'],
  ['B_01.02', 1, 'c0010', 'VR_12', 'v8891'],
  ['B_01.02', 1, 'c0060', 'VR_16', null],
  ['B_01.03', 1, 'c0020', 'VR_23', 'v8892'],
  ['B_02.02', 1, 'c0020', null, 'v8893'],
  ['B_03.01', 1, 'c0020', null, 'v8894'],
  ['B_04.01', 1, 'c0020', null, 'v8896'],
  ['B_05.01', 3, 'c0010', 'VR_71', 'v8821'],
  ['B_05.01', 3, 'c0110', 'VR_77', 'v8821'],
  ['B_06.01', 2, 'c0040', null, 'v8897'],
];

test.each(leis)(
  '%s row %i %s: a wrong LEI is found',
  async (template, row, column, issued, form) => {
    for (const [code, expected] of [
      [mistyped, [issued ?? form]],
      [entity.toLowerCase(), [issued, form]],
    ] as const) {
      const rows = sampleRows();
      rowOf(rows, template, row)[column] = code;
      const found = await foundIn(filesOf(rows));
      for (const rule of expected)
        if (rule !== null) expect(found).toContainEqual([rule, template, row, column]);
    }
  },
);

test('nothing is concluded about assessments where the functions could not be read', async () => {
  const files = filesOf(sampleRows());
  const missing = new Map(files);
  missing.delete('reports/b_06.01.csv');
  expect(await foundIn(missing)).toEqual([['file-missing', 'B_06.01', null, null]]);
});

test('a wrong EUID as the code of a provider is found', async () => {
  const rows = sampleRows();
  rowOf(rows, 'B_05.01', 4)['c0010'] = 'NL.12345678';
  expect(await foundIn(filesOf(rows))).toContainEqual(['VR_72', 'B_05.01', 4, 'c0010']);
});

test('a function that stands for two entities is found once more', async () => {
  const rows = sampleRows();
  rows['B_06.01'].push({ ...rowOf(rows, 'B_06.01', 2), c0040: dataCentre });
  expect(await foundIn(filesOf(rows))).toContainEqual(['function-twice', 'B_06.01', 3, 'c0010']);
});

test('the sender is the one who keeps the register', async () => {
  const rows = sampleRows();
  for (const template of ['B_01.01', 'B_01.02'] as const)
    rowOf(rows, template, 1)['c0010'] = stranger;
  const found = await foundIn(filesOf(rows));
  expect(found.filter(([rule]) => rule === 'sender')).toEqual([['sender', 'B_01.01', 1, 'c0010']]);
});

test('a register that nobody keeps has no sender', async () => {
  const rows = sampleRows();
  rows['B_01.01'] = [];
  expect(await foundIn(filesOf(rows))).toContainEqual(['sender', 'B_01.01', null, 'c0010']);
});

test('what refuses a file and what is asked about are told apart', () => {
  const blocking = Object.entries(rules).filter(([, { severity }]) => severity === 'blocking');
  expect(
    blocking
      .map(([rule]) => rule)
      .filter((rule) => /^(?:8|VR)/.test(rule))
      .toSorted(),
  ).toEqual([
    '805',
    '806',
    '807',
    '808',
    'VR_12',
    'VR_16',
    'VR_2',
    'VR_23',
    'VR_71',
    'VR_72',
    'VR_77',
  ]);
  expect(blocking.map(([rule]) => rule).filter((rule) => rule.startsWith('v'))).toEqual([]);
});
