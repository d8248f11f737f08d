import Form from 'next/form';
import { reachedWords } from '#lib/resilience/board/section.ts';
import { drillKinds, drillKindNames } from '#lib/resilience/drills/kinds.ts';
import type { DrillLine, DrillPage, DrillsAsked } from '#lib/resilience/drills/list-drills.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { Pager } from '../../operations/pager.tsx';
import { askedQuery } from '../../ui/asked-query.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FilterButtons } from '../../ui/filter-buttons.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { resiliencePath } from '../kind-address.ts';
import { ResilienceTabs } from '../resilience-tabs.tsx';
import { OutcomeMark, drillsPath } from './drill-words.tsx';

/** Drills that really ran, each with what it reached, and when each kind has to have passed again. */
export function DrillsScreen({ page }: { page: DrillPage }) {
  const { asked, lines, next, faults } = page;
  const given = givenOf(asked);
  return (
    <>
      <PageHeader
        title="Drills"
        state={
          faults.length === 0
            ? 'No drill is overdue, and none that failed waits to be held again.'
            : `${countOf(faults.length, 'drill')} failed or overdue; each is a finding, too.`
        }
        crumbs={[{ label: 'Resilience', href: resiliencePath }, { label: 'Drills' }]}
      />
      <ResilienceTabs current={drillsPath} />
      <LiveRefresh topics={['resilience']} />
      <div className="space-y-10">
        <section aria-labelledby="due">
          <SectionHeading id="due">When each is due</SectionHeading>
          <Table
            label="When each drill is due"
            columns={dueColumns}
            rows={page.due.map((due) => ({
              ...due,
              faults: faults.filter(({ kind }) => kind === due.kind),
            }))}
            rowKey={({ kind }) => kind}
            mark={(due) => (due.faults.length > 0 ? 'danger' : null)}
          />
        </section>
        <section aria-labelledby="ran">
          <SectionHeading id="ran">Drills that ran</SectionHeading>
          <FilterForm asked={asked} isAsked={Object.keys(given).length > 0} />
          <Table
            label="Drills that ran, newest first"
            columns={ranColumns}
            rows={lines}
            rowKey={({ id }) => id}
            mark={({ outcome }) => (outcome === 'failed' ? 'danger' : null)}
            empty={
              Object.keys(given).length > 0
                ? 'None is as asked for.'
                : 'None ran yet. The command stands above, with each drill.'
            }
            foot={countOf(lines.length, 'drill')}
          />
          <Pager
            first={page.isFirst ? null : `${drillsPath}${askedQuery(given)}`}
            next={next && `${drillsPath}${askedQuery(given, ['after', next])}`}
            what="drills"
          />
        </section>
      </div>
    </>
  );
}

const givenOf = (asked: DrillsAsked): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

const any = { value: '', label: 'Any' };

function FilterForm({ asked, isAsked }: { asked: DrillsAsked; isAsked: boolean }) {
  return (
    <search className="screen-only mb-4 block">
      <Form
        key={JSON.stringify(asked)}
        action={drillsPath}
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        <SelectField
          label="Drill"
          name="kind"
          defaultValue={asked.kind ?? ''}
          options={[
            any,
            ...drillKindNames.map((kind) => ({ value: kind, label: drillKinds[kind].title })),
          ]}
        />
        <SelectField
          label="Outcome"
          name="outcome"
          defaultValue={asked.outcome ?? ''}
          options={[
            any,
            { value: 'passed', label: 'Passed' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        <TextField label="From" name="from" type="date" defaultValue={asked.from ?? ''} />
        <TextField label="Until" name="until" type="date" defaultValue={asked.until ?? ''} />
        <FilterButtons isAsked={isAsked} all={drillsPath} />
      </Form>
    </search>
  );
}

type Due = DrillPage['due'][number] & { faults: DrillPage['faults'] };

const Standing = ({ faults }: Pick<Due, 'faults'>) =>
  faults.length === 0 ? (
    <StatusMark shape="square" tone="good">
      In time
    </StatusMark>
  ) : (
    <StatusMark shape="triangle" tone="danger">
      {faults.map(({ why }) => (why === 'failed' ? 'Failed' : 'Overdue')).join(', ')}
    </StatusMark>
  );

const dueColumns: readonly Column<Due>[] = [
  {
    id: 'drill',
    head: 'Drill',
    wrap: true,
    cell: ({ title, article, faults, dueOn, command }) => (
      <>
        {title}
        <span className="block text-sm text-text-quiet">{article}</span>
        {faults.map(({ why, sentence }) => (
          <span key={why} className="block text-sm text-text-quiet">
            {sentence}
          </span>
        ))}
        <NarrowLine word="Has to pass by">
          <Day date={dueOn} />
        </NarrowLine>
        <NarrowLine word="Standing">
          <Standing faults={faults} />
        </NarrowLine>
        <NarrowLine word="Command">
          <code className="figures-mono">{command}</code>
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'due',
    head: 'Has to pass by',
    narrow: 'hidden',
    cell: ({ dueOn }) => <Day date={dueOn} />,
  },
  {
    id: 'standing',
    head: 'Standing',
    narrow: 'hidden',
    cell: ({ faults }) => <Standing faults={faults} />,
  },
  {
    id: 'command',
    head: 'Command',
    narrow: 'hidden',
    cell: ({ command }) => <code className="figures-mono">{command}</code>,
  },
];

const ranColumns: readonly Column<DrillLine>[] = [
  {
    id: 'ended',
    head: 'Ended',
    cell: ({ id, title, endedAt, outcome, rtoMs, rpoMs }) => (
      <>
        <TextLink href={`${drillsPath}/${id}`}>
          <Time instant={endedAt} style="minute" />
        </TextLink>
        <NarrowLine word="Drill">{title}</NarrowLine>
        <NarrowLine word="Outcome">
          <OutcomeMark outcome={outcome} />
        </NarrowLine>
        <NarrowLine word="RTO reached">{reachedWords(rtoMs)}</NarrowLine>
        <NarrowLine word="RPO reached">{reachedWords(rpoMs)}</NarrowLine>
      </>
    ),
  },
  { id: 'drill', head: 'Drill', narrow: 'hidden', cell: ({ title }) => title },
  {
    id: 'outcome',
    head: 'Outcome',
    narrow: 'hidden',
    cell: ({ outcome }) => <OutcomeMark outcome={outcome} />,
  },
  {
    id: 'rto',
    head: 'RTO reached',
    align: 'end',
    narrow: 'hidden',
    cell: ({ rtoMs }) => reachedWords(rtoMs),
  },
  {
    id: 'rpo',
    head: 'RPO reached',
    align: 'end',
    narrow: 'hidden',
    cell: ({ rpoMs }) => reachedWords(rpoMs),
  },
];
