import { entityTypes, groupEntityTypes, hierarchies } from '#lib/resilience/codes.ts';
import { definitionField, definitions } from '#lib/resilience/kinds/entity-words.ts';
import type { Field, LeafField, Section } from './field.ts';

const placeFields: readonly LeafField[] = [
  { name: 'name', label: 'Name', control: 'line' },
  { name: 'country', label: 'Country', control: 'country' },
  { name: 'hierarchy', label: 'Place in the group', control: 'choice', options: hierarchies },
  {
    name: 'parentLei',
    label: 'LEI of the direct parent',
    control: 'line',
    look: 'mono',
    maybe: true,
  },
  { name: 'integratedOn', label: 'In the register since', control: 'day' },
  { name: 'assets', label: 'Total assets', control: 'money', maybe: true },
  { name: 'currency', label: 'Currency of the assets', control: 'currency', maybe: true },
];

/** Templates B_01.01 to B_01.03 and B_99.01. */
export const entitySections: readonly Section[] = [
  {
    title: 'The entity that keeps the register',
    fields: [
      { name: 'lei', label: 'LEI', control: 'line', look: 'mono' },
      { name: 'type', label: 'Type', control: 'choice', options: entityTypes },
      { name: 'authority', label: 'Competent authority', control: 'line', maybe: true },
      ...placeFields,
    ],
  },
  {
    title: 'Branches and group',
    fields: [
      {
        name: 'branches',
        label: 'Branches',
        control: 'rows',
        one: 'branch',
        fields: [
          { name: 'code', label: 'Code', control: 'line' },
          { name: 'name', label: 'Name', control: 'line' },
          { name: 'country', label: 'Country', control: 'country' },
          {
            name: 'headOffice',
            label: 'LEI of the head office',
            control: 'line',
            look: 'mono',
            maybe: true,
            hint: 'Empty for the entity above.',
          },
        ],
      },
      {
        name: 'group',
        label: 'Other entities of the group',
        control: 'rows',
        one: 'entity',
        fields: [
          { name: 'lei', label: 'LEI', control: 'line', look: 'mono' },
          { name: 'type', label: 'Type', control: 'choice', options: groupEntityTypes },
          ...placeFields,
          { name: 'updatedOn', label: 'Updated on', control: 'day' },
          { name: 'deletedOn', label: 'Deleted on', control: 'day', maybe: true },
        ],
      },
    ],
  },
  {
    title: 'What the words mean here',
    hint: 'The register asks for the entity’s own meaning of each option (template B_99.01).',
    fields: Object.entries(definitions).map(([column, what]): Field => ({
      name: definitionField(column),
      label: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      control: 'area',
    })),
  },
];
