/** A small register in which nothing is wrong: a crypto-asset service provider with three contracts. */
import type { Row, TemplateCode } from '../column.ts';
import type { RegisterSource } from '../register-source.ts';

/** The twenty characters of an LEI with the check digits that belong to a beginning. */
export function leiOf(beginning: string): string {
  const body = beginning.padEnd(18, '0').slice(0, 18);
  const digits = Array.from(`${body}00`, (character) => Number.parseInt(character, 36)).join('');
  return body + String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}

export const entity = leiOf('5299CUSTODIAN');
export const cloud = leiOf('5299CLOUD');
export const cloudParent = leiOf('5299CLOUDPARENT');
export const dataCentre = leiOf('5299DATACENTRE');
export const desk = 'NLNHR.12345678';
export const period = '2025-12-31';

export type Rows = Record<TemplateCode, Record<string, string>[]>;

const use = { c0020: entity, c0070: '2024-03-01', c0080: '9999-12-31', c0090: '' };
const open = {
  c0100: '',
  c0110: '',
  c0120: '',
  c0130: 'eba_GA:qx2007',
  c0140: '',
  c0150: 'eba_GA:qx2007',
  c0160: 'eba_GA:qx2007',
  c0170: '',
  c0180: '',
};
const lei = 'eba_qCO:qx2000';
const euid = 'eba_qCO:qx2002';

function provider(code: string, name: string, cells: Row): Record<string, string> {
  return {
    c0010: code,
    c0020: lei,
    c0030: '',
    c0040: '',
    c0050: name,
    c0060: name,
    c0070: 'eba_CT:x212',
    c0080: 'eba_GA:LU',
    c0090: '',
    c0100: '',
    c0110: code,
    c0120: lei,
    ...cells,
  };
}

const link = (
  contract: string,
  service: string,
  code: string,
  rank: number,
  to: string,
): Record<string, string> => ({
  c0010: contract,
  c0020: service,
  c0030: code,
  c0040: code === desk ? euid : lei,
  c0050: String(rank),
  c0060: to,
  c0070: rank === 1 ? '' : lei,
});

