import {
  contractTypes,
  endReasons,
  impacts,
  reliances,
  reintegrations,
  sensitivities,
  serviceTypes,
  substitutabilities,
  substitutionReasons,
  yesNoOpen,
} from '#lib/resilience/codes.ts';
import { exitResults, exitTexts } from '#lib/resilience/kinds/contract-words.ts';
import type { Field, LeafField, Section } from './field.ts';

const service: LeafField = {
  name: 'service',
  label: 'Service',
  control: 'choice',
  options: serviceTypes,
};
const provider: LeafField = {
  name: 'provider',
  label: 'Provider',
  control: 'record',
  kind: 'provider',
};

const useFields: readonly LeafField[] = [
  provider,
  { name: 'function', label: 'Function', control: 'record', kind: 'function' },
  service,
  {
    name: 'user',
    label: 'LEI of who uses it',
    control: 'line',
    look: 'mono',
    maybe: true,
    hint: 'Empty for the entity that keeps the register.',
  },
  { name: 'startsOn', label: 'Starts on', control: 'day' },
  { name: 'endsOn', label: 'Ends on', control: 'day', maybe: true },
  { name: 'endReason', label: 'Why it ended', control: 'choice', options: endReasons, maybe: true },
  { name: 'noticeEntity', label: 'Our notice in days', control: 'number', maybe: true },
  { name: 'noticeProvider', label: 'Their notice in days', control: 'number', maybe: true },
  { name: 'law', label: 'Governing law', control: 'country', maybe: true },
  { name: 'providedFrom', label: 'Provided from', control: 'country', maybe: true },
  { name: 'storesData', label: 'Stores data', control: 'yes-no', maybe: true },
  { name: 'dataAt', label: 'Data rest in', control: 'country', maybe: true },
  { name: 'processedAt', label: 'Data are processed in', control: 'country', maybe: true },
  {
    name: 'sensitivity',
    label: 'Sensitivity of the data',
    control: 'choice',
    options: sensitivities,
    maybe: true,
  },
  { name: 'reliance', label: 'Reliance on it', control: 'choice', options: reliances, maybe: true },
];

const chainFields: readonly LeafField[] = [
  service,
  provider,
  { name: 'rank', label: 'Rank', control: 'number', hint: '1 serves us directly.' },
  {
    name: 'recipient',
    label: 'Works for',
    control: 'record',
    kind: 'provider',
    maybe: true,
    hint: 'Nobody named at rank 1.',
  },
];

const assessmentFields: readonly LeafField[] = [
  provider,
  service,
  {
    name: 'substitutability',
    label: 'Substitutability',
    control: 'choice',
    options: substitutabilities,
  },
  {
    name: 'reason',
    label: 'Why it is hard',
    control: 'choice',
    options: substitutionReasons,
    maybe: true,
  },
  { name: 'auditedOn', label: 'Last audited on', control: 'day', maybe: true },
  { name: 'exitPlan', label: 'There is an exit plan', control: 'yes-no' },
  {
    name: 'reintegration',
    label: 'Taking it back',
    control: 'choice',
    options: { ...reintegrations, 'eba_ZZ:x0': 'Not applicable' },
  },
  { name: 'impact', label: 'Impact of discontinuing it', control: 'choice', options: impacts },
  { name: 'alternatives', label: 'Alternatives are known', control: 'choice', options: yesNoOpen },
  { name: 'which', label: 'Which ones', control: 'line', maybe: true },
];

/** Templates B_02 to B_05.02 and B_07.01, Art 30 and the exit plan of Art 28(8). */
export const contractSections: readonly Section[] = [
  {
    title: 'The contract',
    fields: [
      { name: 'reference', label: 'Reference', control: 'line', look: 'mono', most: 100 },
      { name: 'name', label: 'What it is called', control: 'line', maybe: true },
      { name: 'type', label: 'Type', control: 'choice', options: contractTypes },
      {
        name: 'overarching',
        label: 'Overarching contract',
        control: 'record',
        kind: 'contract',
        maybe: true,
        when: ({ type }) => type === 'eba_CO:x3',
      },
      { name: 'expense', label: 'Expense of a year', control: 'money' },
      { name: 'currency', label: 'Currency', control: 'currency' },
      {
        name: 'overseer',
        label: 'Who oversees it',
        control: 'person',
        maybe: true,
        hint: 'DORA, Art 5(3).',
      },
      {
        name: 'before-signing',
        label: 'What was assessed before signing',
        control: 'area',
        hint: 'DORA, Art 28(4).',
      },
      { name: 'monitoring', label: 'How it is monitored', control: 'area' },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
  {
    title: 'Who signs and who uses it',
    fields: [
      {
        name: 'signatories',
        label: 'LEIs of our entities that sign',
        control: 'lines',
        one: 'signatory',
        look: 'mono',
      },
      {
        name: 'providerSignatories',
        label: 'Providers that sign',
        control: 'records',
        kind: 'provider',
      },
      {
        name: 'groupProviders',
        label: 'LEIs of entities of the group that provide it',
        control: 'lines',
        one: 'entity',
        look: 'mono',
      },
      {
        name: 'users',
        label: 'Users',
        control: 'rows',
        one: 'user',
        fields: [
          {
            name: 'user',
            label: 'LEI',
            control: 'line',
            look: 'mono',
            maybe: true,
            hint: 'Empty for the entity that keeps the register.',
          },
          { name: 'branch', label: 'Code of the branch', control: 'line', maybe: true },
        ],
      },
    ],
  },
  {
    title: 'What it is used for',
    hint: 'One line for each provider, function and service. For a critical function every field is asked.',
    fields: [{ name: 'uses', label: 'Uses', control: 'rows', one: 'use', fields: useFields }],
  },
  {
    title: 'Chain of subcontractors',
    hint: 'The direct provider has rank 1; everybody else says for whom they work.',
    fields: [
      { name: 'chain', label: 'Chain', control: 'rows', one: 'link', fields: chainFields },
      {
        name: 'restsOn',
        label: 'Contracts that it rests on',
        control: 'records',
        kind: 'contract',
      },
    ],
  },
  {
    title: 'Assessment of the service',
    fields: [
      {
        name: 'assessments',
        label: 'Assessments',
        control: 'rows',
        one: 'assessment',
        fields: assessmentFields,
      },
    ],
  },
  {
    title: 'Clauses of Art 30',
    hint: 'Whether each stands in the contract, and where. What is not needed says why.',
    fields: [{ name: 'clauses', label: 'Clauses', control: 'clauses' }],
  },
  {
    title: 'Exit plan',
    hint: 'DORA, Art 28(8).',
    fields: [
      ...Object.entries(exitTexts).map(([name, label]): Field => ({
        name,
        label,
        control: 'area',
      })),
      {
        name: 'exitTests',
        label: 'Tests of the exit plan',
        control: 'rows',
        one: 'test',
        fields: [
          { name: 'on', label: 'Held on', control: 'day' },
          { name: 'result', label: 'Result', control: 'choice', options: exitResults },
        ],
      },
      { name: 'nextExitTestOn', label: 'Next test on', control: 'day', maybe: true },
    ],
  },
];
