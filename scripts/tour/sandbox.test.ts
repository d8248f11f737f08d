import { expect, test } from 'vitest';
import { requireSandbox } from './sandbox.ts';

test('the tour refuses production by name', () => {
  expect(() => requireSandbox({ mode: 'production' })).toThrow('COUNTERSIGN_MODE is "production"');
  expect(() => requireSandbox({ mode: 'sandbox' })).not.toThrow();
});
