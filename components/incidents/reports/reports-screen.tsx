import { openReportAction } from '#lib/incidents/report-actions.ts';
import { reportStages, type ReportStage } from '#lib/incidents/reports/life.ts';
import type { ReportLine, ReportsView } from '#lib/incidents/reports/list-reports.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow, RecordColumns } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { ClocksPanel } from '../clocks-panel.tsx';
import { CostsPanel } from '../costs/costs-panel.tsx';
import { IncidentHeader } from '../incident-screen.tsx';
import { reportMark, whomWords } from './report-words.ts';
import { ThreatForm } from './threat-form.tsx';
import { Tell } from './tell-dialog.tsx';

/** The reports of one incident: which there are, which can be begun and why not, and who else was told. */
export function ReportsScreen({ view }: { view: ReportsView }) {
  const { incident, reports, clocks, serverNow, notice, told } = view;
  const owesClients =
    notice !== null && !told.some(({ whom }) => whom === 'clients') && view.canTell;
  return (
    <>
      <IncidentHeader about={incident} current="reports" />
      <LiveRefresh topics={['incidents']} />
      {owesClients && (
        <div className="mb-6">
          <Notice
            tone="caution"
            title="Clients have not been told."
            action={<Tell incident={incident} whom="clients" notice={notice} tone="primary" />}
          >
            Their financial interests are touched, so they are told without undue delay, with the
            measures taken (DORA, Art 19(3)).
          </Notice>
        </div>
      )}
      <RecordColumns
        facts={
          <div className="space-y-8">
            {view.threat !== null && (
              <section>
                <SectionHeading>Notification of the threat</SectionHeading>
                <p className="mb-3 prose-line text-text-quiet">
                  Telling the authority of a significant cyber threat is voluntary (DORA, Art
                  19(2)). These are the fields of Annex III of Implementing Regulation (EU)
                  2025/302.
                </p>
                {view.canBegin ? (
                  <ThreatForm about={incident} prefilled={view.threat} draft={view.threatDraft} />
                ) : (
                  <Notice title="An officer or a manager writes it." />
                )}
              </section>
            )}
            {incident.sort === 'incident' && (
              <section>
                <SectionHeading>Reports to the authority</SectionHeading>
                <Table
                  label="Reports to the authority"
                  columns={columnsOf(incident.id)}
                  rows={reports}
                  rowKey={({ id }) => id}
                  mark={({ state }) => (state === 'released' ? 'caution' : null)}
                  empty={
                    <>
                      No report has been begun. The first is the initial notification: within 4
                      hours of the decision that the incident is major, and within 24 hours of
                      becoming aware of it unless the decision came later. The time limits here say
                      until when, weekends and holidays counted in.
                    </>
                  }
                />
              </section>
            )}
            {incident.sort === 'incident' && <Begin view={view} />}
            <TellPanel view={view} />
            {incident.sort === 'incident' && <CostsPanel view={view} />}
          </div>
        }
        aside={<ClocksPanel clocks={clocks} fault={view.clockFault} serverNow={serverNow} />}
      />
    </>
  );
}

const columnsOf = (incident: string): Column<ReportLine>[] => [
  {
    id: 'stage',
    head: 'Report',
    cell: ({ id, stage }) => (
      <TextLink look="plain" href={`/incidents/${incident}/reports/${id}`}>
        {reportStages[stage]}
      </TextLink>
    ),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ state, wentAlone }) => {
      const { shape, tone, words } = reportMark(state);
      return (
        <>
          <StatusMark shape={shape} tone={tone}>
            {words}
          </StatusMark>
          {wentAlone && <span className="block text-sm text-caution">Released by one person</span>}
        </>
      );
    },
  },
  {
    id: 'sent',
    head: 'Sent',
    cell: ({ sentAt }) => (sentAt === null ? 'Not yet' : <Time instant={sentAt} style="minute" />),
  },
  {
    id: 'reference',
    head: 'Authority’s reference',
    cell: ({ reference }) =>
      reference === null ? (
        <span className="text-text-quiet">None</span>
      ) : (
        <bdi className="figures-mono">{reference}</bdi>
      ),
  },
  {
    id: 'begun',
    head: 'Begun',
    quiet: true,
    narrow: 'hidden',
    cell: ({ openedBy, openedAt }) => (
      <>
        <bdi>{openedBy}</bdi>, <Time instant={openedAt} style="minute" />
      </>
    ),
  },
];

const stageHelp: Readonly<Record<ReportStage, string>> = {
  initial: 'What is known so far: 2025/301, Art 5(1)(a).',
  intermediate: 'Within 72 hours of the initial notification, and again when things change.',
  final: 'Within a month of the latest intermediate report, with the root cause.',
  reclassified: 'Takes back what was notified, with the reasons.',
};

/** What can be begun now; why the others can't. */
function Begin({ view: { incident, begin, canBegin } }: { view: ReportsView }) {
  const next = begin.find(({ fault }) => fault === null)?.stage;
  return (
    <section>
      <SectionHeading>Begin a report</SectionHeading>
      <Panel label="Begin a report">
        {begin.map(({ stage, fault }) => (
          <PanelRow
            key={stage}
            title={
              <span className={fault === null ? '' : 'font-normal text-text-quiet'}>
                {reportStages[stage]}
              </span>
            }
            aside={
              fault === null &&
              canBegin && (
                <ActDialog
                  act={openReportAction}
                  label="Begin"
                  size="small"
                  tone={stage === next ? 'primary' : 'secondary'}
                  title={`Begin: ${reportStages[stage].toLowerCase()}`}
                  done="Begin it"
                  fixed={{ id: incident.id, stage }}
                  goTo={`/incidents/${incident.id}/reports`}
                >
                  <p>
                    Its first draft is filled with what the console knows, each value with where it
                    comes from. Nothing is sent before two people have signed it.
                  </p>
                </ActDialog>
              )
            }
          >
            {fault ?? (canBegin ? stageHelp[stage] : 'An officer or a manager begins it.')}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

/** Who else was told, and the ways to record it. */
function TellPanel({ view: { incident, told, notice, canTell } }: { view: ReportsView }) {
  const whoms =
    incident.sort === 'threat'
      ? (['authority', 'clients', 'board'] as const)
      : (['clients', 'board', 'authority'] as const);
  return (
    <section>
      <SectionHeading>Who else was told</SectionHeading>
      <Panel label="Who else was told">
        {canTell && (
          <div className="flex flex-wrap gap-2 px-4 py-3">
            {whoms.map((whom) => (
              <Tell key={whom} incident={incident} whom={whom} notice={notice} tone="secondary" />
            ))}
          </div>
        )}
        {told.length === 0 && <PanelRow>Nobody is on record as told.</PanelRow>}
        {told.map(({ seq, whom, count, by, at, text }) => (
          <PanelRow
            key={seq}
            title={`${whomWords[whom]}${count === null ? '' : ` (${count.toLocaleString('en')})`}`}
            aside={
              <span className="text-sm text-text-quiet">
                <bdi>{by}</bdi>, <Time instant={at} style="minute" />
              </span>
            }
          >
            <p className="wrap-anywhere whitespace-pre-line">
              <bdi>{text}</bdi>
            </p>
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
