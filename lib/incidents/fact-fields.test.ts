import { expect, test } from 'vitest';
import { classifyIncident, findFactFault } from './classification.ts';
import { factField, factFields, factNames } from './fact-fields.ts';

test('a question is found by its name, whichever worksheet it is of', () => {
  expect(factField('duration')?.kind).toBe('duration');
  expect(factField('probability_is_high')).toMatchObject({ kind: 'yes-no', group: 'probability' });
  expect(factField('toString')).toBeNull();
});

const examples = {
  'yes-no': true,
  count: 1,
  average: 1.5,
  'money-eur': '1.50',
  duration: '00:00:01',
  states: ['DE'],
  choice: ['integrity'],
} as const;

const nested = (name: string, value: unknown): object =>
  name.startsWith('reputational.')
    ? { reputational: { [name.slice('reputational.'.length)]: value } }
    : { [name]: value };

test.each(factNames)('%s takes what its kind says, and what it does not is refused', (name) => {
  expect(findFactFault(nested(name, examples[factFields[name].kind]))).toBeNull();
  expect(findFactFault(nested(name, {}))?.field).toBe(name);
});

test('every criterion has a question', () => {
  const asked = new Set(factNames.map((name) => factFields[name].group));
  for (const { id } of classifyIncident({}).criteria) expect(asked).toContain(id);
});
