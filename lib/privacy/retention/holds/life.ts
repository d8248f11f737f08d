/**
 * The life of a legal hold, and what it rests on. One table of steps; the database holds the same (`privacy_hold_may`).
 * Pure, for screens too.
 */
import { runCodes } from '../schedule.ts';

export const articles = {
  '17-3-b': 'Article 17(3)(b) GDPR: a legal obligation',
  '17-3-e': 'Article 17(3)(e) GDPR: legal claims',
} as const;
export type Article = keyof typeof articles;

/** Why something has to be kept, and the articles that may carry it. */
export const grounds = {
  'legal-claim': { name: 'Legal claim', articles: ['17-3-e'] },
  'authority-order': { name: 'Order of an authority', articles: ['17-3-b'] },
  investigation: { name: 'Investigation', articles: ['17-3-e', '17-3-b'] },
  'seven-years': {
    name: 'The authority asks for seven years (Article 68(9) of Regulation (EU) 2023/1114)',
    articles: ['17-3-b'],
  },
} as const satisfies Record<string, { name: string; articles: readonly Article[] }>;
export type Ground = keyof typeof grounds;

export const mayRestOn = (ground: Ground, article: Article): boolean =>
  (grounds[ground].articles as readonly Article[]).includes(article);

export const coverKinds = {
  person: 'Person',
  client: 'Everybody behind a client',
  category: 'Category of records',
  record: 'One record',
} as const;
export type CoverKind = keyof typeof coverKinds;
export type Cover = { kind: CoverKind; subject: string };

/** Categories of records that a hold can cover; what was corrected is held with the category of its field. */
export const heldCategories = runCodes.filter((code) => code !== 'corrected-values');

export const holdStates = {
  standing: 'Stands',
  'lift-proposed': 'Waits for a second person to lift it',
  lifted: 'Lifted',
} as const;
export type HoldState = keyof typeof holdStates;

/** Everything that can happen to a hold, as its timeline says it. */
export const holdWords = {
  opened: 'Opened',
  reviewed: 'Reviewed and kept',
  'lift-proposed': 'Proposed to be lifted',
  'lift-returned': 'Proposal returned',
  lifted: 'Lifted',
  warned: 'Review is overdue',
} as const;
export type HoldEventKind = keyof typeof holdWords;

const after: Readonly<Record<Exclude<HoldEventKind, 'opened'>, readonly HoldState[]>> = {
  reviewed: ['standing'],
  'lift-proposed': ['standing'],
  'lift-returned': ['lift-proposed'],
  lifted: ['lift-proposed'],
  warned: ['standing', 'lift-proposed'],
};

/** @param state null before there is a hold. */
export const mayFollow = (state: HoldState | null, kind: HoldEventKind): boolean =>
  kind === 'opened' ? state === null : state !== null && after[kind].includes(state);

/** A hold that nobody looks at again would keep data for ever. */
export const monthsBetweenReviews = 12;
