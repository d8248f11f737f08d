import { expect, it } from 'vitest';
import { newBreaches, readBreaches } from './breach-record.ts';
import type { Breach } from './find-breaches.ts';

const breach = (over: Partial<Breach> = {}): Breach => ({
  kind: 'own-coins-at-client-address',
  subject: 'Vault1',
  chain: 'solana:sandbox',
  about: 'warm-1',
  amount: { asset: 'SOL', units: '7' },
  ...over,
});

it('a breach is new when the check before did not have it; another amount makes no new one', () => {
  expect(newBreaches([], [breach()])).toHaveLength(1);
  expect(newBreaches([breach()], [breach({ amount: { asset: 'SOL', units: '8' } })])).toEqual([]);
  const elsewhere = breach({ subject: 'Vault2', about: 'hot-1' });
  expect(newBreaches([breach()], [breach(), elsewhere])).toEqual([elsewhere]);
});

it('what was kept is read back as it was, and anything else is not taken for breaches', () => {
  expect(readBreaches(JSON.parse(JSON.stringify([breach()])))).toEqual([breach()]);
  expect(() => readBreaches([{ kind: 'none' }])).toThrow();
});
