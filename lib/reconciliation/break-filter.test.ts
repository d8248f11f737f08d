import { expect, test } from 'vitest';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { openBreaks, readBreakFilter } from './break-filter.ts';

const id = '0192f0c1-0000-4000-8000-000000000001';

test('an address that asks for nothing asks for what is not closed', () => {
  expect(readBreakFilter({})).toEqual({ ok: true, value: openBreaks });
  expect(readBreakFilter({ state: '', cause: ' ', asset: null })).toEqual({
    ok: true,
    value: openBreaks,
  });
});

test('each value that is known is taken', () => {
  const end = { at: new Date(1_764_000_000_000), id };
  expect(
    readBreakFilter({
      state: 'closed',
      cause: 'fee',
      kind: 'chain',
      asset: 'SOL',
      after: listCursorText(end),
    }),
  ).toEqual({
    ok: true,
    value: { state: 'closed', cause: 'fee', kind: 'chain', asset: 'SOL', after: end },
  });
});

test.each([
  [{ state: 'shut' }, 'not closed, or closed'],
  [{ cause: '"; drop\u0000' }, 'no cause called “"; drop?”'],
  [{ kind: 'moon' }, 'compared with'],
  [{ asset: 'sol' }, 'capital letters'],
  [{ after: 'x' }, 'does not exist'],
  [{ after: `1764000000000_${'-'.repeat(36)}` }, 'does not exist'],
])('a value that is none is refused by name: %j', (asked, sentence) => {
  expect(readBreakFilter(asked)).toMatchObject({
    refusal: { code: 'filter-invalid', sentence: expect.stringContaining(sentence) },
  });
});
