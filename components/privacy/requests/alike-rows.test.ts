import { expect, it } from 'vitest';
import { alikeRows } from './alike-rows.ts';

it('names each request that is alike once, with all that makes it alike', () => {
  expect(
    alikeRows([
      { number: 'DSR-2026-000002', by: 'email', state: 'proposed' },
      { number: 'DSR-2026-000002', by: 'name', state: 'proposed' },
      { number: 'DSR-2026-000002', by: 'person', state: 'proposed' },
      { number: 'DSR-2026-000003', by: 'name', state: 'closed' },
    ]),
  ).toEqual([
    {
      number: 'DSR-2026-000002',
      state: 'proposed',
      likeness: 'about the same person, same e-mail address, same name',
    },
    { number: 'DSR-2026-000003', state: 'closed', likeness: 'same name' },
  ]);
});
