import type { ReactNode } from 'react';
import type { Limit, Timing } from '#lib/incidents/desk/incident-filter.ts';
import { DeskTabs } from '../desk-tabs.tsx';
import { classes, type IncidentClass } from '#lib/incidents/desk/life.ts';
import { spanWords } from '#lib/incidents/duration-text.ts';
import type { Counted, IncidentFigures } from '#lib/incidents/figures/view-figures.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { formatDay } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Figures, type Figure } from '../../ui/panel.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { CauseChart } from './cause-chart.tsx';
import { figuresPath, limitList, noticedList, openList, taskList } from './figures-address.ts';
import { PeriodForm } from '../../ui/period-form.tsx';

/** Incidents in figures for those who answer for them; each number opens the list that it counts. */
export function FiguresScreen({ view }: { view: IncidentFigures }) {
  const { period, problem, asOf } = view;
  const days = `${formatDay(period.from)} to ${formatDay(period.until)}`;
  return (
    <>
      <PageHeader
        title="Incident figures"
        state={
          <>
            As of <Time instant={asOf} style="minute" />. The period is {days} (UTC).
          </>
        }
        action={<PrintButton />}
      />
      <DeskTabs current="/incidents/figures" />
      <LiveRefresh topics={['incidents']} />
      <PeriodForm path={figuresPath} period={period} offered={view.offered} />
      {problem !== null && (
        <div className="mb-6">
          <Notice tone="caution" title="Not that period.">
            {problem} The last 12 months are shown.
          </Notice>
        </div>
      )}
      <div className="space-y-8">
        <Part title="Now">
          <Figures figures={nowFigures(view)} />
        </Part>
        <Part title="Open incidents by class">
          <Figures figures={classFigures(view)} />
        </Part>
        <Part title={`In the period, ${days}`}>
          <Figures figures={periodFigures(view)} />
        </Part>
        <Part title="Mean times of incidents noticed in the period">
          <Figures figures={meanFigures(view)} />
        </Part>
        <Part title="Incidents by root cause over time">
          <CauseChart byCause={view.byCause} period={period} />
        </Part>
        <p className="text-sm text-text-quiet">
          Cyber threats and incidents that were dropped are not counted. Causes and trends are
          monitored under DORA, Art 17(2) and (3).
        </p>
      </div>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <SectionHeading>{title}</SectionHeading>
    {children}
  </section>
);

const linked = (value: ReactNode, href: string): ReactNode => (
  <TextLink href={href}>{typeof value === 'number' ? value.toLocaleString('en') : value}</TextLink>
);

const ofIncidents = ({ count, incidents }: Counted): string =>
  count === 0 ? 'none' : `of ${countOf(incidents, 'incident')}`;

/** A figure of something that must not be: it stands out as soon as there is any. */
const alarming = (tone: 'caution' | 'danger', { count }: Counted) =>
  count === 0 ? {} : { noteTone: tone };

function nowFigures({ open, limits, tasks, recurring }: IncidentFigures): Figure[] {
  const limit = (label: string, name: Limit): Figure => ({
    label,
    value: linked(limits[name].count, limitList(name)),
    note: ofIncidents(limits[name]),
    ...(name === 'over' ? alarming('danger', limits[name]) : {}),
    ...(name === 'soon' ? alarming('caution', limits[name]) : {}),
  });
  return [
    {
      label: 'Open incidents',
      value: linked(open.total, openList()),
      note:
        open.untriaged === 0 ? (
          'all triaged'
        ) : (
          <TextLink look="plain" href={openList({ standing: 'new' })} className="text-caution">
            {open.untriaged.toLocaleString('en')} not triaged
          </TextLink>
        ),
    },
    limit('Time limits running', 'running'),
    limit('Due within 24 hours', 'soon'),
    limit('Time limits over', 'over'),
    {
      label: 'Tasks and actions overdue',
      value: linked(tasks.overdue.count, taskList('overdue-tasks')),
      note: (
        <>
          {ofIncidents(tasks.overdue)},{' '}
          <TextLink href={taskList('open-tasks')}>
            {tasks.open.count.toLocaleString('en')} to do
          </TextLink>
        </>
      ),
      ...alarming('caution', tasks.overdue),
    },
    {
      label: 'Recurring groups found last',
      value: linked(recurring?.groups ?? 'Never looked', '/incidents/recurring'),
      note:
        recurring === null ? 'asked for monthly' : <Time instant={recurring.at} style="minute" />,
      ...(recurring === null ? { noteTone: 'caution' as const } : {}),
    },
  ];
}

const classFigures = ({ open }: IncidentFigures): Figure[] =>
  (Object.keys(classes) as IncidentClass[]).map((name) => ({
    label: classes[name],
    value: linked(open.byClass[name], openList({ class: name })),
  }));

function periodFigures({ noticed, limits, period }: IncidentFigures): Figure[] {
  const { kept, missed } = limits;
  const due = kept.count + missed.count;
  return [
    { label: 'Incidents noticed', value: linked(noticed.total, noticedList(period)) },
    {
      label: 'Of them major',
      value: linked(noticed.major, noticedList(period, { class: 'major' })),
    },
    {
      label: 'Time limits kept',
      value: linked(kept.count, limitList('kept', period)),
      note: due === 0 ? 'none was due' : `of ${due.toLocaleString('en')} that were due`,
    },
    {
      label: 'Time limits missed',
      value: linked(missed.count, limitList('missed', period)),
      note: missed.count === 0 ? 'target: none' : `${ofIncidents(missed)}; target: none`,
      ...alarming('danger', missed),
    },
  ];
}

const meanNames: Readonly<Record<Timing, { label: string; from: string }>> = {
  detect: { label: 'To detect', from: 'from when it began' },
  classify: { label: 'To classify', from: 'from when it was noticed' },
  contain: { label: 'To contain', from: 'from when it was noticed' },
  recover: { label: 'To recover', from: 'from when it was noticed' },
};

const meanFigures = ({ means, noticed, period }: IncidentFigures): Figure[] =>
  (Object.keys(meanNames) as Timing[]).map((timing) => {
    const mean = means[timing];
    const { label, from } = meanNames[timing];
    return {
      label,
      value:
        mean === null ? (
          <span className="text-text-quiet">Not known</span>
        ) : (
          linked(spanWords(Math.max(0, mean.minutes)), noticedList(period, { timing }))
        ),
      note: `${from}; of ${mean?.of ?? 0} of ${countOf(noticed.total, 'incident')}`,
    };
  });
