/** What a path among the facts or texts of a record is called on its page. Pure. */
import { clauses } from '#lib/resilience/kinds/contract-words.ts';
import type { Field, LeafField, Section } from './field.ts';

const clausePrefix = 'clause.';
/** Texts that no form asks for. */
const others: Readonly<Record<string, string>> = {
  'retired-because': 'Why it was retired',
  record: 'The record',
  reason: 'Why',
};

const inner = (fields: readonly LeafField[], name: string): string =>
  fields.find((field) => field.name === name)?.label ?? name;

function wordsIn(field: Field, rest: readonly string[]): string {
  const [first = '', second = ''] = rest;
  if (rest.length === 0) return field.label;
  if (field.control === 'group') return `${field.label}: ${inner(field.fields, first)}`;
  const line = `${field.label}, line ${Number(first) + 1}`;
  if (field.control === 'rows' && second !== '') return `${line}: ${inner(field.fields, second)}`;
  return line;
}

/** `uses.2.function` reads "Uses, line 3: Function". */
export function pathWords(sections: readonly Section[], path: string): string {
  if (path.startsWith(clausePrefix)) {
    const id = path.slice(clausePrefix.length);
    return `Clause ${clauses.find((one) => one.id === id)?.id ?? id}`;
  }
  const fields = sections.flatMap((section) => section.fields);
  const whole = fields.find((field) => field.name === path);
  if (whole) return whole.label;
  const [name = '', ...rest] = path.split('.');
  const field = fields.find((one) => one.name === name);
  return field ? wordsIn(field, rest) : (others[path] ?? path);
}

/** The field at the top of a path, so that changes of a long list are told as one. */
export function fieldWords(sections: readonly Section[], path: string): string {
  if (path.startsWith(clausePrefix)) return 'Clauses';
  const fields = sections.flatMap((section) => section.fields);
  const whole = fields.find((field) => field.name === path || field.name === path.split('.')[0]);
  return whole?.label ?? others[path] ?? path;
}