/** Fresh rows each time, for tests that break one of them. */
export const sampleRows = (): Rows => ({
  'B_01.01': [
    {
      c0010: entity,
      c0020: 'Lindengrund Custody S.A.',
      c0030: 'eba_GA:LU',
      c0040: 'eba_CT:x303',
      c0050: 'CSSF',
      c0060: period,
    },
  ],
  'B_01.02': [
    {
      c0010: entity,
      c0020: 'Lindengrund Custody S.A.',
      c0030: 'eba_GA:LU',
      c0040: 'eba_CT:x303',
      c0050: 'eba_RP:x21',
      c0060: entity,
      c0070: '2025-12-15',
      c0080: '2025-01-17',
      c0090: '9999-12-31',
      c0100: 'eba_CU:EUR',
      c0110: '48000000',
    },
  ],
  'B_01.03': [{ c0010: 'BR-DE', c0020: entity, c0030: 'Branch Frankfurt', c0040: 'eba_GA:DE' }],
  'B_02.01': [
    {
      c0010: 'C-1',
      c0020: 'eba_CO:x2',
      c0030: 'Not applicable',
      c0040: 'eba_CU:EUR',
      c0050: '120000.50',
    },
    { c0010: 'C-2', c0020: 'eba_CO:x3', c0030: 'C-1', c0040: 'eba_CU:EUR', c0050: '30000' },
    {
      c0010: 'C-3',
      c0020: 'eba_CO:x1',
      c0030: 'Not applicable',
      c0040: 'eba_CU:USD',
      c0050: '0',
    },
  ],
  'B_02.02': [
    {
      ...use,
      c0010: 'C-1',
      c0030: cloud,
      c0040: lei,
      c0050: 'F1',
      c0060: 'eba_TA:S17',
      c0100: '90',
      c0110: '180',
      c0120: 'eba_GA:LU',
      c0130: 'eba_GA:IE',
      c0140: 'eba_BT:x28',
      c0150: 'eba_GA:IE',
      c0160: 'eba_GA:DE',
      c0170: 'eba_ZZ:x793',
      c0180: 'eba_ZZ:x797',
    },
    {
      ...use,
      ...open,
      c0010: 'C-2',
      c0030: cloud,
      c0040: lei,
      c0050: 'F2',
      c0060: 'eba_TA:S19',
    },
    {
      ...use,
      ...open,
      c0010: 'C-3',
      c0030: desk,
      c0040: euid,
      c0050: 'F2',
      c0060: 'eba_TA:S03',
      c0080: '2025-06-30',
      c0090: 'eba_CO:x4',
    },
  ],
  'B_02.03': [],
  'B_03.01': ['C-1', 'C-2', 'C-3'].map((c0010) => ({ c0010, c0020: entity, c0030: 'true' })),
  'B_03.02': [
    { c0010: 'C-1', c0020: cloud, c0030: lei },
    { c0010: 'C-2', c0020: cloud, c0030: lei },
    { c0010: 'C-3', c0020: desk, c0030: euid },
  ],
  'B_03.03': [],
  'B_04.01': [
    { c0010: 'C-1', c0020: entity, c0030: 'eba_ZZ:x839', c0040: 'Not applicable' },
    { c0010: 'C-2', c0020: entity, c0030: 'eba_ZZ:x838', c0040: 'BR-DE' },
    { c0010: 'C-3', c0020: entity, c0030: 'eba_ZZ:x839', c0040: 'Not applicable' },
  ],
  'B_05.01': [
    provider(cloud, 'Nordlicht Cloud Ltd', {
      c0080: 'eba_GA:IE',
      c0090: 'eba_CU:EUR',
      c0100: '150000.50',
      c0110: cloudParent,
    }),
    provider(cloudParent, 'Nordlicht "Holding", Inc.', { c0080: 'eba_GA:US' }),
    provider(dataCentre, 'Rechenzentrum Süd GmbH', {
      c0030: 'DEK1101R.HRB123456',
      c0040: euid,
      c0080: 'eba_GA:DE',
    }),
    provider(desk, 'Helpdesk B.V.', {
      c0020: euid,
      c0080: 'eba_GA:NL',
      c0090: 'eba_CU:USD',
      c0100: '0',
      c0120: euid,
    }),
  ],
  'B_05.02': [
    link('C-1', 'eba_TA:S17', cloud, 1, cloud),
    link('C-1', 'eba_TA:S17', dataCentre, 2, cloud),
    link('C-2', 'eba_TA:S19', cloud, 1, cloud),
    link('C-3', 'eba_TA:S03', desk, 1, desk),
  ],
  'B_06.01': [
    {
      c0010: 'F1',
      c0020: 'eba_TA:x228',
      c0030: 'Custody of keys',
      c0040: entity,
      c0050: 'eba_BT:x28',
      c0060: 'Clients can’t reach their assets without it.\nNothing stands in for it.',
      c0070: '2025-11-01',
      c0080: '4',
      c0090: '1',
      c0100: 'eba_ZZ:x793',
    },
    {
      c0010: 'F2',
      c0020: 'eba_TA:x276',
      c0030: 'Help desk',
      c0040: entity,
      c0050: 'eba_BT:x29',
      c0060: '',
      c0070: '2025-11-01',
      c0080: '24',
      c0090: '0',
      c0100: 'eba_ZZ:x791',
    },
  ],
  'B_07.01': [
    {
      c0010: 'C-1',
      c0020: cloud,
      c0030: lei,
      c0040: 'eba_TA:S17',
      c0050: 'eba_ZZ:x960',
      c0060: 'eba_ZZ:x964',
      c0070: '2025-05-05',
      c0080: 'eba_BT:x28',
      c0090: 'eba_ZZ:x966',
      c0100: 'eba_ZZ:x793',
      c0110: 'eba_BT:x28',
      c0120: 'Südwolke SE',
    },
  ],
  'B_99.01': [
    Object.fromEntries(
      Array.from({ length: 19 }, (_, at) => [
        `c${String((at + 1) * 10).padStart(4, '0')}`,
        `Our meaning of option ${at + 1}`,
      ]),
    ),
  ],
});

export const sourceOf = (rows: Rows): RegisterSource => ({
  rows: async function* rowsOf(template) {
    yield* rows[template];
  },
});
