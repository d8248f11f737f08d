/**
 * Between values by field number and the ESAs' incident document IR 1.2.1. What a draft holds that
 * the document can't (a word where a figure belongs) goes into it as it is: the check finds it there,
 * and nothing is lost on the way. Pure.
 */
import type { FieldKind, FieldNo, FieldValue, ReportField, ReportValues } from './field-types.ts';
import { REPORT_FIELDS } from './fields.ts';
import { numberOf, textOf } from './figures.ts';
import { ENTITY_KINDS } from './shape.ts';

/** A value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** The version of the ESAs' schema that documents follow. */
export const SCHEMA_VERSION = '1.2.1';

const CRITERION = 'classificationCriterion';

/** The criterion whose item carries the details of a field; the others go with the first. */
const CRITERION_OF: Readonly<Partial<Record<FieldNo, string>>> = {
  '2.6': 'geographical_spread',
  '3.13': 'reputational_impact',
  '3.14': 'reputational_impact',
  '3.18': 'geographical_spread',
  '3.19': 'geographical_spread',
  '3.20': 'data_losses',
  '3.21': 'data_losses',
  '4.12': 'economic_impact',
};

const figures: ReadonlySet<FieldKind> = new Set(['integer', 'percent', 'money']);

const isEmpty = (value: FieldValue): boolean => typeof value !== 'boolean' && value.length === 0;

function jsonOf(kind: FieldKind, value: FieldValue): Json {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return [...value];
  return figures.has(kind) ? (numberOf(value) ?? value) : value;
}

/** Items of a text with semicolons between them. */
const partsOf = (value: FieldValue | undefined): string[] =>
  typeof value === 'string' && value !== '' ? value.split(';').map((part) => part.trim()) : [];

/** @returns the document; what isn't filled in has no property in it. */
export function toDocument(values: ReportValues): JsonObject {
  const document: JsonObject = {};
  for (const field of REPORT_FIELDS) {
    const value = values[field.no];
    if (field.path.startsWith('affectedEntity')) {
      if (field.no === '1.4') putEntities(document, values);
    } else if (field.path.startsWith('incident.classificationTypes')) {
      if (field.no === '2.5') putCriteria(document, values);
    } else if (value !== undefined && !isEmpty(value))
      put(document, pathOf(field, value), jsonOf(field.kind, value));
  }
  return document;
}

/** Where a field stands; an identification stands where its form says. */
function pathOf(field: ReportField, value: FieldValue): string {
  const [first = '', second] = field.path.split('|');
  if (second === undefined) return first;
  return typeof value === 'string' && /^[A-Z0-9]{18}[0-9]{2}$/.test(value) ? first : second;
}

function put(document: JsonObject, path: string, value: Json): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = document;
  for (const step of steps) at = below(at, step);
  at[last] = value;
}

function below(at: JsonObject, name: string): JsonObject {
  const known = at[name];
  if (typeof known === 'object' && known !== null && !Array.isArray(known)) return known;
  const made: JsonObject = {};
  const kind: unknown = Object.entries(ENTITY_KINDS).find(([place]) => place === name)?.[1];
  if (typeof kind === 'string') made['entityType'] = kind;
  at[name] = made;
  return made;
}

function putEntities(document: JsonObject, values: ReportValues): void {
  const names = partsOf(values['1.5']);
  const leis = partsOf(values['1.6']);
  const types = values['1.4'];
  const hasTypes = types !== undefined && !isEmpty(types);
  const count = Math.max(names.length, leis.length, hasTypes ? 1 : 0);
  if (count === 0) return;
  document['affectedEntity'] = Array.from({ length: count }, (_, place) => {
    const item: JsonObject = { entityType: ENTITY_KINDS.affectedEntity };
    if (hasTypes) item['affectedEntityType'] = jsonOf('choices', types);
    if (names[place]) item['name'] = names[place];
    if (leis[place]) item['LEI'] = leis[place];
    return item;
  });
}

function putCriteria(document: JsonObject, values: ReportValues): void {
  const chosen = values['2.5'];
  const criteria = typeof chosen === 'object' ? chosen : [];
  const items: JsonObject[] = criteria.map((criterion) => ({ [CRITERION]: criterion }));
  for (const field of REPORT_FIELDS) {
    const { no, kind, path } = field;
    const criterion = CRITERION_OF[no];
    const value = values[no];
    if (criterion === undefined || value === undefined || isEmpty(value)) continue;
    let item = items.find((one) => one[CRITERION] === criterion) ?? items[0];
    if (!item) {
      // A draft without criteria: the check asks for them, the details stay.
      item = {};
      items.push(item);
    }
    item[path.slice(path.lastIndexOf('.') + 1)] = jsonOf(kind, value);
  }
  if (items.length > 0) below(document, 'incident')['classificationTypes'] = items;
}

/**
 * The values of a document, also of one with faults: what stands at a field's place is taken as far
 * as our form can hold it. Never throws for values that JSON can carry.
 */
export function fromDocument(document: unknown): ReportValues {
  const values: Partial<Record<FieldNo, FieldValue>> = {};
  for (const field of REPORT_FIELDS) {
    const found = field.path.split('|').flatMap((path) => heldAt(document, path.split('.')));
    const value = united(field, found);
    if (value !== null && !isEmpty(value)) values[field.no] = value;
  }
  return values;
}

/** As many items of a list as a document may have. */
const MOST_ITEMS = 1000;

/** What stands at a path, once for each item of the list on the way; undefined where nothing does. */
function heldAt(at: unknown, steps: readonly string[]): unknown[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [at];
  const name = step.replace('[]', '');
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return [undefined];
  const held: unknown = (at as Record<string, unknown>)[name];
  if (!step.endsWith('[]')) return heldAt(held, rest);
  return Array.isArray(held) ? held.slice(0, MOST_ITEMS).flatMap((item) => heldAt(item, rest)) : [];
}

function flat(value: unknown): FieldValue | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return textOf(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return null;
}

function united({ no, kind }: ReportField, found: readonly unknown[]): FieldValue | null {
  if (kind === 'names' || kind === 'leis') {
    const parts = found.map((value) =>
      typeof value === 'string' ? value.replaceAll(';', ',').trim() : '',
    );
    while (parts.at(-1) === '') parts.pop();
    return parts.join('; ');
  }
  const held = found.map(flat).filter((value) => value !== null);
  const [first] = held;
  if (first === undefined) return null;
  // A criterion stands in each item, the field lists them.
  if (no === '2.5') return [...new Set(held.filter((value) => typeof value === 'string'))];
  if (held.length === 1 || typeof first === 'boolean' || no === '1.3') return first;
  if (typeof first === 'object')
    return [...new Set(held.flatMap((value) => (typeof value === 'object' ? value : [])))];
  return [...new Set(held.filter((value) => typeof value === 'string'))].join('\n');
}

/** The document as text for a file: the same values always give the same bytes. */
export const documentText = (document: JsonObject): string =>
  `${JSON.stringify(document, null, 2)}\n`;
