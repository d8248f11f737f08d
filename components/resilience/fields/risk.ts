import {
  impactSteps,
  likelihoods,
  riskCategories,
  riskStates,
  treatments,
} from '#lib/resilience/kinds/risk-words.ts';
import type { LeafField, Section } from './field.ts';

/** 1 to 5, each with its word. A map keeps figures in their order. */
const steps = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(words.map((word, at) => [String(at + 1), `${at + 1} · ${word}`]));

const rating: readonly LeafField[] = [
  {
    name: 'likelihood',
    label: 'Likelihood',
    control: 'number',
    hint: Object.values(steps(likelihoods)).join(', '),
  },
  {
    name: 'impact',
    label: 'Impact',
    control: 'number',
    hint: Object.values(steps(impactSteps)).join(', '),
  },
];

/** DORA Art 6 and 8, RTS risk Art 3. */
export const riskSections: readonly Section[] = [
  {
    title: 'The risk',
    fields: [
      { name: 'title', label: 'Title', control: 'title', most: 200 },
      { name: 'category', label: 'Category', control: 'choice', options: riskCategories },
      { name: 'description', label: 'Vulnerability and threat', control: 'area' },
      { name: 'owner', label: 'Owner', control: 'person' },
    ],
  },
  {
    title: 'How large it is',
    hint: 'Likelihood and impact from 1 to 5; their product is the score.',
    fields: [
      {
        name: 'inherent',
        label: 'Inherent, with nothing done about it',
        control: 'group',
        fields: rating,
      },
      {
        name: 'residual',
        label: 'Residual, with what is done about it',
        control: 'group',
        fields: rating,
      },
      {
        name: 'appetite',
        label: 'Appetite',
        control: 'number',
        hint: 'The highest residual score that is borne without somebody accepting it by name.',
      },
      { name: 'indicators', label: 'What shows impact and likelihood', control: 'area' },
    ],
  },
  {
    title: 'What is done about it',
    fields: [
      { name: 'treatment', label: 'Treatment', control: 'choice', options: treatments },
      { name: 'treatment-plan', label: 'What is done', control: 'area' },
      { name: 'state', label: 'State', control: 'choice', options: riskStates },
      {
        name: 'acceptedBy',
        label: 'Accepted by',
        control: 'person',
        maybe: true,
        asked: true,
        when: ({ state }) => state === 'accepted',
        hint: 'Whoever accepts it saves that themselves, changes nothing else, and is neither its owner nor the one who wrote it last. An accepted risk stays as it is: setting it to open takes the acceptance away. Its reviews are dated by whoever accepted it.',
      },
      {
        name: 'acceptedOn',
        label: 'Accepted on',
        control: 'day',
        maybe: true,
        asked: true,
        when: ({ state }) => state === 'accepted',
      },
      {
        name: 'acceptance',
        label: 'Why it is accepted',
        control: 'area',
        when: ({ state }) => state === 'accepted',
      },
      { name: 'reviewedOn', label: 'Last reviewed on', control: 'day', maybe: true },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
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
