/** From where a value of a person is, as whoever writes it down says (Article 15(1)(g) GDPR). Pure, for screens too. */
import type { Category, FieldName, Origin } from './field-map.ts';

/** What a person may choose who records or corrects a value, with how the person is told. */
export const chosenSources = {
  form: { label: 'Form or message of the person', told: 'You gave it in a form or a message' },
  conversation: { label: 'Told by the person', told: 'You told us in a conversation or a call' },
  document: { label: 'Document that was seen', told: 'A document that we saw' },
  representative: {
    label: 'Somebody who acts for the client',
    told: 'Somebody who acts for the client told us',
  },
  'bank-statement': { label: 'Statement of a bank', told: 'A statement of a bank' },
  registry: { label: 'Public register', told: 'A public register' },
  'own-work': { label: 'Worked out here', told: 'We worked it out from other data' },
  'not-recorded': {
    label: 'Not known',
    told: 'From where it is was not written down',
  },
} as const;
export type ChosenSource = keyof typeof chosenSources;

/** The same, and what the program says by itself. */
export const valueSources = {
  ...chosenSources,
  correction: {
    label: 'Correction that the person asked for',
    told: 'You asked for it to be corrected',
  },
  withdrawal: {
    label: 'Consent taken back, or an objection',
    told: 'You took a consent back or objected',
  },
  invitation: { label: 'Invitation', told: 'Whoever invited you here wrote it' },
} as const satisfies Record<string, { label: string; told: string }>;
export type ValueSource = keyof typeof valueSources;

/** What a person chose: one for all, and another for what of a category is from elsewhere. */
export type SourceOf = (field: FieldName) => ValueSource;

/** Name of the entry of a form that says it of one category. */
export const sourceEntry = (category: Category): string => `source-${category}`;

/** What a source says of how a value came to be known; null where the map of fields says it. */
export function originOf(source: ValueSource): Origin | null {
  if (source === 'registry' || source === 'bank-statement' || source === 'representative')
    return 'third-party';
  return source === 'own-work' ? 'derived' : null;
}

/** Whether somebody outside said it or showed it. */
export const isSaid = (source: ValueSource): boolean =>
  Object.hasOwn(chosenSources, source) && source !== 'own-work' && source !== 'not-recorded';

const isSource = (text: string): text is ValueSource => Object.hasOwn(valueSources, text);

/** How the person is told; a source that this version does not know was not written down so that anybody could tell. */
export const toldSource = (source: string): string =>
  valueSources[isSource(source) ? source : 'not-recorded'].told;
export const sourceLabel = (source: string): string =>
  valueSources[isSource(source) ? source : 'not-recorded'].label;
