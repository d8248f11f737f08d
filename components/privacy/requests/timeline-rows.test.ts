import { expect, it } from 'vitest';
import {
  collected,
  dora,
  eventsOf,
  identified,
  mia,
  opened,
  reviewed,
  sha,
  type Said,
} from '#lib/privacy/testing/request-events.ts';
import { timelineRows } from './timeline-rows.ts';

const from = (system: string, found: number, by = dora): Said => ({
  kind: 'collected',
  facts: { system, found, digest: sha },
  by,
});
const rowsOf = (...said: readonly Said[]) =>
  timelineRows(eventsOf(said).map((event) => ({ ...event, by: event.actor }))).map((row) =>
    row.kind === 'event'
      ? row.event.kind
      : `${row.systems} systems, ${row.records} records, ${row.first.seq} to ${row.last.seq}`,
  );

it('a look through all systems is one entry, with what the last look into each of them found', () => {
  expect(
    rowsOf(
      opened(),
      identified,
      from('vault', 3),
      from('ledger', 2),
      from('vault', 4),
      reviewed,
      collected,
    ),
  ).toEqual(['opened', 'identified', '2 systems, 6 records, 3 to 5', 'reviewed', 'collected']);
});

it('what two people collected is two entries, and no event is lost', () => {
  expect(
    rowsOf(
      opened(),
      from('vault', 3),
      from('ledger', 2),
      from('texts', 1, mia),
      from('ties', 1, mia),
    ),
  ).toEqual(['opened', '2 systems, 5 records, 2 to 3', '2 systems, 2 records, 4 to 5']);
});
