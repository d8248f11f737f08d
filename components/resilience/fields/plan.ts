import { handDrills } from '#lib/resilience/drills/kinds.ts';
import {
  planStates,
  planTestStates,
  planTypes,
  scenarios,
} from '#lib/resilience/kinds/plan-words.ts';
import type { DraftFields } from './draft.ts';
import type { Section } from './field.ts';

const isApproved = ({ state }: DraftFields): boolean => state === 'approved';

/** DORA Art 11, RTS risk Art 24 to 26. */
export const planSections: readonly Section[] = [
  {
    title: 'The plan',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'type', label: 'Type', control: 'choice', options: planTypes },
      {
        name: 'functions',
        label: 'Functions that it covers',
        control: 'records',
        kind: 'function',
      },
      {
        name: 'scenarios',
        label: 'Scenarios',
        control: 'choices',
        options: scenarios,
        hint: 'RTS risk, Art 26(2).',
      },
      { name: 'rtoHours', label: 'Recovery time in hours', control: 'number', maybe: true },
      { name: 'rpoHours', label: 'Recovery point in hours', control: 'number', maybe: true },
    ],
  },
  {
    title: 'What is done',
    fields: [
      { name: 'activation', label: 'When it is activated', control: 'area' },
      { name: 'procedure', label: 'What is done', control: 'area' },
      { name: 'communication', label: 'Who is told, and how', control: 'area' },
      { name: 'deactivation', label: 'When it ends', control: 'area' },
    ],
  },
  {
    title: 'Approval and review',
    hint: 'Another person than the one who wrote it last approves a plan, saves that themselves, and changes nothing else. An approved plan stays as it is: to change it, put it back to draft. That takes the approval away, and another person approves it anew.',
    fields: [
      { name: 'state', label: 'State', control: 'choice', options: planStates },
      {
        name: 'approvedBy',
        label: 'Approved by',
        control: 'person',
        maybe: true,
        asked: true,
        when: isApproved,
      },
      {
        name: 'approvedOn',
        label: 'Approved on',
        control: 'day',
        maybe: true,
        asked: true,
        when: isApproved,
      },
      {
        name: 'nextReviewOn',
        label: 'Next review on',
        control: 'day',
        hint: 'At least yearly: DORA, Art 11(6).',
      },
    ],
  },
];

/** Drills and other tests of a plan: DORA Art 11(6). */
export const planTestSections: readonly Section[] = [
  {
    title: 'The test',
    fields: [
      { name: 'title', label: 'Title', control: 'title', most: 200 },
      { name: 'plan', label: 'Plan', control: 'record', kind: 'plan' },
      { name: 'scenarios', label: 'Scenarios', control: 'choices', options: scenarios },
      { name: 'plannedOn', label: 'Planned for', control: 'day' },
      {
        name: 'plannedRtoMinutes',
        label: 'Planned recovery time in minutes',
        control: 'number',
        maybe: true,
      },
      {
        name: 'plannedRpoMinutes',
        label: 'Planned recovery point in minutes',
        control: 'number',
        maybe: true,
      },
    ],
  },
  {
    title: 'What came out',
    fields: [
      { name: 'state', label: 'State', control: 'choice', options: planTestStates },
      { name: 'doneOn', label: 'Held on', control: 'day', maybe: true },
      {
        name: 'actualRtoMinutes',
        label: 'Recovery time in minutes',
        control: 'number',
        maybe: true,
      },
      {
        name: 'actualRpoMinutes',
        label: 'Recovery point in minutes',
        control: 'number',
        maybe: true,
      },
      {
        name: 'drillKind',
        label: 'Drill held by hand',
        control: 'choice',
        options: handDrills,
        maybe: true,
        hint: 'A drill that the console runs in a sandbox only. Once it is held, it counts as that drill.',
      },
      {
        name: 'drill',
        label: 'Id of the drill',
        control: 'line',
        look: 'mono',
        maybe: true,
        hint: 'Where the console ran it.',
        most: 100,
      },
      { name: 'deviation', label: 'What went other than planned', control: 'area' },
      { name: 'lessons', label: 'What was learned', control: 'area' },
      { name: 'reportedOn', label: 'Reported to the board on', control: 'day', maybe: true },
    ],
  },
];
