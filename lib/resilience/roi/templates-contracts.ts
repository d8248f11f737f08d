/** Templates of contracts, of who signs them and of who uses them (B_02.01 to B_04.01). Pure data. */
import {
  branch,
  codeTypes,
  contractTypes,
  endReasons,
  notABranch,
  reliances,
  sensitivities,
  serviceTypes,
} from '../codes.ts';
import {
  amount,
  column,
  currency,
  day,
  key,
  lei,
  link,
  listOf,
  text,
  whole,
  type ColumnType,
  type Template,
} from './column.ts';
import { yesNo } from './lists.ts';

const contract = key('c0010', 'Contract', text);
const countryOrNone: ColumnType = { kind: 'country', orNone: true };
const linked = (code: string) => column(code, 'Link', 'M', link);

export const contractTemplates: readonly Template[] = [
  {
    code: 'B_02.01',
    name: 'Contracts, general',
    columns: [
      key('c0010', 'Reference', text),
      column('c0020', 'Type of contract', 'M', listOf(contractTypes)),
      column('c0030', 'Overarching contract', 'M', text),
      column('c0040', 'Currency', 'M', currency),
      column('c0050', 'Yearly expense', 'M', amount('v23716')),
    ],
  },
  {
    code: 'B_02.02',
    name: 'Contracts, specific',
    columns: [
      contract,
      key('c0020', 'LEI of the user', lei({ pattern: 'v8893' })),
      key('c0030', 'Code of the provider', text),
      column('c0040', 'Type of code', 'M', listOf(codeTypes)),
      key('c0050', 'Function', { kind: 'function' }),
      key('c0060', 'Type of service', listOf(serviceTypes)),
      column('c0070', 'Start', 'M', day),
      column('c0080', 'End', 'M', day),
      column('c0090', 'Reason of the end', 'C', listOf(endReasons)),
      column('c0100', 'Notice of the entity, days', 'C', whole()),
      column('c0110', 'Notice of the provider, days', 'C', whole()),
      column('c0120', 'Governing law', 'C', countryOrNone),
      key('c0130', 'Country of provision', countryOrNone),
      column('c0140', 'Storage of data', 'C', listOf(yesNo)),
      key('c0150', 'Country of data at rest', countryOrNone),
      key('c0160', 'Country of processing', countryOrNone),
      column('c0170', 'Sensitivity of the data', 'C', listOf(sensitivities)),
      column('c0180', 'Reliance', 'C', listOf(reliances)),
    ],
  },
  {
    code: 'B_02.03',
    name: 'Chains within the group',
    columns: [
      key('c0010', 'Contract with the provider of the group', text),
      key('c0020', 'Contract with the outside provider', text),
      linked('c0030'),
    ],
  },
  {
    code: 'B_03.01',
    name: 'Who signs for the entity',
    columns: [
      contract,
      key('c0020', 'LEI of who signs', lei({ pattern: 'v8894' })),
      linked('c0030'),
    ],
  },
  {
    code: 'B_03.02',
    name: 'Which provider signs',
    columns: [
      contract,
      key('c0020', 'Code of the provider', text),
      column('c0030', 'Type of code', 'M', listOf(codeTypes)),
    ],
  },
  {
    code: 'B_03.03',
    name: 'Entities of the group that provide',
    columns: [
      contract,
      key('c0020', 'LEI of the entity', lei({ pattern: 'v8895' })),
      linked('c0031'),
    ],
  },
  {
    code: 'B_04.01',
    name: 'Who uses the service',
    columns: [
      contract,
      key('c0020', 'LEI of the user', lei({ pattern: 'v8896' })),
      column(
        'c0030',
        'Branch or not',
        'M',
        listOf({ [branch]: 'Branch', [notABranch]: 'Not a branch' }),
      ),
      key('c0040', 'Code of the branch', text),
    ],
  },
];
