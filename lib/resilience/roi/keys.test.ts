import { expect, test } from 'vitest';
import {
  add,
  drop,
  foundIn,
  repeat,
  set,
  sorted,
  type Break,
  type Found,
} from './testing/broken.ts';
import { filesOf } from './testing/packages.ts';
import { desk, entity, leiOf, sampleRows } from './testing/sample-register.ts';

const stranger = leiOf('5299STRANGER');
const outside = 'eba_GA:qx2007';

const cases: [what: string, broken: Break, found: Found[]][] = [
  ['an empty key', set('B_05.02', 4, 'c0050', ''), [['805', 'B_05.02', 4, 'c0050']]],
  ['an empty country key', set('B_02.02', 2, 'c0130', ''), [['805', 'B_02.02', 2, 'c0130']]],
  ['a blank key', set('B_04.01', 1, 'c0040', '  '), [['805', 'B_04.01', 1, 'c0040']]],
  ['a key twice', repeat('B_02.01', 1), [['806', 'B_02.01', 4, 'c0010']]],
  ['a key of several columns twice', repeat('B_02.02', 1), [['806', 'B_02.02', 4, null]]],
  [
    'an unknown parent entity',
    set('B_01.02', 1, 'c0060', stranger),
    [['807', 'B_01.02', 1, 'c0060']],
  ],
  [
    'a branch of an unknown entity',
    set('B_01.03', 1, 'c0020', stranger),
    [['807', 'B_01.03', 1, 'c0020']],
  ],
  [
    'an unknown user',
    set('B_02.02', 3, 'c0020', stranger),
    [
      ['807', 'B_02.02', 3, 'c0020'],
      ['807', 'B_02.02', 3, 'c0050'],
    ],
  ],
  ['an unknown signatory', set('B_03.01', 1, 'c0020', stranger), [['807', 'B_03.01', 1, 'c0020']]],
  [
    'an unknown entity that provides',
    add('B_03.03', { c0010: 'C-1', c0020: stranger, c0031: 'true' }),
    [['807', 'B_03.03', 1, 'c0020']],
  ],
  [
    'an unknown entity that uses',
    set('B_04.01', 1, 'c0020', stranger),
    [['807', 'B_04.01', 1, 'c0020']],
  ],
  [
    'an unknown overarching contract',
    set('B_02.01', 2, 'c0030', 'C-9'),
    [['807', 'B_02.01', 2, 'c0030']],
  ],
  [
    'an unknown contract in the general part',
    set('B_02.02', 2, 'c0010', 'C-9'),
    [
      ['807', 'B_02.02', 2, 'c0010'],
      ['contract-unused', 'B_02.01', 2, 'c0010'],
      ['chain-unknown', 'B_05.02', 3, 'c0010'],
    ],
  ],
  [
    'an unknown contract in a chain of the group',
    add('B_02.03', { c0010: 'C-8', c0020: 'C-9', c0030: 'true' }),
    [
      ['807', 'B_02.03', 1, 'c0010'],
      ['807', 'B_02.03', 1, 'c0020'],
    ],
  ],
  [
    'an unknown contract that is signed',
    set('B_03.01', 3, 'c0010', 'C-9'),
    [
      ['807', 'B_03.01', 3, 'c0010'],
      ['contract-unsigned', 'B_02.01', 3, 'c0010'],
    ],
  ],
  [
    'an unknown contract of a provider',
    set('B_03.02', 3, 'c0010', 'C-9'),
    [
      ['807', 'B_03.02', 3, 'c0010'],
      ['contract-no-provider', 'B_02.01', 3, 'c0010'],
    ],
  ],
  [
    'an unknown contract of the group',
    add('B_03.03', { c0010: 'C-9', c0020: entity, c0031: 'true' }),
    [['807', 'B_03.03', 1, 'c0010']],
  ],
  [
    'an unknown contract that is used',
    set('B_04.01', 1, 'c0010', 'C-9'),
    [['807', 'B_04.01', 1, 'c0010']],
  ],
  [
    'an unknown provider that signs',
    set('B_03.02', 3, 'c0020', stranger),
    [['807', 'B_03.02', 3, 'c0020']],
  ],
  [
    'an ultimate parent without a row of its own',
    drop('B_05.01', 2),
    [['807', 'B_05.01', 1, 'c0110']],
  ],
  [
    'a chain without its contract',
    add('B_05.02', {
      c0010: 'C-9',
      c0020: 'eba_TA:S03',
      c0030: desk,
      c0040: 'eba_qCO:qx2002',
      c0050: '1',
      c0060: desk,
      c0070: '',
    }),
    [
      ['807', 'B_05.02', 5, 'c0010'],
      ['chain-unknown', 'B_05.02', 5, 'c0010'],
    ],
  ],
  [
    'an assessed contract that is not there',
    repeat('B_07.01', 1, { c0010: 'C-9' }),
    [
      ['807', 'B_07.01', 2, 'c0010'],
      ['assessment-unknown', 'B_07.01', 2, 'c0010'],
    ],
  ],
  [
    'an assessed provider that is not there',
    repeat('B_07.01', 1, { c0020: stranger }),
    [
      ['807', 'B_07.01', 2, 'c0020'],
      ['assessment-unknown', 'B_07.01', 2, 'c0010'],
    ],
  ],
  ['an unknown function', set('B_02.02', 3, 'c0050', 'F9'), [['807', 'B_02.02', 3, 'c0050']]],
  ['an unknown branch', set('B_04.01', 2, 'c0040', 'BR-XX'), [['807', 'B_04.01', 2, 'c0040']]],
  [
    'a day that is none',
    set('B_07.01', 1, 'c0070', '2025-02-30'),
    [['type', 'B_07.01', 1, 'c0070']],
  ],
  [
    'a day as others write it',
    set('B_02.02', 1, 'c0070', '01/03/2024'),
    [['type', 'B_02.02', 1, 'c0070']],
  ],
  [
    'a figure with a comma',
    set('B_02.01', 1, 'c0050', '120,000'),
    [['type', 'B_02.01', 1, 'c0050']],
  ],
  [
    'a code of no list',
    set('B_02.02', 2, 'c0090', 'eba_CO:x99'),
    [
      ['type', 'B_02.02', 2, 'c0090'],
      ['end-reason', 'B_02.02', 2, 'c0090'],
    ],
  ],
  [
    'an inherited name for a code',
    set('B_05.01', 1, 'c0070', 'constructor'),
    [['type', 'B_05.01', 1, 'c0070']],
  ],
  [
    'a country that is none',
    set('B_05.01', 1, 'c0080', 'eba_GA:ZZ'),
    [['type', 'B_05.01', 1, 'c0080']],
  ],
  [
    'a country without its prefix',
    set('B_05.01', 1, 'c0080', 'IE'),
    [['type', 'B_05.01', 1, 'c0080']],
  ],
  [
    'no country where one must be',
    set('B_01.01', 1, 'c0030', outside),
    [['type', 'B_01.01', 1, 'c0030']],
  ],
  [
    'a currency that is none',
    set('B_02.01', 1, 'c0040', 'eba_CU:XXY'),
    [['type', 'B_02.01', 1, 'c0040']],
  ],
  ['a link that is no truth', set('B_03.01', 1, 'c0030', 'yes'), [['type', 'B_03.01', 1, 'c0030']]],
];

test.each(cases)('%s is found, with its place', async (_, broken, found) => {
  const rows = sampleRows();
  broken(rows);
  expect(sorted(await foundIn(filesOf(rows)))).toEqual(sorted(found));
});
