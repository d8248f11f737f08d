import { categoryOf, periodWords, schedule } from '#lib/privacy/retention/schedule.ts';
import type { RetentionView } from '#lib/privacy/retention/view-retention.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { CalendarChart } from './calendar-chart.tsx';
import { holdsPath, retentionPath, runPath } from './retention-address.ts';
import { RetentionTabs } from './retention-tabs.tsx';
import { actionWords, outcomeMarks } from './retention-words.ts';

type Line = RetentionView['lines'][number];

function RuleMark({ code, rule }: Line) {
  if (rule === null)
    return <span className="text-sm text-text-quiet">Done by {categoryOf(code).by}</span>;
  const mark = outcomeMarks[rule.newest?.outcome ?? 'nothing'];
  return (
    <>
      {mark && (
        <StatusMark shape={mark.shape} tone={mark.tone}>
          {rule.newest === null ? 'No night has been yet' : mark.words}
        </StatusMark>
      )}
      {rule.newest !== null && (
        <span className="block text-sm text-text-quiet">
          {rule.newest.due.toLocaleString('en')} due in{' '}
          <TextLink href={runPath(rule.newest.run)}>{rule.newest.run}</TextLink>
        </span>
      )}
    </>
  );
}

const columns: readonly Column<Line>[] = [
  {
    id: 'name',
    head: 'Category',
    wrap: true,
    cell: (line) => {
      const category = categoryOf(line.code);
      return (
        <>
          <span className="font-medium">{category.name}</span>
          <span className="block text-sm text-text-quiet">{category.what}</span>
          <NarrowLine word="Kept">
            {periodWords(category)} after {category.trigger}
          </NarrowLine>
          <NarrowLine word="By">{category.law}</NarrowLine>
          <NarrowLine word="Stands">
            <RuleMark {...line} />
          </NarrowLine>
        </>
      );
    },
  },
  {
    id: 'period',
    narrow: 'hidden',
    head: 'Kept',
    wrap: true,
    cell: ({ code }) => {
      const category = categoryOf(code);
      return (
        <>
          {periodWords(category)}
          <span className="block text-sm text-text-quiet">from {category.trigger}</span>
        </>
      );
    },
  },
  {
    id: 'law',
    narrow: 'hidden',
    head: 'Law',
    wrap: true,
    quiet: true,
    cell: ({ code }) => categoryOf(code).law,
  },
  {
    id: 'action',
    narrow: 'hidden',
    head: 'Then',
    cell: ({ code }) => (
      <>
        {actionWords[categoryOf(code).action]}
        <span className="block text-sm text-text-quiet">{categoryOf(code).owner}</span>
      </>
    ),
  },
  {
    id: 'stands',
    narrow: 'hidden',
    head: 'Stands',
    wrap: true,
    cell: (line) => <RuleMark {...line} />,
  },
];

/** What is kept, from when, for how long, by which law, and what falls due in the months that come. */
export function ScheduleScreen({ view }: { view: RetentionView }) {
  const { lines, months, calendar, holds, waiting, can } = view;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Data protection', href: '/privacy' }, { label: 'Retention' }]}
        title="Retention"
        state={stateOf(view)}
      />
      <RetentionTabs current={retentionPath} />
      <LiveRefresh topics={['privacy-retention']} />
      <div className="space-y-10">
        {waiting.length > 0 && (
          <Notice
            tone="caution"
            title={`${countOf(waiting.length, 'rule')} ${waiting.length === 1 ? 'waits' : 'wait'} for an approval.`}
          >
            <ul>
              {waiting.map(({ run, rule, due }) => (
                <li key={rule}>
                  {schedule[rule].name}: {due.toLocaleString('en')} due,{' '}
                  <TextLink href={runPath(run)}>see the report {run}</TextLink>
                </li>
              ))}
            </ul>
            {!can.decide && 'A manager or a custody officer decides; until then nothing goes.'}
          </Notice>
        )}
        {holds.overdue > 0 && (
          <Notice
            tone="caution"
            title={`${countOf(holds.overdue, 'legal hold')} ${holds.overdue === 1 ? 'is' : 'are'} over the day of review.`}
          >
            They go on to stand.{' '}
            <TextLink href={`${holdsPath}?list=overdue`}>Look at them again</TextLink>.
          </Notice>
        )}
        <section aria-label="Calendar">
          <SectionHeading>What falls due in 24 months</SectionHeading>
          <CalendarChart months={months} lines={calendar} />
        </section>
        <section aria-label="Schedule">
          <SectionHeading>Schedule</SectionHeading>
          <Table
            label="Every category of records, with its period and its law"
            columns={columns}
            rows={lines}
            rowKey={({ code }) => code}
            empty="There is no category."
          />
        </section>
        <p className="text-sm text-text-quiet">
          Years end with the same date of a later year, or the last day of that month; what is kept
          until then goes on the day after. GDPR, Art 5(1)(e).
        </p>
      </div>
    </>
  );
}

function stateOf({ waiting, holds }: RetentionView): string {
  const held =
    holds.standing === 0
      ? 'No legal hold stands.'
      : `${countOf(holds.standing, 'legal hold')} ${holds.standing === 1 ? 'stands' : 'stand'}.`;
  return waiting.length === 0
    ? `Nothing waits for an approval. ${held}`
    : `Nothing goes by a rule that waits for an approval. ${held}`;
}
