/** What may be found in the registers of data protection, by kind of record, with its article. Pure, for screens. */
import type { PrivacyKind } from '#lib/resilience/records/kinds.ts';

/** Findings are mended; warnings are looked at. */
export type Weight = 'finding' | 'warning';

type Word = { kind: PrivacyKind | 'contract'; word: string; article: string; weight?: 'warning' };

const words = {
  'no-dpo': { kind: 'activity', word: 'No data protection officer', article: '30(1)(a)' },
  'no-purpose': { kind: 'activity', word: 'No purpose with legal basis', article: '30(1)(b)' },
  'no-persons': { kind: 'activity', word: 'No categories of persons', article: '30(1)(c)' },
  'no-data': { kind: 'activity', word: 'No categories of data', article: '30(1)(c)' },
  'no-recipients': { kind: 'activity', word: 'No categories of recipients', article: '30(1)(d)' },
  'transfer-not-named': {
    kind: 'activity',
    word: 'A recipient abroad without a transfer',
    article: '30(1)(e)',
  },
  'no-limit': {
    kind: 'activity',
    word: 'Data without a time limit for erasure',
    article: '30(1)(f)',
  },
  'no-measures': { kind: 'activity', word: 'No measures of security', article: '30(1)(g)' },
  'no-systems': { kind: 'activity', word: 'No system named', article: '30(1)', weight: 'warning' },
  'no-automated': {
    kind: 'activity',
    word: 'Decisions by machines not said',
    article: '15(1)(h)',
  },
  'no-dpia-need': {
    kind: 'activity',
    word: 'Nobody said whether high risk is likely',
    article: '35(1)',
  },
  'no-dpia': { kind: 'activity', word: 'Needs an approved impact assessment', article: '35(1)' },
  'no-notice': { kind: 'activity', word: 'No notice in force tells of it', article: '13, 14' },
  'no-consent-record': {
    kind: 'activity',
    word: 'Rests on consent without a record of it',
    article: '7(1)',
  },
  'activity-overdue': { kind: 'activity', word: 'Review overdue', article: '30(1)' },
  'dpia-reopened': {
    kind: 'dpia',
    word: 'An activity changed since the assessment',
    article: '35(11)',
  },
  'dpia-no-advice': {
    kind: 'dpia',
    word: 'No advice of the data protection officer',
    article: '35(2)',
  },
  'dpia-no-risks': { kind: 'dpia', word: 'No risks described', article: '35(7)(c)' },
  'dpia-no-necessity': {
    kind: 'dpia',
    word: 'Necessity and proportionality not described',
    article: '35(7)(b)',
  },
  'dpia-no-measures': { kind: 'dpia', word: 'Measures not described', article: '35(7)(d)' },
  'dpia-not-consulted': {
    kind: 'dpia',
    word: 'High risk left, authority not asked',
    article: '36(1)',
  },
  'dpia-no-answer': {
    kind: 'dpia',
    word: 'Authority has not answered in time',
    article: '36(2)',
    weight: 'warning',
  },
  'dpia-overdue': { kind: 'dpia', word: 'Review overdue', article: '35(11)' },
  'adequacy-none': { kind: 'transfer', word: 'No adequacy decision in force', article: '45(3)' },
  'adequacy-not-for-them': {
    kind: 'transfer',
    word: 'The decision does not cover the importer',
    article: '45(3)',
  },
  'adequacy-ending': {
    kind: 'transfer',
    word: 'The decision ends soon',
    article: '45(3)',
    weight: 'warning',
  },
  'no-assessment': {
    kind: 'transfer',
    word: 'No assessment of the law there',
    article: '46; clause 14',
  },
  'no-clauses-version': {
    kind: 'transfer',
    word: 'Version of the clauses not named',
    article: '46(2)(c)',
  },
  'no-transfer-data': { kind: 'transfer', word: 'No categories of data', article: '30(1)(e)' },
  'transfer-without-contract': {
    kind: 'transfer',
    word: 'Its provider is in no contract in force',
    article: '28(3), 44',
  },
  'transfer-without-processor': {
    kind: 'transfer',
    word: 'Importer works on behalf without a record',
    article: '28(3)',
  },
  'transfer-in-no-activity': {
    kind: 'transfer',
    word: 'No activity names it',
    article: '30(1)(e)',
  },
  'transfer-overdue': { kind: 'transfer', word: 'Review overdue', article: '46; clause 14' },
  'contract-without-transfer': {
    kind: 'contract',
    word: 'Data outside the EEA without a transfer',
    article: '44; DORA B_02.02',
  },
  'no-terms': { kind: 'processor', word: 'Terms of Art 28 missing', article: '28(3)' },
  'no-contract': { kind: 'processor', word: 'No contract named', article: '28(3)' },
  'contract-of-another': {
    kind: 'processor',
    word: 'The contract is with another provider',
    article: '28(3)',
  },
  'no-sub-processing': {
    kind: 'processor',
    word: 'Nobody said whether others may be engaged',
    article: '28(2)',
  },
  'no-audit-right': { kind: 'processor', word: 'No right of audit', article: '28(3)(h)' },
  'no-processor-data': {
    kind: 'processor',
    word: 'Kinds of data or people not named',
    article: '28(3)',
  },
  'processor-in-no-activity': {
    kind: 'processor',
    word: 'No activity names it',
    article: '30(1)',
    weight: 'warning',
  },
  'processor-overdue': { kind: 'processor', word: 'Review overdue', article: '28(1)' },
  'notice-pieces': { kind: 'notice', word: 'Pieces of Art 13 and 14 missing', article: '13, 14' },
  'notice-objection': {
    kind: 'notice',
    word: 'The right to object is not told on its own',
    article: '21(4)',
  },
  'notice-overdue': { kind: 'notice', word: 'Review overdue', article: '12(1)' },
  'consent-overdue': { kind: 'consent', word: 'Review overdue', article: '7(1)' },
  'consent-not-counted': {
    kind: 'consent',
    word: 'Nobody counted who gave it',
    article: '7(1)',
    weight: 'warning',
  },
  'wrong-role': {
    kind: 'activity',
    word: 'Somebody is named as what they are not',
    article: '30(1)(a)',
  },
} as const satisfies Record<string, Word>;

export type FindingCode = keyof typeof words;
export const findingCodes = Object.keys(words) as FindingCode[];
const wordOf: Readonly<Record<FindingCode, Word>> = words;

export const isFindingCode = (text: string): text is FindingCode => Object.hasOwn(words, text);
export const findingWord = (code: FindingCode): string => wordOf[code].word;
/** Of the GDPR where no other act is named. */
export const findingArticle = (code: FindingCode): string => `Art ${wordOf[code].article}`;
export const findingKind = (code: FindingCode): PrivacyKind | 'contract' => wordOf[code].kind;
export const findingWeight = (code: FindingCode): Weight => wordOf[code].weight ?? 'finding';

/** What may be found in records of a kind. */
export const codesOf = (kind: string): FindingCode[] =>
  findingCodes.filter((code) => wordOf[code].kind === kind);
