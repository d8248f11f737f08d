/**
 * The life of a personal data breach (GDPR Art 33 and 34). One table of steps; the database holds the same
 * (`privacy_breach_may`). Pure, for screens too.
 */
export const breachStates = {
  suspected: 'Suspected',
  confirmed: 'Confirmed, risk not assessed',
  assessed: 'Assessed',
  contained: 'Contained',
  closed: 'Closed',
  'not-a-breach': 'No breach of personal data',
} as const;
export type BreachState = keyof typeof breachStates;

/** Everything that can happen to a breach, as its timeline says it. */
export const breachWords = {
  opened: 'Reported',
  noted: 'Note',
  confirmed: 'Confirmed: we are aware of it',
  'aware-moved': 'We were aware earlier',
  described: 'Described',
  assessed: 'Risk assessed',
  contained: 'Contained',
  'clearance-proposed': 'Proposed not to notify the authority',
  'clearance-returned': 'Proposal returned',
  'clearance-approved': 'Decided not to notify the authority',
  'notification-signed': 'Notification signed off',
  'notification-sent': 'Authority notified',
  'persons-listed': 'Persons concerned listed',
  'persons-taken-off': 'Persons taken off the list',
  'persons-decided': 'Decided on telling the persons',
  'persons-agreed': 'Agreed that an exception holds',
  'persons-told': 'Persons told',
  closed: 'Closed',
  'dismissal-proposed': 'Proposed that it was no breach',
  'dismissal-approved': 'Decided that it was no breach',
  /** What one person alone wrote before it took two. */
  dismissed: 'Found to be no breach',
  reopened: 'Reopened',
  warned: 'Warned of the 72 hours',
  'suspicion-warned': 'Warned that it is still only suspected',
  'persons-warned': 'Warned that persons were not told',
  'rest-warned': 'Warned that the authority lacks the rest',
} as const;
export type BreachEventKind = keyof typeof breachWords;

const known: readonly BreachState[] = ['confirmed', 'assessed', 'contained'];
const judged: readonly BreachState[] = ['assessed', 'contained'];
const after: Readonly<Record<Exclude<BreachEventKind, 'opened'>, readonly BreachState[]>> = {
  noted: ['suspected', ...known, 'closed', 'not-a-breach'],
  confirmed: ['suspected'],
  'aware-moved': known,
  described: ['suspected', ...known],
  assessed: known,
  contained: ['confirmed', 'assessed'],
  'clearance-proposed': judged,
  'clearance-returned': judged,
  'clearance-approved': judged,
  'notification-signed': known,
  'notification-sent': known,
  'persons-listed': known,
  'persons-taken-off': known,
  'persons-decided': judged,
  'persons-agreed': judged,
  'persons-told': judged,
  closed: ['contained'],
  'dismissal-proposed': ['suspected'],
  'dismissal-approved': ['suspected'],
  dismissed: [],
  reopened: ['closed', 'not-a-breach'],
  warned: known,
  'suspicion-warned': ['suspected'],
  'persons-warned': judged,
  'rest-warned': known,
};

/** @param state null before there is a breach. */
export const mayFollow = (state: BreachState | null, kind: BreachEventKind): boolean =>
  kind === 'opened' ? state === null : state !== null && after[kind].includes(state);

/** What is signed with a key. */
export const signedKinds = [
  'clearance-proposed',
  'clearance-approved',
  'notification-signed',
  'persons-decided',
  'persons-agreed',
  'dismissal-approved',
] as const satisfies readonly BreachEventKind[];
export type SignedKind = (typeof signedKinds)[number];

/** Art 4(12), and Opinion 03/2014 of the Working Party. */
export const breachKinds = {
  confidentiality: 'Confidentiality: somebody saw or got data who should not',
  integrity: 'Integrity: data were changed',
  availability: 'Availability: data were lost or can’t be reached',
} as const;
export type BreachKind = keyof typeof breachKinds;

export const sources = {
  own: 'Noticed here',
  processor: 'Notice of a processor',
  person: 'Somebody whose data it is, or another person outside',
  authority: 'An authority',
} as const;
export type Source = keyof typeof sources;

export const causes = {
  'external-malicious': 'An attack from outside',
  'internal-malicious': 'Somebody here, on purpose',
  'human-error': 'A mistake of a person',
  'system-error': 'A fault of a system',
  'processor-error': 'A fault at a processor',
  'loss-or-theft': 'A device or paper lost or stolen',
  unknown: 'Not known yet',
} as const;
export type Cause = keyof typeof causes;

export const personGroups = {
  client: 'Clients',
  representative: 'Representatives',
  'beneficial-owner': 'Beneficial owners',
  'authorised-user': 'Authorised users',
  operator: 'Those who work here',
  other: 'Others',
} as const;
export type PersonGroup = keyof typeof personGroups;

/** Whether who got the data can read them. */
export const readability = {
  readable: 'They can be read',
  partly: 'Part of them can be read',
  unintelligible: 'They can’t be read by anybody who has no right to',
} as const;
export type Readability = keyof typeof readability;

export const risks = {
  unlikely: 'No risk to persons is likely',
  likely: 'A risk to persons is likely',
  high: 'The risk to persons is likely to be high',
} as const;
export type Risk = keyof typeof risks;

/** When persons need not be told in spite of a high risk (Art 34(3)). */
export const exceptions = {
  unintelligible: { name: 'The data can’t be read by those who got them', article: '34(3)(a)' },
  'risk-removed': { name: 'Measures since then have removed the high risk', article: '34(3)(b)' },
  disproportionate: {
    name: 'Telling each would be a disproportionate effort, so it is made public',
    article: '34(3)(c)',
  },
} as const;
export type Exception = keyof typeof exceptions;

export const personChannels = {
  portal: 'Portal',
  email: 'E-mail',
  post: 'Post',
  phone: 'Telephone',
  public: 'Public communication',
} as const;
export type PersonChannel = keyof typeof personChannels;

/** Who of the persons was told at once. */
export const toldWhom = {
  rest: 'Everybody on the list who was not told yet',
  named: 'Only those of the list whose ids follow',
  others: 'Nobody of the list, but others',
} as const;

export const authorityChannels = {
  portal: 'Portal of the authority',
  email: 'E-mail, encrypted',
  post: 'Post',
  phone: 'Telephone, and in writing afterwards',
} as const;
export type AuthorityChannel = keyof typeof authorityChannels;

/** Hours after awareness at which the system warns. */
export const warnedHours = [24, 48, 60, 72] as const;
export type WarnedHours = (typeof warnedHours)[number];

/**
 * Hours within which one that is only suspected is confirmed, or proposed to be none: our own target for the short time
 * of looking into it that the law leaves (Guidelines 9/2022 of the EDPB).
 */
export const suspectedTarget = 24;

/** Hours after we heard of it at which the system warns of one that nobody confirmed, and nobody found to be none. */
export const suspectedHours = [24, 48, 72] as const;
export type SuspectedHours = (typeof suspectedHours)[number];
