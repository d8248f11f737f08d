import { expect, test } from 'vitest';
import { policyConditions } from '../policy.ts';
import { aspects } from './fact-choices.ts';

test('every condition that a rule can have belongs to one aspect, or the analyser would not see it', () => {
  const conditions = Object.keys(policyConditions.shape).filter((name) => name !== 'kinds');
  expect(aspects.flat().toSorted()).toEqual(conditions.toSorted());
});
