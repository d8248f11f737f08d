import { reportStages } from '#lib/incidents/reports/life.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { RecordColumns } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { MissingPanel } from './missing-panel.tsx';
import { ReportEditor } from './report-editor.tsx';
import { ReportReading } from './report-reading.tsx';
import { ReportSteps } from './report-steps.tsx';
import { reportMark } from './report-words.ts';

const hourMs = 3_600_000;
const formats = { json: 'JSON (ESAs’ 1.2.1)', pdf: 'PDF', xlsx: 'XLSX' } as const;

/** One report: written while it is a draft, read and decided on after. */
export function ReportScreen({ view, isPreview }: { view: ReportView; isPreview: boolean }) {
  const { id, incident, stage, state, can, due, isErased, serverNow } = view;
  const path = `/incidents/${incident.id}/reports`;
  const { shape, tone, words } = reportMark(state);
  const isEditing = can.write && !isPreview;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Incidents', href: '/incidents' },
          { label: incident.number, href: `/incidents/${incident.id}` },
          { label: 'Reports', href: path },
          { label: reportStages[stage] },
        ]}
        title={reportStages[stage]}
        state={
          <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <bdi className="text-text">{incident.title}</bdi>
            <StatusMark shape={shape} tone={tone}>
              {words}
            </StatusMark>
            {due !== null && (
              <span>
                Due in{' '}
                <Countdown
                  until={due.dueAt}
                  serverNow={serverNow}
                  cautionBelow={hourMs}
                  passed={<span className="text-danger">time is up</span>}
                />
              </span>
            )}
          </span>
        }
      />
      {can.write && (
        <Tabs
          label="Writing and reading"
          tabs={[
            { label: 'Write', href: `${path}/${id}`, current: isEditing },
            { label: 'Preview', href: `${path}/${id}?show=preview`, current: !isEditing },
          ]}
        />
      )}
      <LiveRefresh topics={['incidents']} />
      {isErased && (
        <Notice tone="caution" title="This report was erased.">
          Its digest and its steps stay on record.
        </Notice>
      )}
      <DecisionPanel view={view} />
      <RecordColumns
        facts={isEditing ? <ReportEditor view={view} /> : <ReportReading view={view} />}
        aside={
          <>
            <MissingPanel view={view} hasFields={isEditing} />
            {!isErased && (
              <section>
                <SectionHeading>Files</SectionHeading>
                <ul className="space-y-1">
                  {Object.entries(formats).map(([format, label]) => (
                    <li key={format}>
                      <a
                        download
                        className="rounded-sm text-accent underline decoration-line-strong underline-offset-3"
                        href={`/api/incidents/reports/${id}?format=${format}`}
                      >
                        {label}
                      </a>
                    </li>
                  ))}
                </ul>
                <p className="mt-1 text-sm text-text-quiet">
                  That somebody took a file stands in the audit trail.
                </p>
              </section>
            )}
            <section>
              <SectionHeading>What became of it</SectionHeading>
              <ReportSteps view={view} />
            </section>
          </>
        }
      />
      <p className="mt-8 text-sm text-text-quiet">
        Fields and duties: Implementing Regulation (EU) 2025/302, Annexes I and II. Reporting: DORA,
        Art 19(4).
      </p>
    </>
  );
}
