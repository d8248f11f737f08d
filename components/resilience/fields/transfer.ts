import { dataCategories, processingRoles } from '#lib/resilience/kinds/privacy-words.ts';
import {
  derogations,
  organisations,
  sccModules,
  transferStates,
  transferTools,
  warnDaysUsual,
} from '#lib/resilience/kinds/transfer-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 44 to 49. */
export const transferSections: readonly Section[] = [
  {
    title: 'The transfer',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'state', label: 'State', control: 'choice', options: transferStates },
      { name: 'exporter', label: 'Exporter', control: 'line', most: 200 },
      { name: 'exporterRole', label: 'Its role', control: 'choice', options: processingRoles },
      { name: 'importer', label: 'Importer', control: 'line', most: 200 },
      { name: 'importerRole', label: 'Its role', control: 'choice', options: processingRoles },
      { name: 'country', label: 'Third country', control: 'country', maybe: true },
      {
        name: 'organisation',
        label: 'Or international organisation',
        control: 'choice',
        options: organisations,
        maybe: true,
      },
      { name: 'purpose', label: 'Purpose', control: 'area', most: 1000 },
      { name: 'data', label: 'Categories of data', control: 'choices', options: dataCategories },
      { name: 'startsOn', label: 'Starts on', control: 'day' },
      { name: 'endsOn', label: 'Ends on', control: 'day', maybe: true },
    ],
  },
  {
    title: 'What it rests on',
    fields: [
      { name: 'tool', label: 'Tool', control: 'choice', options: transferTools },
      {
        name: 'module',
        label: 'Module',
        control: 'choice',
        options: sccModules,
        maybe: true,
        asked: true,
        when: ({ tool }) => tool === 'scc',
      },
      {
        name: 'derogation',
        label: 'Ground',
        control: 'choice',
        options: derogations,
        maybe: true,
        asked: true,
        when: ({ tool }) => tool === 'derogation',
      },
      {
        name: 'derogation-reason',
        label: 'Why it holds, and how often it is used',
        control: 'area',
        when: ({ tool }) => tool === 'derogation',
      },
      {
        name: 'certified',
        label: 'Importer certified under the Data Privacy Framework',
        control: 'yes-no',
        maybe: true,
        hint: 'For the United States: the decision holds for nobody else there.',
      },
      {
        name: 'commercial',
        label: 'Importer is a commercial organisation',
        control: 'yes-no',
        maybe: true,
        hint: 'For Canada: the decision holds for nobody else there.',
      },
      {
        name: 'version',
        label: 'Version of the clauses or rules',
        control: 'line',
        most: 200,
        maybe: true,
      },
      {
        name: 'warnDays',
        label: 'Warn so many days before a decision ends',
        control: 'number',
        hint: `Usually ${warnDaysUsual}.`,
      },
    ],
  },
  {
    title: 'The law there',
    fields: [
      {
        name: 'assessment',
        label: 'Assessment, reference',
        control: 'line',
        look: 'mono',
        most: 200,
        maybe: true,
        hint: 'Of law and practice in the country (clause 14).',
      },
      { name: 'assessedOn', label: 'Assessed on', control: 'day', maybe: true },
      { name: 'measures', label: 'Supplementary measures', control: 'area' },
      { name: 'onward', label: 'Onward transfers', control: 'area' },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
    ],
  },
  {
    title: 'The third party',
    fields: [
      { name: 'provider', label: 'Provider', control: 'record', kind: 'provider', maybe: true },
      { name: 'contract', label: 'Contract', control: 'record', kind: 'contract', maybe: true },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
];

/** What a new one begins with. */
export const transferStart = { state: 'planned', warnDays: warnDaysUsual } as const;
