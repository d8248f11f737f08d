import { expect, it } from 'vitest';
import { z } from 'zod';
import { kinds } from '../records/kinds.ts';
import { rulesFor } from '../records/rules-of.ts';
import { fieldName, fieldWords } from './field-words.ts';

/** Every field of a schema, those of lists without the number of a line. */
function fieldsOf(schema: unknown, path = ''): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([field, inner]) => [
      path === '' ? field : `${path}.${field}`,
      ...fieldsOf(inner, path === '' ? field : `${path}.${field}`),
    ]);
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, path);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return fieldsOf(schema.unwrap(), path);
  return [];
}

it('every field and every text of every kind has a word, and every word a field', () => {
  for (const kind of kinds) {
    const rules = rulesFor(kind);
    const fields = [...fieldsOf(rules.facts), ...Object.keys(rules.texts)];
    expect(fields.length).toBeGreaterThan(5);
    expect([kind, [...new Set(fields)].toSorted()]).toEqual([
      kind,
      Object.keys(fieldWords[kind]).toSorted(),
    ]);
  }
});

it('a field of a line is named with the number of the line, from one', () => {
  expect(fieldName('contract', 'uses.2.function')).toBe('Function (use 3)');
  expect(fieldName('contract', 'uses.0')).toBe('Uses, line 1');
  expect(fieldName('contract', 'clause.30(2)(a)')).toBe('Evidence for 30(2)(a)');
  expect(fieldName('risk', 'residual.impact')).toBe('Residual risk, impact');
  expect(fieldName('risk', 'unheard')).toBe('unheard');
});
