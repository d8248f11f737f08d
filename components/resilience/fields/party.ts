import { partyRoles } from '#lib/resilience/kinds/party-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 30(1)(a). What names an individual is a text, so that it can be erased. */
export const partySections: readonly Section[] = [
  {
    title: 'Controller or contact',
    fields: [
      {
        name: 'role',
        label: 'What it is to the processing',
        control: 'choice',
        options: partyRoles,
      },
      { name: 'name', label: 'Name of the legal person', control: 'line', maybe: true },
      { name: 'name', label: 'Name of the individual', control: 'title', most: 200 },
      { name: 'country', label: 'Country', control: 'country' },
      {
        name: 'code',
        label: 'Register number or LEI',
        control: 'line',
        look: 'mono',
        maybe: true,
      },
      { name: 'address', label: 'Postal address', control: 'line', most: 300 },
      { name: 'contact', label: 'Contact', control: 'area', most: 500 },
    ],
  },
];
