import { expect, it } from 'vitest';
import type { AccessView } from '#lib/operations/access/view-access.ts';
import { accessCsv } from './access-csv.ts';

const view: AccessView = {
  rosterVersion: 3,
  dormantAfterDays: 90,
  quarterFrom: '2026-10-01T00:00:00.000Z',
  reviewed: 0,
  canRemove: true,
  lines: [
    {
      person: 'p-ab2cdefg3h',
      name: '=HYPERLINK("x")',
      state: 'dormant',
      lastReview: null,
      isReviewed: false,
      keep: { allowed: true },
      grants: [
        {
          what: 'roles',
          name: 'Auditor',
          means: 'Reads.',
          since: null,
          notAfter: null,
          lastUse: null,
          isMeasured: true,
          state: 'dormant',
        },
      ],
    },
  ],
};

it('one row for each grant, and a name never becomes a formula', () => {
  const rows = accessCsv(view).split('\r\n');
  expect(rows[2]).toBe('Reviewed,0 of 1');
  expect(rows[5]).toBe(
    `p-ab2cdefg3h,"'=HYPERLINK(""x"")",Auditor,Reads.,not on record,no end,never,Dormant,never,`,
  );
});
