import { consentStates } from '#lib/resilience/kinds/consent-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 7. */
export const consentSections: readonly Section[] = [
  {
    title: 'The consent',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'state', label: 'State', control: 'choice', options: consentStates },
      { name: 'purpose', label: 'Purpose', control: 'area', most: 1000 },
      { name: 'activity', label: 'Activity', control: 'record', kind: 'activity', maybe: true },
      { name: 'notice', label: 'Privacy notice', control: 'record', kind: 'notice', maybe: true },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
    ],
  },
  {
    title: 'How it is asked for and taken back',
    fields: [
      { name: 'wording', label: 'Wording', control: 'area', hint: 'As it is used now (Art 7(2)).' },
      {
        name: 'wordings',
        label: 'Versions of the wording',
        control: 'rows',
        one: 'wording',
        hint: 'Oldest first. The history of this record keeps the words of each.',
        fields: [
          { name: 'version', label: 'Version', control: 'line', most: 50 },
          { name: 'usedFrom', label: 'Used from', control: 'day' },
        ],
      },
      {
        name: 'withdrawal',
        label: 'How it is taken back',
        control: 'area',
        most: 1000,
        hint: 'As easily as it was given (Art 7(3)).',
      },
    ],
  },
  {
    title: 'Who gave it',
    hint: 'Counts only. Who gave it stands in the vault of people, in the field named here.',
    fields: [
      { name: 'field', label: 'Field of the vault', control: 'line', look: 'mono', most: 60 },
      { name: 'given', label: 'Given by so many', control: 'number', maybe: true },
      { name: 'withdrawn', label: 'Taken back by so many', control: 'number', maybe: true },
      { name: 'countedOn', label: 'Counted on', control: 'day', maybe: true },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
];

/** What a new one begins with. */
export const consentStart = { state: 'active', field: 'marketing-consent' } as const;
