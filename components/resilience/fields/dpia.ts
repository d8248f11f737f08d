import { dpiaStates } from '#lib/resilience/kinds/dpia-words.ts';
import { impactSteps, likelihoods } from '#lib/resilience/kinds/risk-words.ts';
import type { LeafField, Section } from './field.ts';

const steps = (words: readonly string[]): string =>
  words.map((word, at) => `${at + 1} · ${word}`).join(', ');

const step = (name: string, label: string, words: readonly string[]): LeafField => ({
  name,
  label,
  control: 'number',
  hint: steps(words),
});

/** GDPR Art 35(7), 35(2) and 36. */
export const dpiaSections: readonly Section[] = [
  {
    title: 'What is assessed',
    fields: [
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'owner', label: 'Owner', control: 'person' },
      { name: 'activities', label: 'Activities covered', control: 'records', kind: 'activity' },
      {
        name: 'description',
        label: 'Description and purposes',
        control: 'area',
        hint: 'What is processed, how, for which purposes and which interest (Art 35(7)(a)).',
      },
      {
        name: 'necessity',
        label: 'Necessity and proportionality',
        control: 'area',
        hint: 'Art 35(7)(b).',
      },
      { name: 'assessedOn', label: 'Assessed as of', control: 'day' },
    ],
  },
  {
    title: 'Risks and measures',
    fields: [
      {
        name: 'risks',
        label: 'Risks to the rights and freedoms of people',
        control: 'rows',
        one: 'risk',
        hint: 'Likelihood and impact on the people concerned, without and with what is done about it (Art 35(7)(c)).',
        fields: [
          { name: 'risk', label: 'Risk', control: 'line', most: 300 },
          step('likelihood', 'Likelihood', likelihoods),
          step('impact', 'Impact', impactSteps),
          { name: 'measure', label: 'Measure', control: 'line', most: 500, maybe: true },
          step('residualLikelihood', 'Likelihood that is left', likelihoods),
          step('residualImpact', 'Impact that is left', impactSteps),
        ],
      },
      { name: 'measures', label: 'Measures', control: 'area', hint: 'Art 35(7)(d).' },
      {
        name: 'views',
        label: 'Views of the people concerned',
        control: 'area',
        hint: 'Where appropriate (Art 35(9)).',
      },
    ],
  },
  {
    title: 'Advice of the data protection officer',
    hint: 'The officer advises and does not decide (Art 35(2), 38(6)); they write the advice themselves.',
    fields: [
      { name: 'advice', label: 'Advice', control: 'area' },
      { name: 'advisedBy', label: 'Advised by', control: 'person', maybe: true },
      { name: 'advisedOn', label: 'Advised on', control: 'day', maybe: true },
    ],
  },
  {
    title: 'Prior consultation',
    hint: 'Where a high risk is left, the authority is asked first. It answers within eight weeks, and may take six more (Art 36).',
    fields: [
      { name: 'consultedOn', label: 'Authority asked on', control: 'day', maybe: true },
      { name: 'consultationExtended', label: 'Authority took six weeks more', control: 'yes-no' },
      { name: 'answeredOn', label: 'Authority answered on', control: 'day', maybe: true },
      { name: 'answer', label: 'Answer of the authority', control: 'area' },
    ],
  },
  {
    title: 'Approval',
    fields: [
      { name: 'state', label: 'State', control: 'choice', options: dpiaStates },
      {
        name: 'approvedBy',
        label: 'Approved by',
        control: 'person',
        maybe: true,
        asked: true,
        when: ({ state }) => state === 'approved',
        hint: 'Whoever approves it saves that themselves, changes nothing else, and neither wrote it last nor advised on it.',
      },
      {
        name: 'approvedOn',
        label: 'Approved on',
        control: 'day',
        maybe: true,
        asked: true,
        when: ({ state }) => state === 'approved',
      },
      { name: 'reviewOn', label: 'Next review on', control: 'day' },
    ],
  },
];

/** What a new one begins with. */
export const dpiaStart = { state: 'draft', consultationExtended: false } as const;
