import { dataCategories, personCategories } from '#lib/resilience/kinds/privacy-words.ts';
import {
  processorStates,
  processorTerms,
  subProcessing,
} from '#lib/resilience/kinds/processor-words.ts';
import type { Section } from './field.ts';

/** GDPR Art 28. */
export const processorSections: readonly Section[] = [
  {
    title: 'What it does',
    fields: [
      { name: 'name', label: 'What it does on our behalf', control: 'line', most: 200 },
      { name: 'state', label: 'State', control: 'choice', options: processorStates },
      { name: 'provider', label: 'Provider', control: 'record', kind: 'provider' },
      { name: 'contract', label: 'Contract', control: 'record', kind: 'contract', maybe: true },
      {
        name: 'subject',
        label: 'Subject matter, nature and purpose',
        control: 'area',
        most: 2000,
        hint: 'Art 28(3), first sentence.',
      },
      { name: 'startsOn', label: 'Starts on', control: 'day' },
      { name: 'endsOn', label: 'Ends on', control: 'day', maybe: true },
      {
        name: 'persons',
        label: 'Categories of persons',
        control: 'choices',
        options: personCategories,
      },
      { name: 'data', label: 'Kinds of data', control: 'choices', options: dataCategories },
    ],
  },
  {
    title: 'What the contract says',
    fields: [
      { name: 'terms', label: 'Terms that are there', control: 'choices', options: processorTerms },
      { name: 'termsAt', label: 'Where they stand', control: 'line', most: 200, maybe: true },
      {
        name: 'subProcessing',
        label: 'Further processors',
        control: 'choice',
        options: subProcessing,
        maybe: true,
        hint: 'Art 28(2).',
      },
      {
        name: 'subProcessors',
        label: 'Which further processors',
        control: 'records',
        kind: 'provider',
      },
      { name: 'auditRight', label: 'Right of audit', control: 'yes-no', maybe: true },
      { name: 'auditedOn', label: 'Last audited on', control: 'day', maybe: true },
      {
        name: 'security',
        label: 'Guarantees that it gives',
        control: 'area',
        hint: 'Art 28(1), 32.',
      },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
];
