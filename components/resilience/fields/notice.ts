import { noticePieces, noticeSources, noticeStates } from '#lib/resilience/kinds/notice-words.ts';
import { personCategories } from '#lib/resilience/kinds/privacy-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 12 to 14. */
export const noticeSections: readonly Section[] = [
  {
    title: 'The notice',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'state', label: 'State', control: 'choice', options: noticeStates },
      {
        name: 'language',
        label: 'Language',
        control: 'line',
        most: 2,
        hint: 'Two letters, such as en. Each language is a notice of its own.',
      },
      {
        name: 'source',
        label: 'Where the data come from',
        control: 'choice',
        options: noticeSources,
      },
      { name: 'audience', label: 'Audience', control: 'choices', options: personCategories },
      { name: 'activities', label: 'Activities it tells of', control: 'records', kind: 'activity' },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
    ],
  },
  {
    title: 'What it has to say',
    fields: [
      {
        name: 'hasInterests',
        label: 'Something rests on legitimate interests',
        control: 'yes-no',
      },
      {
        name: 'hasTransfers',
        label: 'Data leave the European Economic Area',
        control: 'yes-no',
      },
      { name: 'hasConsent', label: 'Something rests on consent', control: 'yes-no' },
      { name: 'pieces', label: 'What it says', control: 'choices', options: noticePieces },
    ],
  },
  {
    title: 'Editions',
    fields: [
      {
        name: 'editions',
        label: 'Editions',
        control: 'rows',
        one: 'edition',
        hint: 'Oldest first. An edition stays, so that it can be shown what people were told.',
        fields: [
          { name: 'edition', label: 'Edition', control: 'line', most: 50 },
          { name: 'inForceFrom', label: 'In force from', control: 'day' },
          {
            name: 'digest',
            label: 'SHA-256 of the text',
            control: 'line',
            look: 'mono',
            most: 64,
            maybe: true,
          },
          { name: 'at', label: 'Where it stands', control: 'line', most: 300, maybe: true },
        ],
      },
      {
        name: 'text',
        label: 'Text of the newest edition',
        control: 'area',
        hint: 'Where it is short. Otherwise its SHA-256, and where it stands.',
      },
      { name: 'note', label: 'What changed', control: 'area' },
    ],
  },
];
