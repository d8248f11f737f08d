import { expect, it } from 'vitest';
import { Failures } from './failures.ts';

it('a step that fails keeps none behind it from being done, and the first failure is raised', async () => {
  const failures = new Failures();
  const done: string[] = [];
  const fail = (what: string) => () => Promise.reject(new Error(what));
  expect(await failures.keep(fail('first'))).toBe(false);
  expect(await failures.keep(async () => done.push('one'))).toBe(true);
  await failures.keep(fail('second'));
  await failures.keep(async () => done.push('other'));
  expect(done).toEqual(['one', 'other']);
  expect(() => failures.raise()).toThrow('first');
});

it('nothing is raised where nothing failed', async () => {
  const failures = new Failures();
  await failures.keep(async () => undefined);
  expect(() => failures.raise()).not.toThrow();
});
