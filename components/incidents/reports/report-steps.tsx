import type { ReportStepView, ReportView } from '#lib/incidents/reports/view-report.ts';
import type { ReportStep } from '#lib/incidents/reports/life.ts';
import { formatInstant } from '../../ui/format.ts';
import { Hash } from '../../ui/grouped.tsx';
import { Time } from '../../ui/time.tsx';
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx';
import { channelName, overridesOf } from './decision-panel.tsx';

const stepWords: Readonly<Record<ReportStep, string>> = {
  raised: 'Raised',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  released: 'Released',
  sent: 'Sent to the authority',
  receipt: 'Receipt recorded',
  reviewed: 'Reviewed afterwards',
};

/** What became of the report: who did it, when, and with which key. */
export function ReportSteps({ view }: { view: ReportView }) {
  const { steps, version, writtenBy, writtenAt } = view;
  return (
    <Timeline
      label="Steps of this report"
      entries={[
        {
          id: 'draft',
          title: `Version ${version} was written`,
          shape: 'dot',
          detail: (
            <>
              <bdi>{writtenBy}</bdi>, <Time instant={writtenAt} style="minute" />
            </>
          ),
        },
        ...steps.map(entryOf),
      ]}
    />
  );
}

function entryOf(step: ReportStepView): TimelineEntry {
  const { seq, facts, by, at, key } = step;
  const overrides = overridesOf(step);
  const isAlone = step.step === 'released' && facts['alone'] === true;
  const digest = typeof facts['digest'] === 'string' ? facts['digest'] : null;
  return {
    id: String(seq),
    title: `${stepWords[step.step]}${isAlone ? ' by one person alone' : ''}`,
    shape: isAlone ? 'triangle' : 'dot',
    tone: isAlone ? 'caution' : 'neutral',
    detail: (
      <>
        <bdi>{by}</bdi>, <Time instant={at} style="minute" />
        {key !== null && (
          <>
            , key “<bdi>{key}</bdi>”
          </>
        )}
        {saidOf(step).map((line) => (
          <span key={line} className="block">
            <bdi>{line}</bdi>
          </span>
        ))}
        {overrides !== null && (
          <span className="block text-danger">
            Breaks {overrides.rules.join(', ')}: <bdi>{overrides.reason}</bdi>
          </span>
        )}
      </>
    ),
    ...(digest === null
      ? {}
      : { evidenceLabel: 'Digest that was signed', evidence: <Hash value={digest} /> }),
  };
}

function saidOf({ step, facts }: ReportStepView): string[] {
  const text = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  switch (step) {
    case 'declined':
      return [text('reasons')];
    case 'sent':
      return [`At ${formatInstant(text('sentAt'), 'minute')}, ${channelName(facts['channel'])}`];
    case 'receipt':
      return [`${text('reference')}, received ${formatInstant(text('receivedAt'), 'minute')}`];
    case 'raised':
    case 'withdrawn':
    case 'released':
    case 'reviewed':
      return [];
  }
}
