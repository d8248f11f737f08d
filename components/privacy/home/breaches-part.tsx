import type { BreachClock } from '#lib/privacy/breaches/clock.ts';
import type { BreachLine } from '#lib/privacy/breaches/list-breaches.ts';
import { breachStates } from '#lib/privacy/breaches/life.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import type { Tone } from '../../ui/tone.ts';

const path = '/privacy/breaches';
const dayMs = 86_400_000;

const marks: Readonly<
  Record<BreachClock['state'], { shape: StatusShape; tone: Tone; words: string }>
> = {
  waiting: { shape: 'ring', tone: 'neutral', words: 'Not confirmed' },
  running: { shape: 'triangle', tone: 'caution', words: '72 hours run' },
  overdue: { shape: 'triangle', tone: 'danger', words: '72 hours are over' },
  met: { shape: 'dot', tone: 'good', words: 'Authority told' },
  late: { shape: 'square', tone: 'danger', words: 'Authority told late' },
  none: { shape: 'dot', tone: 'quiet', words: 'Not to be notified' },
};

/** Breaches that are open, those whose 72 hours end first above. */
export function BreachesPart({
  breaches,
  serverNow,
}: {
  breaches: readonly BreachLine[];
  serverNow: string;
}) {
  return (
    <section aria-label="Breaches">
      <LiveRefresh topics={['privacy-breaches']} />
      <SectionHeading
        action={
          <TextLink href={path} className="text-sm">
            All breaches
          </TextLink>
        }
      >
        Breaches
      </SectionHeading>
      <Panel>
        {breaches.length === 0 && <PanelRow>None is open.</PanelRow>}
        {breaches.map(({ id, number, state, clock }) => {
          const { shape, tone, words } = marks[clock.state];
          return (
            <PanelRow
              key={id}
              title={
                <TextLink look="plain" href={`${path}/${number}`}>
                  <Code>{number}</Code>
                </TextLink>
              }
              aside={
                <span className="inline-flex flex-wrap items-baseline gap-x-3">
                  <StatusMark shape={shape} tone={tone}>
                    {words}
                  </StatusMark>
                  {clock.state === 'running' && clock.dueAt !== null && (
                    <Countdown until={clock.dueAt} serverNow={serverNow} cautionBelow={dayMs} />
                  )}
                </span>
              }
            >
              {breachStates[state]}
              {clock.dueAt !== null && clock.left !== null && (
                <>
                  . The authority is told by{' '}
                  <Time instant={new Date(clock.dueAt).toISOString()} style="minute" />
                </>
              )}
            </PanelRow>
          );
        })}
      </Panel>
    </section>
  );
}
