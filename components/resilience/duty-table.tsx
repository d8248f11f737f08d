import type { DutyDay, Every } from '#lib/resilience/calendar.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table } from '../ui/table.tsx';
import { Day } from '../ui/time.tsx';
import { DueMark } from './standing-words.tsx';

function everyWords(every: Every, also: string | undefined): string {
  const often =
    every === null
      ? null
      : 'days' in every
        ? every.days === 7
          ? 'weekly'
          : `every ${every.days} days`
        : every.months === 12
          ? 'yearly'
          : every.months === 1
            ? 'monthly'
            : `every ${every.months} months`;
  const said = [often, also].filter((one) => one !== null && one !== undefined).join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** Recurring duties, each with its article, how often, when last and when next. */
export function DutyTable({
  duties,
  today,
  empty,
}: {
  duties: readonly DutyDay[];
  today: string;
  empty: string;
}) {
  return (
    <Table
      label="Recurring duties"
      columns={[
        {
          id: 'what',
          head: 'Duty',
          cell: ({ what, article, dueOn }: DutyDay) => (
            <span className="block max-w-[30rem] min-w-56 py-1 whitespace-normal">
              {what}
              <span className="block text-sm text-text-quiet">{article}</span>
              <NarrowLine word="Next due">
                {dueOn !== null && <DueMark dueOn={dueOn} today={today} />}
              </NarrowLine>
            </span>
          ),
        },
        {
          id: 'every',
          head: 'How often',
          narrow: 'hidden',
          wrap: true,
          quiet: true,
          cell: ({ every, also }) => everyWords(every, also),
        },
        {
          id: 'last',
          head: 'Last done',
          narrow: 'hidden',
          cell: ({ lastOn, shownBy }) =>
            lastOn === null ? (
              <span className="text-text-quiet">
                {shownBy === null ? 'Not kept here' : 'Not on record'}
              </span>
            ) : (
              <Day date={lastOn} />
            ),
        },
        {
          id: 'next',
          head: 'Next due',
          narrow: 'hidden',
          cell: ({ dueOn, state }) =>
            state === 'on-event' ? (
              <span className="text-text-quiet">On its event</span>
            ) : state === 'unknown' ? (
              <StatusMark shape="ring" tone="quiet">
                Not known
              </StatusMark>
            ) : (
              <DueMark dueOn={dueOn} today={today} />
            ),
        },
      ]}
      rows={duties}
      rowKey={({ id }) => id}
      mark={({ state }) => (state === 'overdue' ? 'danger' : null)}
      empty={empty}
    />
  );
}
