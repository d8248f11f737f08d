import { actsMax } from '#lib/privacy/retention/runs/outcome.ts';
import { countSkipped, skipReasons, type SkipReason } from '#lib/privacy/retention/runs/skips.ts';
import type { ReportView, RunView } from '#lib/privacy/retention/runs/view-run.ts';
import { categoryOf, periodWords } from '#lib/privacy/retention/schedule.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Code } from '../../ui/grouped.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { requestPath } from '../requests/requests-address.ts';
import { DecideRule } from './decide-rule.tsx';
import { holdPath, retentionPath, runsPath } from './retention-address.ts';
import { outcomeMarks, phaseMarks } from './retention-words.ts';
import { runKinds } from './runs-screen.tsx';

/** One run: what is due by each rule, what is left and why, and what somebody decided about it. */
export function RunScreen({ view }: { view: RunView }) {
  const { number, kind, day, by, askedAt, endedAt, reports } = view;
  return (
    <div className="max-w-[68rem]">
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Retention', href: retentionPath },
          { label: 'Runs', href: runsPath },
          { label: number },
        ]}
        title={<span className="figures-mono">{number}</span>}
        state={stateOf(view)}
      />
      <LiveRefresh topics={['privacy-retention']} />
      <div className="space-y-8">
        <DescriptionList
          items={[
            {
              term: runKinds[kind],
              detail: (
                <>
                  As of <Day date={day} />
                </>
              ),
            },
            {
              term: 'Begun',
              detail: (
                <>
                  <Time instant={askedAt} style="minute" />, <bdi>{by}</bdi>
                </>
              ),
            },
            {
              term: 'Over',
              detail: endedAt === null ? 'Under way' : <Time instant={endedAt} style="minute" />,
            },
          ]}
        />
        {reports.toSorted(byUrgency).map((report) => (
          <RuleReport key={report.rule} run={view.id} report={report} />
        ))}
      </div>
    </div>
  );
}

/** What waits for somebody first, then what was due. */
const urgencyOf = ({ outcome, due }: ReportView): number =>
  outcome === 'waits' ? 0 : due > 0 ? 1 : 2;
const byUrgency = (one: ReportView, other: ReportView): number => urgencyOf(one) - urgencyOf(other);

function stateOf({ kind, endedAt, reports }: RunView): string {
  if (endedAt === null) return 'It is under way, and this page follows it.';
  if (kind === 'rehearsal') return 'A rehearsal: nothing changed.';
  const waits = reports.filter(({ may }) => may.approve).length;
  return waits > 0
    ? 'Read what is due, then approve or leave it. Until then nothing goes by that rule.'
    : 'What was approved before went its way; nothing here waits for you.';
}

function RuleReport({ run, report }: { run: string; report: ReportView }) {
  const { rule, outcome, phase, may, decisions, bound } = report;
  const category = categoryOf(rule);
  const isApproved = decisions.some(({ decision }) => decision === 'approved');
  const mark =
    phase === 'ended'
      ? outcomeMarks[isApproved ? 'approved' : (outcome ?? 'nothing')]
      : phaseMarks[phase];
  return (
    <section
      aria-label={category.name}
      className="rounded-md border border-line-strong bg-surface p-5"
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-md font-medium">{category.name}</h2>
        {mark && (
          <StatusMark shape={mark.shape} tone={mark.tone}>
            {mark.words}
          </StatusMark>
        )}
      </div>
      <DescriptionList look="compact" items={itemsOf(report)} />
      {(may.approve || may.stop) && (
        <div className="mt-4 flex flex-wrap items-start gap-3">
          {may.approve && <DecideRule run={run} rule={rule} decision="approved" />}
          {may.stop && <DecideRule run={run} rule={rule} decision="stopped" />}
        </div>
      )}
      {may.approve && (
        <p className="mt-3 text-sm text-text-quiet">
          From then on each night acts by this rule as it is: up to {actsMax.toLocaleString('en')}{' '}
          in a night. More than {bound.toLocaleString('en')} is asked about again, and so is a rule
          that is changed.
        </p>
      )}
    </section>
  );
}

/** Period and trigger as one sentence; where there is no period, it goes with the trigger itself. */
const ruleWords = (category: ReturnType<typeof categoryOf>): string =>
  category.period?.days === 0
    ? `Kept until this: ${category.trigger}`
    : `${periodWords(category)} from ${category.trigger}`;

function itemsOf(report: ReportView) {
  const { rule, due, skipped, oldest, newest, sample, acted, items, decisions } = report;
  const category = categoryOf(rule);
  const left = Object.entries(skipped) as [SkipReason, number][];
  return [
    {
      term: 'Rule',
      detail: `${ruleWords(category)}. ${category.law}.`,
    },
    {
      term: 'Due',
      detail:
        due === 0
          ? 'Nothing'
          : `${due.toLocaleString('en')}, of which ${(due - countSkipped(skipped)).toLocaleString('en')} free to go`,
    },
    ...(left.length === 0
      ? []
      : [
          {
            term: 'Left',
            detail: (
              <ul>
                {left.map(([reason, count]) => (
                  <li key={reason}>
                    {skipReasons[reason]}: {count.toLocaleString('en')}
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    ...(oldest === null || newest === null
      ? []
      : [
          {
            term: 'Periods count from',
            detail: (
              <>
                <Day date={oldest} /> to <Day date={newest} />
              </>
            ),
          },
          { term: 'Some of them', detail: <Sample subjects={sample} /> },
        ]),
    ...(acted === 0
      ? []
      : [
          {
            term: 'Put down to go',
            detail: `${acted.toLocaleString('en')}: ${items.done.toLocaleString('en')} gone, ${items.waiting.toLocaleString('en')} waiting, ${items.left.toLocaleString('en')} left after all`,
          },
        ]),
    ...decisions.map(({ decision, by, at }) => ({
      term: decision === 'approved' ? 'Approved' : 'Stopped',
      detail: (
        <>
          <bdi>{by}</bdi>, <Time instant={at} style="minute" />, with a key
        </>
      ),
    })),
  ];
}

const Sample = ({ subjects }: { subjects: readonly string[] }) => (
  <ul className="flex flex-wrap gap-x-3">
    {subjects.map((subject) => (
      <li key={subject}>
        <TextLink look="plain" href={addressOf(subject)}>
          <Code>{subject}</Code>
        </TextLink>
      </li>
    ))}
  </ul>
);

function addressOf(subject: string): string {
  if (subject.startsWith('DSR-')) return requestPath(subject);
  return subject.startsWith('LH-') ? holdPath(subject) : `/privacy/people/${subject}`;
}
