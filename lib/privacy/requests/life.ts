/**
 * The life of a person's request about their data: what may happen to it in which state. One table; the database holds
 * the same (`privacy_request_may`). Pure.
 */
import { amlKeepingLaw } from '#lib/persons/aml-law.ts';

/** What a person may ask for, with the article of Regulation (EU) 2016/679 (GDPR). */
export const rights = {
  access: { name: 'Access and copy', article: '15' },
  portability: { name: 'Portability', article: '20' },
  rectification: { name: 'Rectification', article: '16' },
  restriction: { name: 'Restriction', article: '18' },
  objection: { name: 'Objection', article: '21' },
  erasure: { name: 'Erasure', article: '17' },
  'not-automated': { name: 'No decision by machines alone', article: '22' },
  'withdraw-consent': { name: 'Withdrawal of consent', article: '7(3)' },
} as const;
export type Right = keyof typeof rights;

/** By which of them something of a person may go; the plan of their decision is one of an erasure. */
export const erasingRights = [
  'erasure',
  'withdraw-consent',
  'objection',
] as const satisfies Right[];
export type ErasingRight = (typeof erasingRights)[number];
export const isErasingRight = (right: string): right is ErasingRight =>
  (erasingRights as readonly string[]).includes(right);

/** Any of them counts as receipt. */
export const channels = {
  desk: 'Entered at the desk',
  email: 'E-mail',
  form: 'Public form',
  post: 'Post',
  phone: 'Telephone',
  'in-person': 'In person',
} as const;
export type Channel = keyof typeof channels;

export const requestStates = {
  received: 'Received',
  identity: 'Waits for proof of identity',
  clarification: 'Waits for a clarification',
  collecting: 'Being collected',
  review: 'Legal review done',
  opinion: 'DPO has given an opinion',
  proposed: 'Waits for a second person',
  approved: 'Decided, to be carried out',
  fulfilled: 'Fulfilled',
  'partly-refused': 'Partly refused',
  refused: 'Refused',
  notified: 'Recipients dealt with',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
  duplicate: 'Same as another',
} as const;
export type RequestState = keyof typeof requestStates;

/** Everything that can happen to a request, as its timeline says it. */
export const eventWords = {
  opened: 'Received',
  noted: 'Note',
  'file-added': 'File added',
  'files-left-out': 'Files left out',
  identified: 'Person identified',
  'authority-shown': 'Authority to act shown',
  doubted: 'Doubt about the identity',
  asked: 'Question sent',
  answered: 'Question answered',
  extended: 'Extended',
  collected: 'Collected',
  'recipient-added': 'Recipient put on record',
  'recipient-struck': 'Recipient taken off the record',
  'transmission-asked': 'Transmission to another controller asked for',
  reviewed: 'Legal review',
  'opinion-given': 'Opinion of the DPO',
  proposed: 'Decision proposed',
  returned: 'Proposal returned',
  approved: 'Decision approved',
  fulfilled: 'Answered',
  'recipient-told': 'Recipient told',
  notified: 'Recipients gone through',
  closed: 'Closed',
  withdrawn: 'Withdrawn by the person',
  'marked-duplicate': 'Same as another',
  reopened: 'Reopened',
  warned: 'Overdue',
  erased: 'Erased',
  'put-back': 'Erasure put back',
  freed: 'Nothing stands against it any more',
} as const;
export type EventKind = keyof typeof eventWords;

const early: readonly RequestState[] = [
  'received',
  'identity',
  'clarification',
  'collecting',
  'review',
  'opinion',
];
const undecided: readonly RequestState[] = [...early, 'proposed'];
const unanswered: readonly RequestState[] = [...undecided, 'approved'];
const carriedOut: readonly RequestState[] = ['fulfilled', 'partly-refused'];
export const requestEnds: readonly RequestState[] = ['closed', 'withdrawn', 'duplicate'];

