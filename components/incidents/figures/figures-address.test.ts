import { expect, it } from 'vitest';
import { readIncidentFilter } from '#lib/incidents/desk/incident-filter.ts';
import { limitList, monthWithin, noticedList, openList, taskList } from './figures-address.ts';

const asked = (address: string) =>
  readIncidentFilter(Object.fromEntries(new URL(address, 'https://console.invalid').searchParams));

it('the list behind a figure is asked for by an address that the desk can read', () => {
  const period = { from: '2026-01-01', until: '2026-03-31' };
  expect(asked(openList({ class: 'major' }))).toMatchObject({
    value: { standing: 'open', sort: 'incident', class: 'major' },
  });
  expect(asked(noticedList(period, { cause: 'unknown', timing: 'detect' }))).toMatchObject({
    value: { standing: 'counted', ...period, cause: 'unknown', timing: 'detect' },
  });
  expect(asked(limitList('missed', period))).toMatchObject({
    value: { standing: 'all', limit: 'missed', dueFrom: period.from, dueUntil: period.until },
  });
  expect(asked(taskList('overdue-tasks'))).toMatchObject({ value: { standing: 'overdue-tasks' } });
});

it('a month at the edge of a period is asked for without the days outside of it', () => {
  const period = { from: '2024-01-15', until: '2024-02-29' };
  expect(monthWithin('2024-01', period)).toEqual({ from: '2024-01-15', until: '2024-01-31' });
  expect(monthWithin('2024-02', period)).toEqual({ from: '2024-02-01', until: '2024-02-29' });
});
