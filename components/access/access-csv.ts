/** The access review as a table for a spreadsheet: one row for each grant. Pure. */
import type { AccessView } from '#lib/operations/access/view-access.ts';
import { csvOf } from '#lib/platform/csv.ts';

const states = { expired: 'Expired', dormant: 'Dormant', 'in-use': 'In force' } as const;

export function accessCsv({ lines, rosterVersion, quarterFrom, reviewed }: AccessView): string {
  return csvOf([
    ['Access review, roster version', rosterVersion],
    ['Quarter from', quarterFrom.slice(0, 10)],
    ['Reviewed', `${reviewed} of ${lines.length}`],
    [],
    [
      'Person',
      'Name',
      'Grant',
      'Lets them',
      'Since',
      'Until',
      'Last use',
      'State',
      'Last review',
      'Reviewed by',
    ],
    ...lines.flatMap(({ person, name, grants, lastReview }) =>
      grants.map((grant) => [
        person,
        name,
        grant.name,
        grant.means,
        grant.since ?? 'not on record',
        grant.notAfter ?? 'no end',
        grant.isMeasured ? (grant.lastUse ?? 'never') : 'not measured',
        states[grant.state],
        lastReview?.at ?? 'never',
        lastReview?.by ?? '',
      ]),
    ),
  ]);
}
