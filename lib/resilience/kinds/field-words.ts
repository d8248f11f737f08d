/** What the fields of records are called, for forms, histories and refusals. Pure, for screens. */
import type { Kind } from '../records/kinds.ts';
import { clauses, exitTexts } from './contract-words.ts';
import { definitions } from './entity-words.ts';
import { privacyFieldWords } from './privacy-field-words.ts';

type Words = Readonly<Record<string, string>>;

const person = { owner: 'Owner', title: 'Title', description: 'Description' } as const;
const scope = { functions: 'Functions', assets: 'Assets', providers: 'Providers' } as const;
const objectives = {
  rtoHours: 'Recovery time objective, hours',
  rpoHours: 'Recovery point objective, hours',
} as const;
const rating = (what: string, field: string): Words => ({
  [field]: what,
  [`${field}.likelihood`]: `${what}, likelihood`,
  [`${field}.impact`]: `${what}, impact`,
});
const within = (list: string, one: string, words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([field, word]) => [`${list}.${field}`, `${word} (${one})`]),
  );

const entityWords: Words = {
  lei: 'LEI',
  name: 'Name',
  country: 'Country',
  type: 'Type of entity',
  hierarchy: 'Place in the group',
  parentLei: 'LEI of the direct parent',
  integratedOn: 'In the register from',
  currency: 'Currency of the assets',
  assets: 'Total assets',
};

