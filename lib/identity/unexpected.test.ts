import { expect, test } from 'vitest';
import { unexpected } from './unexpected.ts';

test('a failure of ours does not claim that nothing was changed, and names its reference', () => {
  const { ok, refusal } = unexpected('1a2b3c4d');
  expect(ok).toBe(false);
  expect(refusal.code).toBe('unexpected');
  expect(refusal.sentence).not.toMatch(/nothing was changed/i);
  expect(refusal.sentence).toContain('Reload to see whether it counted');
  expect(refusal.sentence).toContain('1a2b3c4d');
});
