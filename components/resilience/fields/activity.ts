import {
  activityStates,
  automatedDecisions,
  dpiaNeeds,
} from '#lib/resilience/kinds/activity-words.ts';
import {
  dataCategories,
  legalBases,
  personCategories,
  retentionWords,
} from '#lib/resilience/kinds/privacy-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 30(1), by its letters. */
export const activitySections: readonly Section[] = [
  {
    title: 'The activity',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'state', label: 'State', control: 'choice', options: activityStates },
      { name: 'owner', label: 'Owner', control: 'person' },
      { name: 'reviewedOn', label: 'Last reviewed on', control: 'day', maybe: true },
      {
        name: 'reviewOn',
        label: 'Next review on',
        control: 'day',
        hint: 'Within twelve months of the last.',
      },
    ],
  },
  {
    title: 'Who answers for it',
    hint: 'Each is a record with contacts, so that a change of address is made once (Art 30(1)(a)).',
    fields: [
      { name: 'controller', label: 'Controller', control: 'record', kind: 'party' },
      {
        name: 'dpo',
        label: 'Data protection officer',
        control: 'record',
        kind: 'party',
        maybe: true,
      },
      { name: 'jointControllers', label: 'Joint controllers', control: 'records', kind: 'party' },
      {
        name: 'representative',
        label: 'Representative in the Union',
        control: 'record',
        kind: 'party',
        maybe: true,
      },
    ],
  },
  {
    title: 'What it is for',
    fields: [
      {
        name: 'purposes',
        label: 'Purposes',
        control: 'rows',
        one: 'purpose',
        hint: 'Each with its legal basis; an obligation names its law, a legitimate interest says which (Art 30(1)(b), 6(1)).',
        fields: [
          { name: 'purpose', label: 'Purpose', control: 'line', most: 300 },
          { name: 'basis', label: 'Legal basis', control: 'choice', options: legalBases },
          { name: 'ground', label: 'Law or interest', control: 'line', most: 300, maybe: true },
        ],
      },
    ],
  },
  {
    title: 'Whose data, and which',
    fields: [
      {
        name: 'persons',
        label: 'Categories of persons',
        control: 'choices',
        options: personCategories,
        hint: 'Art 30(1)(c).',
      },
      {
        name: 'data',
        label: 'Categories of data',
        control: 'rows',
        one: 'category of data',
        hint: 'Each with its time limit for erasure: a rule, or words where no rule has it (Art 30(1)(c) and (f)).',
        fields: [
          { name: 'category', label: 'Category', control: 'choice', options: dataCategories },
          {
            name: 'retention',
            label: 'Rule of erasure',
            control: 'choice',
            options: retentionWords,
            maybe: true,
          },
          { name: 'limit', label: 'Time limit in words', control: 'line', most: 300, maybe: true },
        ],
      },
    ],
  },
  {
    title: 'Who receives them',
    fields: [
      {
        name: 'recipients',
        label: 'Categories of recipients',
        control: 'rows',
        one: 'recipient',
        hint: 'Also those in third countries and international organisations (Art 30(1)(d)).',
        fields: [
          { name: 'recipient', label: 'Category', control: 'line', most: 300 },
          {
            name: 'country',
            label: 'Country, where it is abroad',
            control: 'country',
            maybe: true,
          },
        ],
      },
      { name: 'transfers', label: 'Transfers', control: 'records', kind: 'transfer' },
      { name: 'processors', label: 'Processors', control: 'records', kind: 'processor' },
    ],
  },
  {
    title: 'How it is secured',
    fields: [
      {
        name: 'measures',
        label: 'Measures of security',
        control: 'area',
        hint: 'Art 30(1)(g), 32(1).',
      },
      { name: 'systems', label: 'Systems', control: 'records', kind: 'asset' },
      {
        name: 'dpiaNeed',
        label: 'Impact assessment',
        control: 'choice',
        options: dpiaNeeds,
        maybe: true,
        hint: 'The assessment names the activities that it covers (Art 35(1)).',
      },
      {
        name: 'dpia-reason',
        label: 'Why none is needed',
        control: 'area',
        when: ({ dpiaNeed }) => dpiaNeed === 'not-needed',
      },
      {
        name: 'automated',
        label: 'Decisions by machines alone',
        control: 'choice',
        options: automatedDecisions,
        maybe: true,
        hint: 'With legal or similarly weighty effects for people (Art 22(1)). The person is told with their copy.',
      },
      {
        name: 'automated-logic',
        label: 'How machines decide, and what follows',
        control: 'area',
        hint: 'In plain words: what is taken into account, and what it means for people (Art 15(1)(h)).',
        when: ({ automated }) => automated === 'yes',
      },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
];
