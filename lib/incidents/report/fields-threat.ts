/**
 * The 20 fields of a voluntary notification of a significant cyber threat (ITS 2025/302 Annexes III
 * and IV; DORA Art 19(2)). The ESAs' schema for reports doesn't cover it.
 */
import { CRITERIA, ENTITY_TYPES } from './choices.ts';
import type { Choice, Duty, FieldKind } from './field-types.ts';

export type ThreatField = {
  no: number;
  name: string;
  label: string;
  duty: Exclude<Duty, '-'>;
  /** When a conditional field is due, as a sentence for people. */
  condition?: string;
  kind: FieldKind;
  choices?: readonly Choice[];
  help: string;
};

/** 16: active as long as the threat is known to be active against others. */
export const THREAT_STATUSES: readonly Choice[] = [
  { value: 'active', words: 'Active' },
  { value: 'inactive', words: 'Inactive' },
];

const elsewhere = 'Somebody else submits for the entity that may be affected.';

export const THREAT_FIELDS: readonly ThreatField[] = [
  {
    no: 1,
    name: 'Name of the entity submitting the notification',
    label: 'Who submits',
    duty: 'M',
    kind: 'text',
    help: 'Full legal name.',
  },
  {
    no: 2,
    name: 'Identification code of the entity submitting the notification',
    label: 'Identification of who submits',
    duty: 'M',
    kind: 'identification',
    help: 'The LEI of a financial entity.',
  },
  {
    no: 3,
    name: 'Type of the financial entity',
    label: 'Type of the entity',
    duty: 'C',
    condition: elsewhere,
    kind: 'choices',
    choices: ENTITY_TYPES,
    help: 'Every authorisation that it holds.',
  },
  {
    no: 4,
    name: 'Name of the financial entity',
    label: 'Entity',
    duty: 'C',
    condition: elsewhere,
    kind: 'names',
    help: 'The entity for which it is sent.',
  },
  {
    no: 5,
    name: 'LEI of the financial entity',
    label: 'LEI of the entity',
    duty: 'C',
    condition: elsewhere,
    kind: 'leis',
    help: 'In the order of the names.',
  },
  {
    no: 6,
    name: 'Primary contact: name',
    label: 'First contact',
    duty: 'M',
    kind: 'text',
    help: 'Whom the authority asks.',
  },
  {
    no: 7,
    name: 'Primary contact: e-mail',
    label: 'E-mail of the first contact',
    duty: 'M',
    kind: 'email',
    help: 'It has to work while systems are down.',
  },
  {
    no: 8,
    name: 'Primary contact: telephone',
    label: 'Telephone of the first contact',
    duty: 'M',
    kind: 'phone',
    help: 'With the international prefix.',
  },
  {
    no: 9,
    name: 'Second contact: name',
    label: 'Second contact',
    duty: 'C',
    condition: 'There is a second contact.',
    kind: 'text',
    help: 'A person or a team.',
  },
  {
    no: 10,
    name: 'Second contact: e-mail',
    label: 'E-mail of the second contact',
    duty: 'C',
    condition: 'There is a second contact.',
    kind: 'email',
    help: 'The address of a team is enough.',
  },
  {
    no: 11,
    name: 'Second contact: telephone',
    label: 'Telephone of the second contact',
    duty: 'C',
    condition: 'There is a second contact.',
    kind: 'phone',
    help: 'With the international prefix.',
  },
  {
    no: 12,
    name: 'Date and time of detection',
    label: 'Became aware',
    duty: 'M',
    kind: 'instant',
    help: 'When the entity became aware of the threat, in UTC.',
  },
  {
    no: 13,
    name: 'Description of the threat',
    label: 'What threatens',
    duty: 'M',
    kind: 'text',
    help: 'Overview, risks and weaknesses it uses, how probable it is, where the knowledge comes from.',
  },
  {
    no: 14,
    name: 'Potential impact',
    label: 'What it could do',
    duty: 'M',
    kind: 'text',
    help: 'On the entity, its clients and counterparts, if it came true.',
  },
  {
    no: 15,
    name: 'Classification criteria that it could have met',
    label: 'Criteria it could meet',
    duty: 'M',
    kind: 'choices',
    choices: CRITERIA,
    help: 'The criteria that would have made an incident of it a major one.',
  },
  {
    no: 16,
    name: 'Status of the threat',
    label: 'Status',
    duty: 'M',
    kind: 'choice',
    choices: THREAT_STATUSES,
    help: 'Active as long as it is known to be active against others.',
  },
  {
    no: 17,
    name: 'Actions taken to prevent it',
    label: 'What was done',
    duty: 'M',
    kind: 'text',
    help: 'What keeps it from coming true.',
  },
  {
    no: 18,
    name: 'Notification to others',
    label: 'Who else was told',
    duty: 'C',
    condition: 'Other entities or authorities were told.',
    kind: 'text',
    help: 'Who, and when.',
  },
  {
    no: 19,
    name: 'Indicators of compromise',
    label: 'Indicators',
    duty: 'C',
    condition: 'There are indicators.',
    kind: 'text',
    help: 'Addresses, hashes, domains and the like.',
  },
  {
    no: 20,
    name: 'Other information',
    label: 'Anything else',
    duty: 'C',
    condition: 'There is other relevant information.',
    kind: 'text',
    help: 'What else the authority should know.',
  },
];
