import {
  independences,
  testResults,
  testStates,
  testTypes,
} from '#lib/resilience/kinds/test-words.ts';
import type { DraftFields } from './draft.ts';
import type { Section } from './field.ts';

const isDone = ({ state }: DraftFields): boolean => state === 'done';

/** DORA Art 24 to 27. */
export const testSections: readonly Section[] = [
  {
    title: 'The test',
    fields: [
      { name: 'title', label: 'Title', control: 'title', most: 200 },
      { name: 'type', label: 'Type', control: 'choice', options: testTypes },
      { name: 'plannedOn', label: 'Planned for', control: 'day' },
      { name: 'state', label: 'State', control: 'choice', options: testStates },
      { name: 'tester', label: 'Who tests', control: 'title', most: 200 },
      {
        name: 'independence',
        label: 'Independence of the tester',
        control: 'choice',
        options: independences,
        hint: 'DORA, Art 24(4).',
      },
    ],
  },
  {
    title: 'What is tested',
    fields: [
      { name: 'functions', label: 'Functions', control: 'records', kind: 'function' },
      { name: 'assets', label: 'Assets', control: 'records', kind: 'asset' },
      { name: 'providers', label: 'Providers', control: 'records', kind: 'provider' },
      { name: 'scope', label: 'Scope', control: 'area' },
      { name: 'scenario', label: 'Scenario', control: 'area' },
    ],
  },
  {
    title: 'What came out',
    hint: 'Once it is done.',
    fields: [
      { name: 'doneOn', label: 'Done on', control: 'day', maybe: true, asked: true, when: isDone },
      {
        name: 'result',
        label: 'Result',
        control: 'choice',
        options: testResults,
        maybe: true,
        asked: true,
        when: isDone,
      },
      { name: 'outcome', label: 'What came out', control: 'area', when: isDone },
      {
        name: 'approvedBy',
        label: 'Report approved by',
        control: 'person',
        maybe: true,
        when: isDone,
        hint: 'Empty until another person than the one who wrote it down approves it, and saves that themselves. Emptying it takes the approval away; nothing else of an approved report changes.',
      },
    ],
  },
];
