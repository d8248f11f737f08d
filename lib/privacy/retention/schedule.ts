/**
 * The schedule of retention: every category of records that the product keeps, from what day on, for how long, by which
 * law, and what happens then. Screens, runs and holds read it; a test holds it against the tables that there are. Pure.
 */
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { kept } from './schedule-kept.ts';

export type Period = {
  years?: number;
  /** Where the competent authority asks for it. */
  askedYears?: number;
  days?: number;
  minutes?: number;
};

export type Category = {
  name: string;
  /** What stands in it. */
  what: string;
  /** The day from which the period counts. */
  trigger: string;
  /** Null where there is no end, with `why` beside. */
  period: Period | null;
  law: string;
  /**
   * `erase`: the key is destroyed and the values go; `delete`: rows go; `pseudonymise`: rows stay and name nobody once
   * the people in them are erased.
   */
  action: 'erase' | 'delete' | 'pseudonymise';
  /** Names of tables; one that ends with `*` names all that begin so. */
  tables: readonly string[];
  owner: string;
  /** Who ends it: `run` for the nightly run, or whoever is named. */
  by: string;
};

const vault = ['person', 'person_value', 'person_hash', 'person_tie', 'person_mention'] as const;
const officers = 'Custody officers';
const dpo = 'Data protection officer';

const ofPeople = {
  'aml-relationship': {
    ...retentionRules['aml-relationship'],
    name: 'Identification and due diligence',
    what: 'Names, birth, nationality, residence, documents, risk and where funds come from.',
    period: { years: 5 },
    tables: vault,
    owner: officers,
    by: 'run',
  },
  'micar-records': {
    ...retentionRules['micar-records'],
    name: 'Payment details of services',
    what: 'Accounts to and from which money of a client went.',
    trigger: 'the last service, and not before the relationship ends',
    period: { years: 5, askedYears: 7 },
    tables: vault,
    owner: officers,
    by: 'run',
  },
  'tax-reporting': {
    ...retentionRules['tax-reporting'],
    name: 'Tax identification',
    what: 'Numbers by which clients, and who controls them, are reported to tax authorities.',
    period: { years: 5 },
    tables: vault,
    owner: officers,
    by: 'run',
  },
  relationship: {
    ...retentionRules.relationship,
    name: 'Contact and language',
    what: 'E-mail addresses, telephone numbers and the language somebody is written to in.',
    period: { days: 0 },
    tables: vault,
    owner: officers,
    by: 'run',
  },
  'consent-withdrawn': {
    ...retentionRules['consent-withdrawn'],
    name: 'Consent to marketing',
    what: 'That somebody agreed to be told about services.',
    trigger: 'withdrawal of the consent, or the end of the relationship',
    period: { days: 0 },
    tables: vault,
    owner: dpo,
    by: 'run',
  },
  employment: {
    ...retentionRules.employment,
    name: 'People who work with the console',
    what: 'Names of operators, by whom records of custody say who acted.',
    trigger: 'the last signed act of somebody who left',
    period: { years: 5 },
    tables: vault,
    owner: 'Administrators',
    by: 'run',
  },
  'staff-contact': {
    ...retentionRules['staff-contact'],
    name: 'Contact of people who work with the console',
    what: 'E-mail addresses and telephone numbers of operators.',
    trigger: 'the day on which they were suspended or were last here',
    period: { days: 30 },
    tables: vault,
    owner: 'Administrators',
    by: 'run',
  },
  'corrected-values': {
    name: 'Earlier values that were corrected',
    what: 'E-mail addresses, telephone numbers and whatever else was corrected, as it was before, where no law asks what was known.',
    trigger: 'the correction',
    period: { days: 0 },
    law: 'Article 5(1)(d) and (e) and Article 16 of Regulation (EU) 2016/679',
    action: 'erase',
    tables: vault,
    owner: dpo,
    by: 'run',
  },
} as const satisfies Record<string, Category>;

const ofFiles = {
  'request-files': {
    name: 'Requests about personal data',
    what: 'What people wrote and sent, opinions, reasons and proofs of dispatch.',
    trigger: 'the last answer to the person',
    period: { years: 3 },
    law: 'Article 5(2) of Regulation (EU) 2016/679 and limitation of claims in national law',
    action: 'erase',
    tables: ['privacy_request*'],
    owner: dpo,
    by: 'run',
  },
  'hold-files': {
    name: 'Legal holds',
    what: 'Reasons for keeping something for a claim, an order or an investigation.',
    trigger: 'the lifting of the hold',
    period: { years: 3 },
    law: 'Article 5(2) of Regulation (EU) 2016/679 and limitation of claims in national law',
    action: 'erase',
    tables: ['privacy_hold*'],
    owner: 'Managers',
    by: 'run',
  },
  'breach-files': {
    name: 'Files of breaches',
    what: 'What was written about a breach, notifications, what persons were told, and the list of those it concerns. Its line in the register stays and names nobody.',
    trigger: 'the closing of the breach',
    period: { years: 5 },
    law: 'Article 33(5) with Article 5(2) of Regulation (EU) 2016/679 and limitation of claims in national law',
    action: 'erase',
    tables: ['privacy_breach*'],
    owner: dpo,
    by: 'run',
  },
} as const satisfies Record<string, Category>;

export const schedule = { ...ofPeople, ...ofFiles, ...kept } as const satisfies Record<
  string,
  Category
>;
export type CategoryCode = keyof typeof schedule;
export const categoryCodes = Object.keys(schedule) as CategoryCode[];
export const categoryOf = (code: CategoryCode): Category => schedule[code];

/** Categories whose end the nightly run brings about. */
export const runCodes = [
  'relationship',
  'consent-withdrawn',
  'micar-records',
  'aml-relationship',
  'tax-reporting',
  'employment',
  'staff-contact',
  'corrected-values',
  'request-files',
  'hold-files',
  'breach-files',
] as const satisfies readonly CategoryCode[];
export type RunCode = (typeof runCodes)[number];
export const isRunCode = (code: string): code is RunCode =>
  (runCodes as readonly string[]).includes(code);

/** Rules about files, each under a key of its own; the others are about people. */
export type FileCode = keyof typeof ofFiles;
export const fileCodes = Object.keys(ofFiles) as FileCode[];
export const isFileCode = (code: RunCode): code is FileCode => code in ofFiles;

/** A table by the name or the beginning that a category gives. */
export const coversTable = ({ tables }: Category, table: string): boolean =>
  tables.some((name) =>
    name.endsWith('*') ? table.startsWith(name.slice(0, -1)) : name === table,
  );

const several = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The period as people read it. */
export function periodWords({ period }: Category): string {
  if (period === null) return 'As long as the installation';
  const { years, askedYears, days, minutes } = period;
  if (years !== undefined)
    return `${several(years, 'year')}${askedYears === undefined ? '' : ` (${askedYears} where the authority asks)`}`;
  if (minutes !== undefined) return several(minutes, 'minute');
  return days === undefined || days === 0 ? 'Ends with it' : several(days, 'day');
}
