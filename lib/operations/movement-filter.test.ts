import { describe, expect, it } from 'vitest';
import { narrows } from '#lib/ledger/movements/filter.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { readFilter } from './movement-filter.ts';

const account = 'client/C-1001/SOL';
const read = (asked: Asked) => readFilter(asked, account, 9);
const codeOf = (asked: Asked): string => {
  const filter = read(asked);
  return filter.ok ? 'ok' : filter.refusal.code;
};

describe('a filter of movements', () => {
  it('is read from what an address says, days as UTC and amounts in the smallest unit', () => {
    expect(
      read({
        from: '2026-10-01',
        to: '2026-10-31',
        kind: 'deposit',
        way: 'in',
        least: '0.5',
        most: '1',
        other: 'vault/warm-1',
        find: 'WD-2026-000001',
        order: 'oldest',
      }),
    ).toEqual({
      ok: true,
      value: {
        from: new Date('2026-10-01T00:00:00Z'),
        until: new Date('2026-11-01T00:00:00Z'),
        kind: 'deposit',
        way: 'in',
        other: 'vault/warm-1/SOL',
        find: 'WD-2026-000001',
        least: 500_000_000n,
        most: 1_000_000_000n,
        order: 'oldest',
      },
    });
    expect(read({ other: 'C-2002' })).toMatchObject({ value: { other: 'client/C-2002/SOL' } });
  });

  it('of an empty form leaves nothing out', () => {
    const filter = read({ from: '', kind: '', other: null, order: 'oldest' });
    expect(filter.ok && narrows(filter.value)).toBe(false);
    expect(filter).toMatchObject({ value: { order: 'oldest' } });
  });

  it('refuses by name what is none, with a sentence that says what to write', () => {
    const bad: Asked[] = [
      { from: '2026-02-30' },
      { from: '28.11.2026' },
      { to: '1999-01-01' },
      { from: '2026-10-02', to: '2026-10-01' },
      { kind: 'constructor' },
      { way: 'up' },
      { order: 'random' },
      { least: '1,5' },
      { least: '-1' },
      { most: '0.0000000001' },
      { least: '2', most: '1' },
      { other: account },
      { other: "x' or 1=1" },
      { other: 'vault/warm-1/sol' },
      { find: ' ' },
      { find: 'x'.repeat(121) },
      { find: 'ü' },
    ];
    for (const asked of bad) {
      expect([asked, codeOf(asked)]).toEqual([asked, 'filter-invalid']);
      const filter = read(asked);
      expect(filter.ok ? '' : filter.refusal.sentence).toMatch(/\.$/);
    }
  });
});
