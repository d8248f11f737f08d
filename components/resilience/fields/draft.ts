/** Records as a form holds them while somebody types, and back. Every value that is typed is text until it is sent. Pure. */
import { clauses, clauseText } from '#lib/resilience/kinds/contract-words.ts';
import { isText, type Field, type LeafField, type Section } from './field.ts';

export type DraftRow = Readonly<Record<string, string>>;
export type DraftValue = string | readonly string[] | DraftRow | readonly DraftRow[];
export type DraftFields = Readonly<Record<string, DraftValue>>;

export type Draft = { facts: DraftFields; texts: Readonly<Record<string, string>> };

type Facts = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Facts => (isObject(value) ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as it is typed. */
const typed = (value: unknown): string => {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const typedRow = (fields: readonly LeafField[], value: unknown): DraftRow => {
  const given = asObject(value);
  return Object.fromEntries(fields.map(({ name }) => [name, typed(given[name])]));
};

export const emptyRow = (fields: readonly LeafField[]): DraftRow => typedRow(fields, {});

/** Every clause has its line, whether somebody said something about it or not. */
function typedClauses(value: unknown): DraftRow[] {
  const said = asList(value).map(asObject);
  return clauses.map(({ id }) => {
    const line = said.find((one) => one['id'] === id);
    return { id, answer: typed(line?.['answer']), at: typed(line?.['at']) };
  });
}

function typedField(field: Field, value: unknown): DraftValue {
  switch (field.control) {
    case 'rows':
      return asList(value).map((row) => typedRow(field.fields, row));
    case 'group':
      return typedRow(field.fields, value);
    case 'clauses':
      return typedClauses(value);
    case 'records':
    case 'choices':
    case 'lines':
      return asList(value).map(typed);
    default:
      return typed(value);
  }
}

const textNames = (fields: readonly Field[]): string[] =>
  fields.flatMap((field) =>
    isText(field)
      ? [field.name]
      : field.control === 'clauses'
        ? clauses.map(({ id }) => clauseText(id))
        : [],
  );

/** A form filled with what stands on record, or with what is given for a new one. */
export function draftOf(
  sections: readonly Section[],
  facts: unknown,
  texts: Readonly<Record<string, string>>,
): Draft {
  const fields = sections.flatMap((section) => section.fields);
  const given = asObject(facts);
  return {
    facts: Object.fromEntries(
      fields
        .filter((field) => !isText(field))
        .map((field) => [field.name, typedField(field, given[field.name])]),
    ),
    texts: Object.fromEntries(textNames(fields).map((name) => [name, texts[name] ?? ''])),
  };
}

const figure = /^-?\d{1,15}(?:\.\d+)?$/;

/** What was typed as the records take it; what can't be read goes as it is, to be refused with its field. */
export function sentLeaf(field: LeafField, text: string): unknown {
  const plain = field.control === 'line' ? text.trim() : text.trim().normalize('NFC');
  if (plain === '') return field.maybe ? null : field.control === 'number' ? undefined : '';
  switch (field.control) {
    case 'number':
      return figure.test(plain) ? Number(plain) : plain;
    case 'yes-no':
      return plain === 'yes' ? true : plain === 'no' ? false : plain;
    case 'country':
    case 'currency':
      return plain.toUpperCase();
    default:
      return plain;
  }
}

const sentRow = (fields: readonly LeafField[], row: DraftRow): Facts =>
  Object.fromEntries(fields.map((field) => [field.name, sentLeaf(field, row[field.name] ?? '')]));

const textOf = (value: DraftValue | undefined): string => (typeof value === 'string' ? value : '');
export const rowOf = (value: DraftValue | undefined): DraftRow => (isObject(value) ? value : {});
export const rowsOf = (value: DraftValue | undefined): readonly DraftRow[] =>
  Array.isArray(value) ? value.filter((one): one is DraftRow => isObject(one)) : [];
export const linesOf = (value: DraftValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

function sentField(field: Exclude<Field, { control: 'title' | 'area' }>, value: DraftValue) {
  switch (field.control) {
    case 'rows':
      return rowsOf(value).map((row) => sentRow(field.fields, row));
    case 'group':
      return sentRow(field.fields, rowOf(value));
    case 'clauses':
      return rowsOf(value)
        .filter((row) => row['answer'] !== '')
        .map(({ id, answer, at = '' }) => ({ id, answer, at: at.trim() === '' ? null : at }));
    case 'records':
    case 'choices':
      return linesOf(value).filter((one) => one !== '');
    case 'lines':
      return linesOf(value).map((one) => one.trim());
    default:
      return sentLeaf(field, textOf(value));
  }
}

/** Whether a field is asked for as things stand. */
export const isAsked = (field: Field, { facts }: Draft): boolean => field.when?.(facts) ?? true;

/** A value of a field that is not asked for. */
const nothing = (field: Field): unknown =>
  ['rows', 'clauses', 'records', 'choices', 'lines'].includes(field.control) ? [] : null;

/**
 * The form as the save takes it. Texts go only where they differ from what stood there, so that what was erased in the
 * meantime is not written anew.
 */
export function sentOf(
  sections: readonly Section[],
  draft: Draft,
  before: Readonly<Record<string, string>>,
): { facts: Facts; texts: Record<string, string> } {
  const fields = sections.flatMap((section) => section.fields);
  const facts = Object.fromEntries(
    fields.flatMap((field) => {
      if (isText(field)) return [];
      if (!isAsked(field, draft)) return [[field.name, nothing(field)]];
      const value = draft.facts[field.name];
      return value === undefined ? [] : [[field.name, sentField(field, value)]];
    }),
  );
  const hidden = new Set(textNames(fields.filter((field) => !isAsked(field, draft))));
  const texts = Object.entries(draft.texts)
    .map(([name, text]) => [name, hidden.has(name) ? '' : text] as const)
    .filter(([name, text]) => text !== (before[name] ?? ''));
  return { facts, texts: Object.fromEntries(texts) };
}
