import { describe, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { findRetryRefusal } from './retry-refusal.ts';

const held = {
  kind: 'withdrawal',
  state: 'held',
  raisedBy: 'p-raiser',
  expiresAt: new Date('2026-11-24T12:00:00.000Z'),
  transactions: [] as { phase: string }[],
};
const now = new Date('2026-11-24T11:59:59.999Z');
const personOf = (personId: string, roles = ['officer']) => ({ personId, scopes: scopesOf(roles) });
const raiser = personOf('p-raiser');
const codeOf = (row: typeof held, person = raiser, at = now) =>
  findRetryRefusal(row, person, at)?.refusal.code ?? null;

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
    expect(findRetryRefusal(row, raiser, now)?.refusal.sentence).toContain('raise a new one');
  });

  it('is refused once its time is over, and nobody is told to raise another one while a signature may exist', () => {
    const at = held.expiresAt;
    const sentenceOf = (phases: readonly string[]) =>
      findRetryRefusal({ ...held, transactions: phases.map((phase) => ({ phase })) }, raiser, at)
        ?.refusal.sentence;
    expect(codeOf(held, raiser, at)).toBe('operation-expired');
    expect(sentenceOf(['built'])).toContain('Raise a new one');
    for (const phase of ['releasing', 'signed'])
      expect(sentenceOf([phase])).toMatch(/nobody here can end it.*could pay twice/u);
  });
});
