/**
 * The voluntary notification of a significant cyber threat (DORA Art 19(2); ITS 2025/302 Annexes III and IV): drafted
 * from what the console knows, checked, and written as JSON. The ESAs have no schema for it, so the names are ours.
 * Pure.
 */
import { isLei } from '#lib/platform/lei.ts';
import { checkValue } from './check-value.ts';
import type { FieldValue } from './field-types.ts';
import { THREAT_FIELDS, type ThreatField } from './fields-threat.ts';
import { instantText } from './figures.ts';
import type { Severity } from './finding.ts';
import type { Leaf } from './shape.ts';

/** Values by field number 1 to 20, in the forms of a report's. */
export type ThreatValues = Readonly<Partial<Record<string, FieldValue>>>;

export type ThreatKnowledge = {
  entity: { name: string; lei: string } | null;
  contacts: Readonly<
    Partial<Record<`${'first' | 'second'}-${'name' | 'email' | 'phone'}`, string>>
  >;
  /** ISO instant. */
  detected: string;
  description: string;
  /** Questions of the worksheet (2024/1772 Art 10) that were answered by yes. */
  yes: ReadonlySet<string>;
  /** Others who are on record as told, in words. */
  told: readonly string[];
};

/** Which criterion (field 15) each question of the worksheet speaks for. */
const criterionOf: Readonly<Record<string, string>> = {
  could_affect_critical_services: 'critical_services_affected',
  could_meet_clients_and_transactions: 'clients_financial_counterparts_and_transactions_affected',
  could_meet_geographical_spread: 'geographical_spread',
  could_meet_reputational_impact: 'reputational_impact',
  could_meet_duration_downtime: 'duration_and_service_downtime',
  could_meet_data_losses: 'data_losses',
  could_meet_economic_impact: 'economic_impact',
};

/** Drafts what is known; what only people know is left out. */
export function prefillThreat(known: ThreatKnowledge): ThreatValues {
  const { entity, contacts, yes, told } = known;
  const list = THREAT_FIELDS.find(({ no }) => no === 15)?.choices ?? [];
  const could = new Set(
    Object.entries(criterionOf).flatMap(([question, value]) => (yes.has(question) ? [value] : [])),
  );
  const criteria = list.map(({ value }) => value).filter((value) => could.has(value));
  const values: Record<string, FieldValue | undefined | null> = {
    1: entity?.name,
    2: entity?.lei,
    6: contacts['first-name'],
    7: contacts['first-email'],
    8: contacts['first-phone'],
    9: contacts['second-name'],
    10: contacts['second-email'],
    11: contacts['second-phone'],
    12: instantText(known.detected),
    13: known.description,
    15: criteria,
    18: told.join('; '),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, FieldValue] => isGiven(entry[1])),
  );
}

const isGiven = (value: FieldValue | undefined | null): boolean =>
  value !== undefined &&
  value !== null &&
  (typeof value === 'boolean' ||
    (typeof value === 'string' ? value.trim() !== '' : value.length > 0));

export type ThreatFinding = { no: number; severity: Severity; sentence: string };

/** @returns what is missing or wrong, in the order of the fields; none for one that may be sent. */
export function checkThreat(values: ThreatValues): ThreatFinding[] {
  return THREAT_FIELDS.flatMap((field): ThreatFinding[] => {
    const value = values[field.no];
    if (!isGiven(value) || value === undefined)
      return field.duty === 'M'
        ? [{ no: field.no, severity: 'blocking', sentence: `“${field.label}” is due.` }]
        : [];
    return formFaults(field, value).map((fault) => ({ no: field.no, ...fault }));
  });
}

type FormFault = Pick<ThreatFinding, 'severity' | 'sentence'>;

function formFaults(field: ThreatField, value: FieldValue): FormFault[] {
  if (field.kind === 'names') return [];
  if (field.kind === 'identification' || field.kind === 'leis') {
    const parts = String(value)
      .split(';')
      .map((part) => part.trim());
    return parts.every(isLei)
      ? []
      : [{ severity: 'warning', sentence: 'This is no LEI with right check digits.' }];
  }
  const leaf: Leaf = { is: 'leaf', no: null, kind: field.kind, choices: field.choices ?? [] };
  return checkValue(leaf, value).faults.map(({ severity, sentence }) => ({ severity, sentence }));
}

/** The notification as text of a JSON document: each field with its number, name and value, in their order. */
export const threatText = (values: ThreatValues, about: { number: string }): string =>
  `${JSON.stringify(
    {
      form: 'Implementing Regulation (EU) 2025/302, Annex III',
      reference: about.number,
      fields: THREAT_FIELDS.flatMap(({ no, name }) =>
        isGiven(values[no]) ? [{ no, name, value: values[no] }] : [],
      ),
    },
    null,
    2,
  )}\n`;

/** A value for people. */
export function readThreatValue(field: ThreatField, value: FieldValue | undefined): string {
  if (!isGiven(value) || value === undefined) return field.duty === 'M' ? 'Missing' : 'Not stated';
  const words = (one: string): string =>
    field.choices?.find((choice) => choice.value === one)?.words ?? one;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' ? words(value) : value.map(words).join('; ');
}
