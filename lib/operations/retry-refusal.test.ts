import { describe, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { findRetryRefusal } from './retry-refusal.ts';

const held = {
  kind: 'withdrawal',
  state: 'held',
  raisedBy: 'p-raiser',
  transactions: [] as { phase: string }[],
};
const personOf = (personId: string, roles = ['officer']) => ({ personId, scopes: scopesOf(roles) });
const raiser = personOf('p-raiser');
const codeOf = (row: typeof held, person = raiser) =>
  findRetryRefusal(row, person)?.refusal.code ?? null;

describe('a new attempt', () => {
  it('is started by the raiser of a held operation only', () => {
    expect(codeOf(held)).toBeNull();
    expect(codeOf(held, personOf('p-other'))).toBe('only-raiser-retries');
    expect(codeOf({ ...held, state: 'cosigned' })).toBe('operation-not-held');
  });

  it('takes the role that raising this kind takes, also for its raiser', () => {
    const auditor = personOf('p-raiser', ['auditor']);
    expect(codeOf(held, auditor)).toBe('not-allowed');
    const administrator = personOf('p-raiser', ['administrator']);
    expect(codeOf(held, administrator)).toBe('not-allowed');
    expect(codeOf({ ...held, kind: 'roster-change' }, administrator)).toBeNull();
  });

  it('goes on with a transaction that parties may have signed already', () => {
    for (const phase of ['built', 'releasing'])
      expect([phase, codeOf({ ...held, transactions: [{ phase }] })]).toEqual([phase, null]);
  });

  it('is refused once the transaction can never run: parties sign no other for the operation', () => {
    const row = { ...held, transactions: [{ phase: 'failed' }] };
    expect(codeOf(row)).toBe('transaction-spent');
    expect(findRetryRefusal(row, raiser)?.refusal.sentence).toContain('raise a new one');
  });
});
