import { expect, it } from 'vitest';
import { rowsCount } from './incident-words.ts';

it('counts incidents and cyber threats of a list apart', () => {
  const [incident, threat] = [{ sort: 'incident' }, { sort: 'threat' }] as const;
  expect(rowsCount([])).toBe('0 incidents');
  expect(rowsCount([incident])).toBe('1 incident');
  expect(rowsCount([incident, threat, incident])).toBe('2 incidents and 1 cyber threat');
  expect(rowsCount([threat, threat])).toBe('2 cyber threats');
});
