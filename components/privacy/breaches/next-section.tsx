import { nextSteps, type NextStep } from '#lib/privacy/breaches/next-steps.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';

const whoWords: Readonly<Record<NextStep['who'], string>> = {
  work: 'Data protection officer',
  sign: 'Custody officer or manager, with a key',
  second: 'Custody officer or manager who did not propose it, with a key',
  agree: 'Custody officer or manager who did not decide it, with a key',
};

/** What is to be done, who does it and until when, the most pressing first. */
export function NextSection({ view }: { view: BreachView }) {
  const steps = nextSteps(view);
  if (steps.length === 0) return null;
  return (
    <section>
      <SectionHeading>What is next</SectionHeading>
      <Panel label="What is next, the most pressing first">
        {steps.map((step) => (
          <PanelRow
            key={step.what}
            title={step.what}
            aside={<Until step={step} serverNow={view.serverNow} />}
          >
            {whoWords[step.who]}
            {view.can[step.who] && ': that is you'}.
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

const twelveHoursMs = 43_200_000;

function Until({ step: { until }, serverNow }: { step: NextStep; serverNow: string }) {
  if (until === null) return null;
  if ('words' in until) return <span className="text-sm text-text-quiet">{until.words}</span>;
  return (
    <span className="text-sm">
      by <Time instant={until.at} style="minute" />{' '}
      <span className="whitespace-nowrap">
        (
        <Countdown
          until={until.at}
          serverNow={serverNow}
          cautionBelow={twelveHoursMs}
          passed="over"
        />
        )
      </span>
    </span>
  );
}