/** In which states each may happen; what is not named may happen in every state once it was opened. */
const only: Readonly<Partial<Record<EventKind, readonly RequestState[]>>> = {
  opened: [],
  identified: early,
  'authority-shown': early,
  doubted: early,
  asked: ['received', 'collecting', 'review'],
  answered: ['identity', 'clarification'],
  extended: undecided,
  'recipient-added': early,
  'recipient-struck': early,
  'transmission-asked': early,
  collected: ['received', 'collecting', 'review', 'opinion'],
  reviewed: ['received', 'collecting', 'review'],
  'opinion-given': ['review', 'opinion'],
  proposed: ['opinion'],
  returned: ['proposed'],
  approved: ['proposed'],
  fulfilled: ['approved'],
  'recipient-told': carriedOut,
  notified: carriedOut,
  closed: [...carriedOut, 'refused', 'notified'],
  withdrawn: unanswered,
  'marked-duplicate': early,
  reopened: requestEnds,
  warned: unanswered,
  erased: ['approved'],
  'put-back': ['approved'],
  freed: ['partly-refused', 'refused', 'notified', 'closed'],
};

/** Whether this may happen to a request in this state; null is one that is not opened yet. */
export function mayHappen(state: RequestState | null, kind: EventKind): boolean {
  if (state === null) return kind === 'opened';
  return only[kind]?.includes(state) ?? true;
}

/** In which the law's clock still runs. */
export const unansweredStates: readonly RequestState[] = unanswered;

/** Whether nobody has decided on it yet. */
export const isUndecided = (state: RequestState): boolean => undecided.includes(state);

/** Whether the law's clock still runs. */
export const isUnanswered = (state: RequestState): boolean => unanswered.includes(state);

/** What only a person does; a form, a message or the system brings the rest. */
export const impersonal: ReadonlySet<EventKind> = new Set([
  'opened',
  'file-added',
  'files-left-out',
  'warned',
  'erased',
  'put-back',
  'freed',
]);

/** Why it is doubted who asks (Art 12(6)): reasonable doubt, which is recorded. */
export const doubtReasons = {
  'unknown-contact': 'It came from a contact we do not know',
  'contradicts-record': 'What it says contradicts what we know',
  'shared-name': 'Several people we know have this name',
  'unusual-delivery': 'The answer is to go somewhere unusual',
  'taken-over': 'The contact may have been taken over',
} as const;
export type DoubtReason = keyof typeof doubtReasons;

/** On what it rests who the person is. A sender's address alone is none. */
export const identityGrounds = {
  'signed-in': 'Signed in to their account',
  document: 'Document seen',
  'known-answer': 'Answered what only they know',
  'called-back': 'Called back on a number on record',
  'known-in-person': 'Known to a colleague in person',
} as const;
export type IdentityGround = keyof typeof identityGrounds;

/** By what somebody acts for another. */
export const authorities = {
  'power-of-attorney': 'Power of attorney',
  guardian: 'Guardian appointed by a court',
  parent: 'Parent',
  lawyer: 'Lawyer with a mandate',
} as const;
export type Authority = keyof typeof authorities;

/** What the legal review may find that stands against a right. */
export const blockers = {
  aml: { name: 'Anti-money-laundering duty to keep' },
  'mica-records': { name: 'Record-keeping' },
  'legal-hold': { name: 'Legal hold' },
  'others-rights': { name: 'Rights of others' },
} as const;
export type Blocker = keyof typeof blockers;

/** Its source. @param day YYYY-MM-DD of the review: one act follows another. */
export function blockerArticle(kind: Blocker, day: string): string {
  switch (kind) {
    case 'aml':
      return amlKeepingLaw(day);
    case 'mica-records':
      return 'Article 68(9) of Regulation (EU) 2023/1114';
    case 'legal-hold':
      return 'Article 17(3)(e) GDPR';
    case 'others-rights':
      return 'Article 15(4) GDPR';
  }
}

export const opinions = {
  for: 'For it',
  against: 'Against it',
  conditional: 'For it, with conditions',
} as const;
export type Opinion = keyof typeof opinions;

export const decisions = {
  grant: 'Grant',
  'grant-in-part': 'Grant in part',
  refuse: 'Refuse',
  'nothing-held': 'Confirm that nothing is held',
} as const;
export type Decision = keyof typeof decisions;

/** Whether something that was asked for is refused, so that grounds and remedies are named (Art 12(4)). */
export const isRefusing = (decision: Decision): boolean =>
  decision === 'refuse' || decision === 'grant-in-part';

