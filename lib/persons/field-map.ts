/**
 * The map of what the vault holds: each field of a person with what it is for, on which legal ground, who gets it and
 * how long it stays. Screens, packages for people, retention and erasure read it; nothing is kept that isn't in it.
 * Pure.
 */
import type { RetentionRule } from './retention-rules.ts';

/** What a person may be to the custodian. */
export const personRoles = [
  'client',
  'representative',
  'beneficial-owner',
  'authorised-user',
  'operator',
] as const;
export type PersonRole = (typeof personRoles)[number];
/** A role towards a client. */
export type TieRole = Exclude<PersonRole, 'operator'>;

export const categories = {
  identity: 'Identity',
  contact: 'Contact',
  document: 'Identity document',
  'due-diligence': 'Due diligence',
  tax: 'Tax',
  payment: 'Payment details',
  preference: 'Preferences',
} as const;
export type Category = keyof typeof categories;

export const purposes = {
  identification: 'To identify clients and those behind them',
  contract: 'To provide custody as agreed',
  communication: 'To inform clients about their assets',
  'tax-reporting': 'To report to tax authorities',
  'risk-assessment': 'To assess the risk of money laundering',
  'access-control': 'To control who works with the console and prove who did what',
  marketing: 'To tell people about services',
} as const;
export type Purpose = keyof typeof purposes;

export const legalBases = {
  contract: 'Article 6(1)(b) GDPR: performance of the custody agreement',
  aml: 'Article 6(1)(c) GDPR with Articles 13 and 43 of Directive (EU) 2015/849',
  micar: 'Article 6(1)(c) GDPR with Article 75 of Regulation (EU) 2023/1114',
  tax: 'Article 6(1)(c) GDPR with the national law that puts Council Directive (EU) 2023/2226 (DAC8) into force',
  interest: 'Article 6(1)(f) GDPR: legitimate interest in secure custody',
  consent: 'Article 6(1)(a) GDPR: consent',
} as const;
export type LegalBasis = keyof typeof legalBases;

/** How a value came to be known; portability covers what was provided. */
export const origins = ['provided', 'observed', 'derived', 'third-party'] as const;
export type Origin = (typeof origins)[number];

/** By what a person can be found. */
export const searchKinds = ['name', 'email', 'document', 'phone', 'tax-number'] as const;
export type SearchKind = (typeof searchKinds)[number];

export type FieldShape =
  | 'line'
  | 'lines'
  | 'name'
  | 'email'
  | 'phone'
  | 'date'
  | 'country'
  | 'code'
  | 'yes-no';

export type Field = {
  label: string;
  category: Category;
  shape: FieldShape;
  /** Whose data it may be. */
  roles: readonly PersonRole[];
  purposes: readonly Purpose[];
  basis: LegalBasis;
  /** Who gets it beside those whose work needs it here. */
  recipients: readonly string[];
  retention: RetentionRule;
  origin: Origin;
  search?: SearchKind;
  /** Left out of what a person is shown, with the reason that only the DPO and compliance see. */
  withheld?: string;
};

const everyClientRole = [
  'client',
  'representative',
  'beneficial-owner',
  'authorised-user',
] as const satisfies readonly PersonRole[];
const identified = {
  roles: everyClientRole,
  purposes: ['identification'],
  basis: 'aml',
  recipients: [
    'Financial intelligence unit, on its demand',
    'Supervisory authority, on its demand',
  ],
  retention: 'aml-relationship',
  origin: 'provided',
} as const satisfies Partial<Field>;
const assessed = {
  ...identified,
  category: 'due-diligence',
  purposes: ['risk-assessment'],
} as const satisfies Partial<Field>;

