import {
  assetTypes,
  classifications,
  criticalities,
  exposures,
} from '#lib/resilience/kinds/asset-words.ts';
import type { Section } from './field.ts';

/** RTS risk Art 4(2)(b). */
export const assetSections: readonly Section[] = [
  {
    title: 'What it is',
    fields: [
      {
        name: 'code',
        label: 'Id',
        control: 'line',
        look: 'mono',
        hint: 'Its own among assets, such as a host name.',
        most: 100,
      },
      { name: 'name', label: 'Name', control: 'line', most: 200 },
      { name: 'type', label: 'Type', control: 'choice', options: assetTypes },
      { name: 'location', label: 'Location', control: 'line', most: 200 },
      { name: 'owner', label: 'Owner', control: 'person', maybe: true },
      { name: 'description', label: 'Description', control: 'area' },
    ],
  },
  {
    title: 'How much hangs on it',
    fields: [
      { name: 'critical', label: 'Criticality', control: 'choice', options: criticalities },
      {
        name: 'classification',
        label: 'Classification',
        control: 'choice',
        options: classifications,
      },
      {
        name: 'exposure',
        label: 'Exposure to outside networks',
        control: 'choice',
        options: exposures,
      },
      { name: 'rtoHours', label: 'Recovery time in hours', control: 'number', maybe: true },
      { name: 'rpoHours', label: 'Recovery point in hours', control: 'number', maybe: true },
      { name: 'continuity', label: 'What it needs to go on', control: 'area' },
    ],
  },
  {
    title: 'What it is tied to',
    fields: [
      {
        name: 'functions',
        label: 'Functions that it supports',
        control: 'records',
        kind: 'function',
      },
      { name: 'dependsOn', label: 'Assets that it depends on', control: 'records', kind: 'asset' },
      { name: 'providers', label: 'Providers', control: 'records', kind: 'provider' },
      { name: 'contracts', label: 'Contracts', control: 'records', kind: 'contract' },
    ],
  },
  {
    title: 'Support',
    fields: [
      {
        name: 'legacy',
        label: 'Legacy system',
        control: 'yes-no',
        hint: 'Assessed yearly: DORA, Art 8(7).',
      },
      { name: 'supportEndsOn', label: 'Regular support ends on', control: 'day', maybe: true },
      {
        name: 'extendedSupportEndsOn',
        label: 'Extended support ends on',
        control: 'day',
        maybe: true,
      },
      { name: 'customSupportEndsOn', label: 'Custom support ends on', control: 'day', maybe: true },
    ],
  },
];
