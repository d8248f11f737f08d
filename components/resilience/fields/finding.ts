import { findingSources, findingStates, severities } from '#lib/resilience/kinds/finding-words.ts';
import type { DraftFields } from './draft.ts';
import type { Section } from './field.ts';

const isRemedied = ({ state }: DraftFields): boolean =>
  state === 'remedied' || state === 'validated';
const isAccepted = ({ state }: DraftFields): boolean => state === 'accepted';
const isValidated = ({ state }: DraftFields): boolean => state === 'validated';

/** DORA Art 24(5) and 6(7). */
export const findingSections: readonly Section[] = [
  {
    title: 'What was found',
    fields: [
      { name: 'title', label: 'Title', control: 'title', most: 200 },
      { name: 'description', label: 'What was found, and how', control: 'area' },
      { name: 'source', label: 'Found by', control: 'choice', options: findingSources },
      { name: 'severity', label: 'Severity', control: 'choice', options: severities },
      {
        name: 'foundOn',
        label: 'Found on',
        control: 'day',
        hint: 'Once saved it only moves to an earlier day.',
      },
      { name: 'test', label: 'Test that found it', control: 'record', kind: 'test', maybe: true },
      {
        name: 'planTest',
        label: 'Test of a plan that found it',
        control: 'record',
        kind: 'plan-test',
        maybe: true,
      },
      {
        name: 'incident',
        label: 'Number of the incident',
        control: 'line',
        look: 'mono',
        maybe: true,
        most: 40,
      },
    ],
  },
  {
    title: 'What is done about it',
    fields: [
      { name: 'state', label: 'State', control: 'choice', options: findingStates },
      { name: 'owner', label: 'Who remedies it', control: 'person', maybe: true },
      { name: 'remedy', label: 'Remedy', control: 'area' },
      {
        name: 'dueOn',
        label: 'Due on',
        control: 'day',
        maybe: true,
        hint: 'Empty for what the severity asks: 7, 30, 90 or 180 days.',
      },
      {
        name: 'extension',
        label: 'Why it takes longer',
        control: 'area',
        when: ({ dueOn }) => dueOn !== '',
      },
      {
        name: 'remediedOn',
        label: 'Remedied on',
        control: 'day',
        maybe: true,
        asked: true,
        when: isRemedied,
      },
      {
        name: 'remediedBy',
        label: 'Remedied by',
        control: 'person',
        maybe: true,
        asked: true,
        when: isRemedied,
      },
      {
        name: 'validatedOn',
        label: 'Validated on',
        control: 'day',
        maybe: true,
        asked: true,
        when: isValidated,
      },
      {
        name: 'validatedBy',
        label: 'Validated by',
        control: 'person',
        maybe: true,
        asked: true,
        when: isValidated,
        hint: 'Whoever validates it saves that themselves, changes nothing else, and neither remedied it nor wrote it last. What is validated stays as it is; setting it to open takes that away.',
      },
      { name: 'validation', label: 'How it was validated', control: 'area', when: isValidated },
      {
        name: 'acceptedBy',
        label: 'Accepted by',
        control: 'person',
        maybe: true,
        asked: true,
        when: isAccepted,
        hint: 'Whoever accepts it saves that themselves, changes nothing else, and is neither its owner nor the one who wrote it last. What is accepted stays as it is; setting it to open takes that away.',
      },
      { name: 'acceptance', label: 'Why it is accepted', control: 'area', when: isAccepted },
    ],
  },
  {
    title: 'What it is about',
    fields: [
      { name: 'functions', label: 'Functions', control: 'records', kind: 'function' },
      { name: 'assets', label: 'Assets', control: 'records', kind: 'asset' },
      { name: 'providers', label: 'Providers', control: 'records', kind: 'provider' },
    ],
  },
];
