import { expect, it } from 'vitest';
import { amlKeepingLaw } from './aml-law.ts';
import { retentionRules } from './retention-rules.ts';

it('data are kept by the directive to its last day, and by the regulation from its first', () => {
  expect(amlKeepingLaw('2026-11-29')).toBe('Article 40 of Directive (EU) 2015/849');
  expect(amlKeepingLaw('2027-07-09')).toBe('Article 40 of Directive (EU) 2015/849');
  expect(amlKeepingLaw('2027-07-10')).toBe('Article 77 of Regulation (EU) 2024/1624');
});

it('the schedule of retention names the same two, with the same day', () => {
  const both = `${amlKeepingLaw('2027-07-09')}; from 10 July 2027 ${amlKeepingLaw('2027-07-10')}`;
  expect(retentionRules['aml-relationship'].law).toBe(both);
});
