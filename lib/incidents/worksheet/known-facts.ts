/**
 * The facts that an incident's worksheet takes beside those of the classification: when things happened, and what
 * reports ask for and people alone know. Pure.
 */
import { isStated, type StandingFact } from './stated.ts';
import type { IncidentFacts } from '../classification.ts';
import { DETAILED_CAUSES } from '../report/choices-causes.ts';
import {
  DISCOVERIES,
  INCIDENT_TYPES,
  OTHER_AUTHORITIES,
  TECHNIQUES,
  YES_NO_UNKNOWN,
} from '../report/choices.ts';
import type { ThreatFacts } from '../cyber-threat.ts';
import { threatFields } from '../threat-fields.ts';
import type { Choice } from '../report/field-types.ts';

/** Instants of an incident, in the order in which they happen. */
export const timeFacts = {
  occurred_at: 'When it began',
  detected_at: 'When it was noticed',
  contained_at: 'When it was contained',
  recovered_at: 'When service was back',
  resolved_at: 'When it was resolved',
  cause_addressed_at: 'When the root cause was addressed',
} as const;
export type TimeFact = keyof typeof timeFacts;

/** An answer that reports ask for: the field of ITS 2025/302 and the values that it takes. */
export type ReportFactField = {
  label: string;
  field: string;
  values: readonly Choice[];
  many: boolean;
};

const yesNo: readonly Choice[] = [
  { value: 'yes', words: 'Yes' },
  { value: 'no', words: 'No' },
];

export const reportFacts = {
  root_cause: {
    label: 'Apparent root cause',
    field: '4.2',
    values: DETAILED_CAUSES,
    many: false,
  },
  discovery: { label: 'How it was discovered', field: '2.7', values: DISCOVERIES, many: false },
  incident_types: {
    label: 'Type of the incident',
    field: '3.23',
    values: INCIDENT_TYPES,
    many: true,
  },
  techniques: { label: 'Threats and techniques', field: '3.25', values: TECHNIQUES, many: true },
  continuity_activated: {
    label: 'Business continuity plan activated',
    field: '2.9',
    values: yesNo,
    many: false,
  },
  infrastructure_affected: {
    label: 'Infrastructure components affected',
    field: '3.28',
    values: YES_NO_UNKNOWN,
    many: false,
  },
  financial_interest: {
    label: 'Financial interest of clients affected',
    field: '3.30',
    values: YES_NO_UNKNOWN,
    many: false,
  },
  other_authorities: {
    label: 'Also reported to',
    field: '3.31',
    values: OTHER_AUTHORITIES,
    many: true,
  },
  temporary_measures: {
    label: 'Temporary measures taken or planned',
    field: '3.33',
    values: yesNo,
    many: false,
  },
} as const satisfies Record<string, ReportFactField>;
export type ReportFact = keyof typeof reportFacts;

export const isTimeFact = (name: string): name is TimeFact => Object.hasOwn(timeFacts, name);
export const isReportFact = (name: string): name is ReportFact => Object.hasOwn(reportFacts, name);

export type Facts = Readonly<Record<string, StandingFact>>;

/** Facts that the rules assess out of everything that was entered. */
function assessed(facts: Facts): [string, StandingFact['value']][] {
  return Object.entries(facts).flatMap(([name, fact]) =>
    isStated(fact) && !isTimeFact(name) && !isReportFact(name) ? [[name, fact.value]] : [],
  );
}

/** What was entered about a cyber threat. */
export const threatFactsOf = (facts: Facts): ThreatFacts =>
  Object.fromEntries(assessed(facts).filter(([name]) => Object.hasOwn(threatFields, name)));

/** The facts of the classification out of everything that was entered; what was taken back is not known. */
export function classificationFacts(facts: Facts): IncidentFacts {
  const flat: Record<string, unknown> = {};
  const reputational: Record<string, unknown> = {};
  for (const [name, value] of assessed(facts)) {
    if (Object.hasOwn(threatFields, name)) continue;
    if (name.startsWith('reputational.')) reputational[name.slice('reputational.'.length)] = value;
    else flat[name] = value;
  }
  return { ...flat, ...(Object.keys(reputational).length > 0 ? { reputational } : {}) };
}

/** An instant that was entered; null where none was. */
export const timeOf = (facts: Facts, name: TimeFact): string | null => {
  const value = facts[name]?.value;
  return typeof value === 'string' ? value : null;
};
