/** Templates of entities, branches and their own definitions (B_01.01 to B_01.03, B_99.01). Pure data. */
import { entityTypes, groupEntityTypes, hierarchies } from '../codes.ts';
import { definitions } from '../kinds/entity-words.ts';
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
  type Template,
} from './column.ts';

export const entityTemplates: readonly Template[] = [
  {
    code: 'B_01.01',
    name: 'Entity maintaining the register',
    columns: [
      key('c0010', 'LEI', lei({ pattern: 'v8890', issued: 'VR_2' })),
      column('c0020', 'Name', 'M', text),
      column('c0030', 'Country', 'M', country),
      column('c0040', 'Type of entity', 'M', listOf(entityTypes)),
      column('c0050', 'Competent authority', 'M', text),
      column('c0060', 'Date of reporting', 'M', day),
    ],
  },
  {
    code: 'B_01.02',
    name: 'Entities in scope',
    columns: [
      key('c0010', 'LEI', lei({ pattern: 'v8891', issued: 'VR_12' })),
      column('c0020', 'Name', 'M', text),
      column('c0030', 'Country', 'M', country),
      column('c0040', 'Type of entity', 'M', listOf(groupEntityTypes)),
      column('c0050', 'Place in the group', 'M', listOf(hierarchies)),
      column('c0060', 'LEI of the direct parent', 'M', lei({ issued: 'VR_16' })),
      column('c0070', 'Last update', 'M', day),
      column('c0080', 'Date of integration', 'M', day),
      column('c0090', 'Date of deletion', 'M', day),
      column('c0100', 'Currency of the assets', 'C', currency),
      column('c0110', 'Total assets', 'C', amount('v22913')),
    ],
  },
  {
    code: 'B_01.03',
    name: 'Branches',
    columns: [
      key('c0010', 'Code of the branch', text),
      key('c0020', 'LEI of the head office', lei({ pattern: 'v8892', issued: 'VR_23' })),
      column('c0030', 'Name', 'M', text),
      column('c0040', 'Country', 'M', country),
    ],
  },
];

export const definitionTemplate: Template = {
  code: 'B_99.01',
  name: 'Own definitions',
  columns: Object.entries(definitions).map(([code, name]) => column(code, name, 'C', text)),
};
