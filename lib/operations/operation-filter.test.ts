import { expect, test } from 'vitest';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { anyOperation, readOperationFilter } from './operation-filter.ts';

const id = '0192f0c1-0000-4000-8000-000000000001';

test('an address that asks for nothing asks for every operation', () => {
  expect(readOperationFilter({ kind: '', asset: ' ', client: null })).toEqual({
    ok: true,
    value: anyOperation,
  });
});

test('each value that is known is taken', () => {
  const end = { at: new Date(1_764_000_000_000), id };
  expect(
    readOperationFilter({
      kind: 'vault-transfer',
      standing: 'open',
      asset: 'SOL',
      client: 'C-20418',
      after: listCursorText(end),
    }),
  ).toEqual({
    ok: true,
    value: {
      kind: 'vault-transfer',
      standing: 'open',
      asset: 'SOL',
      client: 'C-20418',
      after: end,
    },
  });
});

test.each([
  [{ kind: 'theft\u0000' }, 'no kind of operation called “theft?”'],
  [{ standing: 'lost' }, 'under way or at its end'],
  [{ asset: 'sol' }, 'capital letters'],
  [{ client: '20418' }, 'C- and four to ten digits'],
  [{ after: '1_2' }, 'does not exist'],
  [{ after: `1764000000000_${'-'.repeat(36)}` }, 'does not exist'],
])('a value that is none is refused by name: %j', (asked, sentence) => {
  expect(readOperationFilter(asked)).toMatchObject({
    refusal: { code: 'filter-invalid', sentence: expect.stringContaining(sentence) },
  });
});
