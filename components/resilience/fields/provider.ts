import { codeTypes, individual, legalPerson, personTypes } from '#lib/resilience/codes.ts';
import type { DraftFields } from './draft.ts';
import type { Section } from './field.ts';

const isPerson = ({ person }: DraftFields): boolean => person === individual;
const isLegal = ({ person }: DraftFields): boolean => person !== individual;

/** Template B_05.01. What names an individual is personal and goes among the texts. */
export const providerSections: readonly Section[] = [
  {
    title: 'Who it is',
    fields: [
      {
        name: 'person',
        label: 'Kind of person',
        control: 'choice',
        options: personTypes,
      },
      { name: 'codeType', label: 'Kind of code', control: 'choice', options: codeTypes },
      {
        name: 'code',
        label: 'LEI or EUID',
        control: 'line',
        look: 'mono',
        maybe: true,
        asked: true,
        when: isLegal,
        hint: 'Outside the Union its LEI, of 20 letters and digits. In the Union an EUID will do, such as NLNHR.12345678.',
      },
      {
        name: 'name',
        label: 'Legal name',
        control: 'line',
        maybe: true,
        asked: true,
        when: isLegal,
        hint: 'As it stands in its register.',
      },
      {
        name: 'latinName',
        label: 'Name in Latin letters',
        control: 'line',
        maybe: true,
        asked: true,
        when: isLegal,
      },
      {
        name: 'code',
        label: 'Code of the individual',
        control: 'title',
        most: 100,
        when: isPerson,
      },
      {
        name: 'name',
        label: 'Name of the individual',
        control: 'title',
        most: 255,
        when: isPerson,
      },
      {
        name: 'latin-name',
        label: 'Name in Latin letters',
        control: 'title',
        most: 255,
        when: isPerson,
      },
      {
        name: 'otherCodeType',
        label: 'Kind of another code',
        control: 'choice',
        options: codeTypes,
        maybe: true,
      },
      {
        name: 'otherCode',
        label: 'Other code',
        control: 'line',
        look: 'mono',
        maybe: true,
        when: isLegal,
      },
    ],
  },
  {
    title: 'Where it belongs',
    fields: [
      { name: 'country', label: 'Country of the headquarters', control: 'country' },
      {
        name: 'parent',
        label: 'Ultimate parent',
        control: 'record',
        kind: 'provider',
        maybe: true,
        hint: 'The top of its group. None where nobody stands above it.',
      },
    ],
  },
  {
    title: 'What it costs',
    hint: 'For providers with whom there is a contract.',
    fields: [
      { name: 'expense', label: 'Expense of a year', control: 'money', maybe: true },
      { name: 'currency', label: 'Currency', control: 'currency', maybe: true },
      { name: 'note', label: 'Note', control: 'area' },
    ],
  },
];

/** What a new one begins with. */
export const providerStart = { person: legalPerson, codeType: Object.keys(codeTypes)[0] };
