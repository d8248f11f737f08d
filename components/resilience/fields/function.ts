import { activities, impacts, yesNoOpen } from '#lib/resilience/codes.ts';
import type { Section } from './field.ts';

/** Template B_06.01, with the objectives of DORA Art 12(6). */
export const functionSections: readonly Section[] = [
  {
    title: 'What it is',
    fields: [
      {
        name: 'id',
        label: 'Identifier',
        control: 'line',
        look: 'mono',
        hint: 'F and a number, such as F1.',
      },
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'activity', label: 'Licensed activity', control: 'choice', options: activities },
      {
        name: 'entity',
        label: 'LEI of the entity',
        control: 'line',
        look: 'mono',
        maybe: true,
        hint: 'Empty for the entity that keeps the register.',
      },
      { name: 'owner', label: 'Who answers for it', control: 'person', maybe: true },
    ],
  },
  {
    title: 'How critical it is',
    fields: [
      { name: 'critical', label: 'Critical or important', control: 'choice', options: yesNoOpen },
      { name: 'reason', label: 'Why', control: 'area', most: 300 },
      {
        name: 'assessedOn',
        label: 'Last assessed on',
        control: 'day',
        maybe: true,
        hint: 'Classified again each year: DORA, Art 8(1).',
      },
      { name: 'impact', label: 'Impact of discontinuing it', control: 'choice', options: impacts },
      {
        name: 'rtoHours',
        label: 'Recovery time in hours',
        control: 'number',
        maybe: true,
        hint: 'How long it may be away. Under an hour is 1.',
      },
      {
        name: 'rpoHours',
        label: 'Recovery point in hours',
        control: 'number',
        maybe: true,
        hint: 'How much of the newest data may be lost.',
      },
    ],
  },
];
