import { describe, expect, it } from 'vitest';
import { findRetryRefusal } from './retry-refusal.ts';

const held = {
  kind: 'withdrawal',
  state: 'held',
  raisedBy: 'p-raiser',
  transactions: [] as { phase: string }[],
};
const codeOf = (row: typeof held, person = 'p-raiser') =>
  findRetryRefusal(row, person)?.refusal.code ?? null;

describe('a new attempt', () => {
  it('is started by the raiser of a held operation only', () => {
    expect(codeOf(held)).toBeNull();
    expect(codeOf(held, 'p-other')).toBe('only-raiser-retries');
    expect(codeOf({ ...held, state: 'cosigned' })).toBe('operation-not-held');
  });

  it('goes on with a transaction that parties may have signed already', () => {
    for (const phase of ['built', 'releasing'])
      expect([phase, codeOf({ ...held, transactions: [{ phase }] })]).toEqual([phase, null]);
  });

  it('is refused once the transaction can never run: parties sign no other for the operation', () => {
    const row = { ...held, transactions: [{ phase: 'failed' }] };
    expect(codeOf(row)).toBe('transaction-spent');
    expect(findRetryRefusal(row, 'p-raiser')?.refusal.sentence).toContain('raise a new one');
  });
});
