import { describe, expect, it } from 'vitest';
import { findReturnFault, returnClock, type Carrying } from './return.ts';

const operation = (over: Partial<Carrying> = {}): Carrying => ({
  number: 'WD-2026-000001',
  isFinal: true,
  isConfirmed: true,
  units: 10n,
  ...over,
});
const code = (...asked: Parameters<typeof findReturnFault>) =>
  findReturnFault(...asked)?.refusal.code ?? null;

describe('a return ends', () => {
  it('when what was asked for is confirmed, to the unit', () => {
    expect(code(10n, [operation()], 5n)).toBeNull();
    expect(code(11n, [operation()], 5n)).toBe('not-all-returned');
    expect(code(20n, [operation(), operation()], 5n)).toBeNull();
  });

  it('and for all there is, when the client has nothing of it any more', () => {
    expect(code(null, [operation()], 0n)).toBeNull();
    expect(code(null, [operation()], 1n)).toBe('not-all-returned');
    expect(code(null, [], 0n)).toBe('not-all-returned');
  });

  it('never while an operation is under way, and not by one that ended without a transfer', () => {
    expect(code(10n, [operation(), operation({ isFinal: false, isConfirmed: false })], 0n)).toBe(
      'under-way',
    );
    expect(code(10n, [operation({ isConfirmed: false })], 0n)).toBe('not-all-returned');
  });
});

describe('the clock of a return', () => {
  const friday = '2026-11-27T15:00:00.000Z';
  const read = (agreedUntil: string | null, now: string) =>
    returnClock({ requestedAt: friday, agreedUntil }, [], new Date(now));

  it('ends after two business days, or when the agreement says', () => {
    expect(read(null, friday).until).toBe('2026-12-01T23:59:59.999Z');
    const agreed = '2026-11-27T23:59:59.999Z';
    expect(read(agreed, '2026-11-28T00:00:00.000Z')).toMatchObject({
      until: agreed,
      state: 'overdue',
    });
  });
});