export const fields = {
  'full-name': {
    ...identified,
    label: 'Name',
    category: 'identity',
    shape: 'name',
    roles: [...everyClientRole, 'operator'],
    purposes: ['identification', 'access-control'],
    search: 'name',
  },
  'former-names': {
    ...identified,
    label: 'Former names',
    category: 'identity',
    shape: 'name',
    search: 'name',
  },
  'birth-date': { ...identified, label: 'Date of birth', category: 'identity', shape: 'date' },
  'birth-place': { ...identified, label: 'Place of birth', category: 'identity', shape: 'line' },
  nationality: { ...identified, label: 'Nationality', category: 'identity', shape: 'country' },
  residence: { ...identified, label: 'Address of residence', category: 'contact', shape: 'lines' },
  'residence-country': {
    ...identified,
    label: 'Country of residence',
    category: 'contact',
    shape: 'country',
  },
  email: {
    label: 'E-mail address',
    category: 'contact',
    shape: 'email',
    roles: [...everyClientRole, 'operator'],
    purposes: ['communication', 'contract'],
    basis: 'contract',
    recipients: ['Provider of the mail service'],
    retention: 'relationship',
    origin: 'provided',
    search: 'email',
  },
  phone: {
    label: 'Telephone number',
    category: 'contact',
    shape: 'phone',
    roles: [...everyClientRole, 'operator'],
    purposes: ['communication', 'contract'],
    basis: 'contract',
    recipients: [],
    retention: 'relationship',
    origin: 'provided',
    search: 'phone',
  },
  'document-type': {
    ...identified,
    label: 'Kind of document',
    category: 'document',
    shape: 'line',
  },
  'document-number': {
    ...identified,
    label: 'Number of the document',
    category: 'document',
    shape: 'code',
    search: 'document',
  },
  'document-issuer': { ...identified, label: 'Issued by', category: 'document', shape: 'line' },
  'document-expiry': { ...identified, label: 'Valid until', category: 'document', shape: 'date' },
  'tax-number': {
    label: 'Tax identification number',
    category: 'tax',
    shape: 'code',
    roles: ['client', 'beneficial-owner'],
    purposes: ['tax-reporting'],
    basis: 'tax',
    recipients: ['Tax authority of the Member State'],
    retention: 'tax-reporting',
    origin: 'provided',
    search: 'tax-number',
  },
  iban: {
    label: 'Account for payments (IBAN)',
    category: 'payment',
    shape: 'code',
    roles: ['client'],
    purposes: ['contract'],
    basis: 'contract',
    recipients: ['Bank that carries the payment'],
    retention: 'micar-records',
    origin: 'provided',
  },
  occupation: { ...assessed, label: 'Occupation', shape: 'line' },
  'source-of-funds': { ...assessed, label: 'Where the funds come from', shape: 'lines' },
  'political-exposure': {
    ...assessed,
    label: 'Politically exposed',
    shape: 'yes-no',
    origin: 'third-party',
  },
  'risk-class': { ...assessed, label: 'Risk class', shape: 'line', origin: 'derived' },
  'suspicion-note': {
    ...assessed,
    label: 'Note on a suspicion',
    shape: 'lines',
    origin: 'derived',
    withheld:
      'Nobody may learn that a suspicion was reported or is looked into (Article 39 of Directive (EU) 2015/849).',
  },
  language: {
    label: 'Language',
    category: 'preference',
    shape: 'line',
    roles: everyClientRole,
    purposes: ['communication'],
    basis: 'contract',
    recipients: [],
    retention: 'relationship',
    origin: 'provided',
  },
  'marketing-consent': {
    label: 'Agreed to be told about services',
    category: 'preference',
    shape: 'yes-no',
    roles: ['client', 'representative'],
    purposes: ['marketing'],
    basis: 'consent',
    recipients: [],
    retention: 'consent-withdrawn',
    origin: 'provided',
  },
} as const satisfies Record<string, Field>;
export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as FieldName[];
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);
export const fieldOf = (name: FieldName): Field => fields[name];

/** What the map says of an operator's own data, where that differs: they are staff and no clients. */
const ofOperators = {
  purposes: ['access-control'],
  basis: 'interest',
  recipients: ['Colleagues', 'Auditors'],
  retention: 'employment',
} as const satisfies Partial<Field>;

/** The field as it holds for somebody of these roles. */
export function fieldFor(name: FieldName, roles: readonly PersonRole[]): Field {
  const field = fieldOf(name);
  const isOnlyOperator = roles.length > 0 && roles.every((role) => role === 'operator');
  if (!isOnlyOperator)
    return roles.length === 0 || roles.includes('operator')
      ? field
      : { ...field, purposes: field.purposes.filter((purpose) => purpose !== 'access-control') };
  // Records name who acted; how to reach them is no part of a record, and goes when they leave.
  return field.category === 'contact'
    ? { ...field, ...ofOperators, retention: 'staff-contact' }
    : { ...field, ...ofOperators };
}
