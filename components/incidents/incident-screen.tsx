import type { ReactNode } from 'react';
import type { IncidentClass, IncidentState } from '#lib/incidents/desk/life.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { ClocksPanel } from './clocks-panel.tsx';
import { IncidentActs, Note } from './incident-acts.tsx';
import { IncidentEvidence } from './incident-evidence.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentLinks } from './incident-links.tsx';
import { ClassMark, StateMark } from './incident-marks.tsx';
import { IncidentReview } from './incident-review.tsx';
import { IncidentTabs, type IncidentTab } from './incident-tabs.tsx';
import { IncidentTasks } from './incident-tasks.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import { severityName } from './incident-words.ts';
import { nextStepOf } from './next-step.ts';

/** Head of every page of one incident: which one it is and how it stands. */
export function IncidentHeader({
  about,
  current,
  action,
  tabs,
}: {
  about: Pick<IncidentView, 'id' | 'number' | 'title' | 'sort'> & {
    state: IncidentState;
    class: IncidentClass;
    severity: number | null;
    isAcknowledged: boolean;
  };
  current: IncidentTab;
  action?: ReactNode;
  tabs?: readonly Exclude<IncidentTab, 'record'>[];
}) {
  const { id, number, title, sort } = about;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Incidents', href: '/incidents' }, { label: number }]}
        title={<bdi>{title}</bdi>}
        state={
          <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <span className="text-text">
              <Code>{number}</Code>
            </span>
            {sort === 'threat' && <span>Cyber threat</span>}
            <StateMark {...about} />
            <span>
              {about.severity === null
                ? 'Not triaged'
                : `Severity ${severityName(about.severity).toLowerCase()}`}
            </span>
            <ClassMark standing={about.class} />
          </span>
        }
        action={action}
      />
      <IncidentTabs id={id} current={current} {...(tabs ? { shown: tabs } : {})} />
    </>
  );
}

/** The record of one incident: its clocks, what it is, what is done about it, and what happened. */
export function IncidentScreen({ view }: { view: IncidentView }) {
  const { standing, clocks, serverNow, can } = view;
  const isNew = standing.state === 'new' && standing.acknowledgedAt === null;
  const isOpen = standing.state === 'new' || standing.state === 'working';
  const hasReview = standing.state !== 'new';
  const next = nextStepOf(view);
  return (
    <>
      <IncidentHeader
        about={{ ...view, ...standing, isAcknowledged: standing.acknowledgedAt !== null }}
        current="record"
        action={<IncidentActs view={view} />}
      />
      <LiveRefresh topics={['incidents']} />
      <div className="mb-6 space-y-3 empty:hidden">
        {isNew && (
          <Notice tone="caution" title="Nobody has acknowledged it yet.">
            Until somebody does, people on call are told, one level after another.
          </Notice>
        )}
        {next !== null && (
          <Notice tone={next.isLate ? 'danger' : 'info'} title={next.title}>
            <TextLink href={next.href}>{next.label}</TextLink>
          </Notice>
        )}
        {!view.isEntityKnown && isOpen && (
          <Notice tone="caution" title="No time limit is computed.">
            What this entity is to the law is not on record: its type, Member State and time zone
            decide when a report is due.{' '}
            <TextLink href="/incidents/entity">See what is missing</TextLink>.
          </Notice>
        )}
      </div>
      <RecordColumns
        facts={
          <div className="space-y-8">
            <ClocksPanel clocks={clocks} fault={view.clockFault} serverNow={serverNow} />
            <IncidentFacts view={view} />
            <IncidentTasks view={view} purpose="task" />
            <IncidentLinks view={view} />
            <IncidentEvidence view={view} />
            {hasReview && <IncidentReview view={view} />}
            {hasReview && (standing.reviewedAt !== null || view.tasks.some(isAction)) && (
              <IncidentTasks view={view} purpose="action" />
            )}
          </div>
        }
        aside={
          <section>
            <SectionHeading action={can.work && <Note view={view} />}>What happened</SectionHeading>
            <IncidentTimeline view={view} />
          </section>
        }
      />
    </>
  );
}

const isAction = ({ purpose }: IncidentView['tasks'][number]): boolean => purpose === 'action';
