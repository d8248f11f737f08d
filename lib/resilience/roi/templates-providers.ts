/** Templates of providers, functions and assessments (B_05.01 to B_07.01). Pure data. */
import {
  activities,
  codeTypes,
  impacts,
  personTypes,
  serviceTypes,
  substitutabilities,
  substitutionReasons,
  yesNoOpen,
} from '../codes.ts';
import {
  amount,
  column,
  country,
  currency,
  day,
  key,
  lei,
  listOf,
  text,
  whole,
  type Template,
} from './column.ts';
import { allActivities, allReintegrations, yesNo } from './lists.ts';

const contract = key('c0010', 'Contract', text);
const service = (code: string) => key(code, 'Type of service', listOf(serviceTypes));
const typeOfCode = (code: string) => column(code, 'Type of code', 'M', listOf(codeTypes));

export const providerTemplates: readonly Template[] = [
  {
    code: 'B_05.01',
    name: 'Providers',
    columns: [
      key('c0010', 'Code', text),
      typeOfCode('c0020'),
      column('c0030', 'Additional code', 'O', text),
      column('c0040', 'Type of the additional code', 'C', listOf(codeTypes)),
      column('c0050', 'Legal name', 'M', text),
      column('c0060', 'Name in Latin letters', 'M', text),
      column('c0070', 'Legal person or individual', 'M', listOf(personTypes)),
      column('c0080', 'Country of the headquarters', 'M', country),
      column('c0090', 'Currency of the expense', 'C', currency),
      column('c0100', 'Yearly expense', 'C', amount('v8824')),
      column('c0110', 'Code of the ultimate parent', 'C', text),
      column('c0120', 'Type of the code of the parent', 'C', listOf(codeTypes)),
    ],
  },
  {
    code: 'B_05.02',
    name: 'Supply chain',
    columns: [
      contract,
      service('c0020'),
      key('c0030', 'Provider', text),
      typeOfCode('c0040'),
      key('c0050', 'Rank', whole(1)),
      key('c0060', 'Recipient of the service', text),
      column('c0070', 'Type of code of the recipient', 'C', listOf(codeTypes)),
    ],
  },
  {
    code: 'B_06.01',
    name: 'Functions',
    columns: [
      key('c0010', 'Function', { kind: 'function' }),
      column('c0020', 'Licensed activity', 'M', {
        kind: 'list',
        codes: activities,
        other: allActivities,
      }),
      column('c0030', 'Name', 'M', text),
      key('c0040', 'LEI of the entity', lei({ pattern: 'v8897' })),
      column('c0050', 'Critical or important', 'M', listOf(yesNoOpen)),
      column('c0060', 'Reason', 'O', { kind: 'text', most: 300 }),
      column('c0070', 'Last assessment', 'M', day),
      column('c0080', 'Recovery time objective, hours', 'M', whole()),
      column('c0090', 'Recovery point objective, hours', 'M', whole()),
      column('c0100', 'Impact of discontinuing it', 'M', listOf(impacts)),
    ],
  },
  {
    code: 'B_07.01',
    name: 'Assessment of services for critical functions',
    columns: [
      contract,
      key('c0020', 'Provider', text),
      typeOfCode('c0030'),
      service('c0040'),
      column('c0050', 'Substitutability', 'M', listOf(substitutabilities)),
      column('c0060', 'Reason', 'C', listOf(substitutionReasons)),
      column('c0070', 'Last audit', 'M', day),
      column('c0080', 'Exit plan', 'M', listOf(yesNo)),
      column('c0090', 'Reintegration', 'M', listOf(allReintegrations)),
      column('c0100', 'Impact of discontinuing it', 'M', listOf(impacts)),
      column('c0110', 'Alternatives identified', 'M', listOf(yesNoOpen)),
      column('c0120', 'Which alternatives', 'O', text),
    ],
  },
];