/** By kind and field; fields of lists without the number of the line. */
export const fieldWords: Readonly<Record<Kind, Words>> = {
  entity: {
    ...entityWords,
    authority: 'Competent authority',
    branches: 'Branches',
    ...within('branches', 'branch', {
      code: 'Code',
      headOffice: 'LEI of the head office',
      name: 'Name',
      country: 'Country',
    }),
    group: 'Entities of the group',
    ...within('group', 'entity of the group', {
      ...entityWords,
      updatedOn: 'Last update',
      deletedOn: 'Out of the register from',
    }),
    ...Object.fromEntries(
      Object.entries(definitions).map(([column, what]) => [
        `definition.${column}`,
        `Meaning of ${what}`,
      ]),
    ),
  },
  provider: {
    person: 'Legal person or individual',
    codeType: 'Kind of code',
    code: 'Code',
    otherCodeType: 'Kind of the other code',
    otherCode: 'Other code',
    name: 'Legal name',
    latinName: 'Name in Latin letters',
    'latin-name': 'Name in Latin letters',
    country: 'Country of the headquarters',
    currency: 'Currency of the expense',
    expense: 'Expense of a year',
    parent: 'Ultimate parent',
    note: 'Note',
  },
  function: {
    id: 'Identifier',
    activity: 'Licensed activity',
    name: 'Name',
    entity: 'LEI of the entity',
    critical: 'Critical or important',
    assessedOn: 'Last assessment',
    ...objectives,
    impact: 'Impact of discontinuing it',
    owner: 'Who answers for it',
    reason: 'Reason',
  },
  contract: {
    reference: 'Reference',
    name: 'Name',
    type: 'Type of contract',
    overarching: 'Overarching contract',
    currency: 'Currency',
    expense: 'Expense of a year',
    overseer: 'Who oversees it',
    signatories: 'Who signs for the entity (LEI)',
    providerSignatories: 'Which provider signs',
    groupProviders: 'Entities of the group that provide (LEI)',
    users: 'Users',
    ...within('users', 'user', { user: 'LEI', branch: 'Code of the branch' }),
    uses: 'Uses',
    ...within('uses', 'use', {
      user: 'LEI of the user',
      provider: 'Provider',
      function: 'Function',
      service: 'Type of service',
      startsOn: 'Start',
      endsOn: 'End',
      endReason: 'Reason of the end',
      noticeEntity: 'Notice of the entity, days',
      noticeProvider: 'Notice of the provider, days',
      law: 'Governing law',
      providedFrom: 'Country of provision',
      storesData: 'Stores data',
      dataAt: 'Country of data at rest',
      processedAt: 'Country of processing',
      sensitivity: 'Sensitivity of the data',
      reliance: 'Reliance',
    }),
    chain: 'Supply chain',
    ...within('chain', 'link', {
      service: 'Type of service',
      provider: 'Provider',
      rank: 'Rank',
      recipient: 'Recipient of the service',
    }),
    assessments: 'Assessments',
    ...within('assessments', 'assessment', {
      provider: 'Provider',
      service: 'Type of service',
      substitutability: 'Substitutability',
      reason: 'Why it is hard to substitute',
      auditedOn: 'Last audit',
      exitPlan: 'Exit plan',
      reintegration: 'Reintegration',
      impact: 'Impact of discontinuing it',
      alternatives: 'Alternatives known',
      which: 'Which alternatives',
    }),
    restsOn: 'Contracts that it rests on',
    clauses: 'Clauses',
    ...within('clauses', 'clause', { id: 'Clause', answer: 'Answer', at: 'Where it stands' }),
    exitTests: 'Tests of the exit plan',
    ...within('exitTests', 'test', { on: 'Day', result: 'Result' }),
    nextExitTestOn: 'Next test of the exit plan',
    ...Object.fromEntries(clauses.map(({ id }) => [`clause.${id}`, `Evidence for ${id}`])),
    ...exitTexts,
    'before-signing': 'Assessment before signing',
    monitoring: 'Monitoring',
    note: 'Note',
  },
  asset: {
    code: 'Id',
    name: 'Name',
    type: 'Kind of asset',
    location: 'Location',
    classification: 'Classification',
    critical: 'Criticality',
    owner: 'Owner',
    description: 'Description',
    functions: 'Functions supported',
    providers: 'Providers',
    contracts: 'Contracts',
    dependsOn: 'Depends on',
    ...objectives,
    exposure: 'Exposure to outside networks',
    legacy: 'Legacy system',
    supportEndsOn: 'End of regular support',
    extendedSupportEndsOn: 'End of extended support',
    customSupportEndsOn: 'End of custom support',
    continuity: 'Continuity needs',
  },
  risk: {
    ...person,
    ...scope,
    category: 'Category',
    state: 'State',
    ...rating('Inherent risk', 'inherent'),
    ...rating('Residual risk', 'residual'),
    appetite: 'Appetite',
    treatment: 'Treatment',
    'treatment-plan': 'What is done about it',
    reviewOn: 'Next review',
    reviewedOn: 'Last review',
    acceptedBy: 'Accepted by',
    acceptedOn: 'Accepted on',
    description: 'Vulnerability and threat',
    indicators: 'Indicators of impact and likelihood',
    acceptance: 'Why it is accepted',
  },
  finding: {
    ...person,
    ...scope,
    source: 'Source',
    severity: 'Severity',
    state: 'State',
    foundOn: 'Found on',
    dueOn: 'Due',
    remediedOn: 'Remedied on',
    remediedBy: 'Remedied by',
    validatedOn: 'Validated on',
    validatedBy: 'Validated by',
    acceptedBy: 'Accepted by',
    test: 'Test',
    planTest: 'Test of a plan',
    incident: 'Incident',
    remedy: 'Remedy',
    validation: 'How the remedy was validated',
    extension: 'Why it takes longer',
    acceptance: 'Why it is accepted',
  },
  test: {
    title: 'Title',
    type: 'Type of test',
    state: 'State',
    functions: 'Functions',
    assets: 'Assets',
    providers: 'Providers',
    independence: 'Independence of the tester',
    plannedOn: 'Planned for',
    doneOn: 'Done on',
    result: 'Result',
    outcome: 'What came out',
    approvedBy: 'Report approved by',
    tester: 'Tester',
    scope: 'Scope',
    scenario: 'Scenario',
  },
  plan: {
    name: 'Name',
    type: 'Type of plan',
    state: 'State',
    functions: 'Functions covered',
    scenarios: 'Scenarios',
    ...objectives,
    approvedOn: 'Approved on',
    approvedBy: 'Approved by',
    nextReviewOn: 'Next review',
    activation: 'When it is activated',
    deactivation: 'When it ends',
    procedure: 'What is done',
    communication: 'Who is told, and how',
  },
  'plan-test': {
    title: 'Title',
    plan: 'Plan',
    state: 'State',
    scenarios: 'Scenarios',
    plannedOn: 'Planned for',
    doneOn: 'Held on',
    plannedRtoMinutes: 'Planned recovery time, minutes',
    actualRtoMinutes: 'Actual recovery time, minutes',
    plannedRpoMinutes: 'Planned recovery point, minutes',
    actualRpoMinutes: 'Actual recovery point, minutes',
    drill: 'Drill',
    drillKind: 'Drill held by hand',
    reportedOn: 'Reported to the board on',
    deviation: 'Deviation',
    lessons: 'Lessons',
  },
  ...privacyFieldWords,
};

/** Fields that any record may carry, or that stand for all of it. */
const commonWords: Words = {
  record: 'Record',
  'retired-because': 'Why it was retired',
};

/** A field in words, with the number of its line: `uses.2.function` is "Function (use 3)". */
export function fieldName(kind: Kind, field: string): string {
  const own = fieldWords[kind];
  const whole = own[field] ?? commonWords[field];
  if (whole !== undefined) return whole;
  const [, list = '', index, rest] = /^([A-Za-z]+)\.(\d+)(?:\.(.+))?$/.exec(field) ?? [];
  if (index === undefined) return field;
  const line = Number(index) + 1;
  const word = rest === undefined ? own[list] : own[`${list}.${rest}`];
  if (word === undefined) return field;
  return rest === undefined ? `${word}, line ${line}` : word.replace(/\)$/, ` ${line})`);
}