const every = Object.keys(rights) as Right[];

/** On what a refusal may rest, with the article and the rights that it can limit. */
export const refusalGrounds = {
  unfounded: { name: 'Manifestly unfounded', article: '12(5)', rights: every },
  excessive: { name: 'Excessive, because repeated', article: '12(5)', rights: every },
  'not-identified': { name: 'The person can’t be identified', article: '12(2)', rights: every },
  'identity-not-shown': {
    name: 'The identity was not shown, and is in doubt',
    article: '12(6)',
    rights: every,
  },
  'authority-not-shown': {
    name: 'No authority to act for the person was shown',
    article: '12(6)',
    rights: every,
  },
  'not-clarified': {
    name: 'It stayed unclear what is asked for, and no answer came',
    article: '12(4)',
    rights: every,
  },
  'not-applicable': {
    name: 'The right does not apply to this processing',
    article: '7(3), 21(1), 22(1)',
    rights: ['withdraw-consent', 'objection', 'not-automated'],
  },
  'objection-claims': {
    name: 'Needed for legal claims',
    article: '21(1)',
    rights: ['objection'],
  },
  'others-rights': {
    name: 'Rights and freedoms of others',
    article: '15(4), 20(4)',
    rights: ['access', 'portability'],
  },
  'legal-duty': { name: 'A legal duty to process', article: '17(3)(b)', rights: ['erasure'] },
  'legal-claims': { name: 'Legal claims', article: '17(3)(e)', rights: ['erasure'] },
  'still-needed': { name: 'No ground of erasure holds', article: '17(1)', rights: ['erasure'] },
  accurate: { name: 'The data are accurate', article: '16', rights: ['rectification'] },
  'no-ground': {
    name: 'No ground of restriction holds',
    article: '18(1)',
    rights: ['restriction'],
  },
  compelling: { name: 'Compelling legitimate grounds', article: '21(1)', rights: ['objection'] },
  'not-provided': {
    name: 'Not provided by the person, or on another basis',
    article: '20(1)',
    rights: ['portability'],
  },
  necessary: {
    name: 'Necessary for a contract, or allowed by law',
    article: '22(2)',
    rights: ['not-automated'],
  },
  'restricted-by-law': {
    name: 'Restricted by law',
    article: '23',
    rights: ['access', 'erasure', 'objection', 'restriction'],
  },
} as const satisfies Record<string, { name: string; article: string; rights: readonly Right[] }>;
export type RefusalGround = keyof typeof refusalGrounds;

/** The ground that rests on earlier requests, which it names: only what is repeated is excessive by them (Art 12(5)). */
export const isRepeated = (ground: RefusalGround): boolean => ground === 'excessive';

/** Days that a person has at least, and at most, for an answer after a reminder. */
export const reminderDays = { least: 7, most: 90 };

/** After which of them, once granted, every recipient is told (Art 19). */
export const toldToRecipients: ReadonlySet<Right> = new Set([
  'rectification',
  'erasure',
  'restriction',
]);

/** Why an erasure that was decided was not begun. */
export const putBackReasons = {
  changed: 'What is held, or what stands against it, changed since it was decided',
  held: 'A legal hold came to stand against it',
  'key-unknown': 'The key service does not know the key of the person',
} as const;
export type PutBackReason = keyof typeof putBackReasons;

export const dispatchChannels = {
  portal: 'Portal',
  email: 'E-mail, encrypted',
  post: 'Registered post',
  'in-person': 'Handed over',
  direct: 'To another controller, as the person asked (Art 20(2))',
} as const;
export type DispatchChannel = keyof typeof dispatchChannels;

/** How a message about their request reaches the person. */
export const messageChannels = {
  portal: 'Portal',
  email: 'E-mail',
  post: 'Post',
  phone: 'Telephone, noted',
  'in-person': 'In person, noted',
} as const;

/** What became of the notice to one recipient (Art 19); who was not told comes with the reason. */
export const recipientResults = {
  told: 'Told',
  'holds-none': 'Not told: it received none of these data',
  impossible: 'Impossible',
  disproportionate: 'Disproportionate effort',
} as const;
export type RecipientResult = keyof typeof recipientResults;
