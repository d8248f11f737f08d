import type { BreachClock } from '#lib/privacy/breaches/clock.ts';
import { breachStates, type BreachState, type Risk } from '#lib/privacy/breaches/life.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { StatusMark, type StatusShape } from '../../ui/status-mark.tsx';
import type { Tone } from '../../ui/tone.ts';

const atRest: readonly BreachState[] = ['closed', 'not-a-breach'];

export const BreachStateMark = ({ state }: { state: BreachState }) => (
  <StatusMark shape={atRest.includes(state) ? 'square' : state === 'suspected' ? 'ring' : 'dot'}>
    {breachStates[state]}
  </StatusMark>
);

const riskMarks: Readonly<Record<Risk, { shape: StatusShape; tone: Tone; words: string }>> = {
  unlikely: { shape: 'square', tone: 'quiet', words: 'No risk likely' },
  likely: { shape: 'dot', tone: 'caution', words: 'Risk likely' },
  high: { shape: 'triangle', tone: 'danger', words: 'High risk' },
};

export function RiskMark({ risk }: { risk: Risk | null }) {
  if (risk === null) return <span className="text-sm text-text-quiet">Not assessed</span>;
  const { words, ...mark } = riskMarks[risk];
  return <StatusMark {...mark}>{words}</StatusMark>;
}

const twelveHoursMs = 43_200_000;

/** How the 72 hours stand, in a word, and how long is left of them. */
export function BreachClockMark({ clock, serverNow }: { clock: BreachClock; serverNow: string }) {
  const { state, dueAt, left } = clock;
  switch (state) {
    case 'waiting':
      return (
        <StatusMark shape="ring">
          Only suspected: <DecideBy clock={clock} serverNow={serverNow} />
        </StatusMark>
      );
    case 'lying':
      return (
        <StatusMark shape="triangle" tone="danger">
          Only suspected for too long
        </StatusMark>
      );
    case 'none':
      return <StatusMark shape="square">Nobody to notify</StatusMark>;
    case 'met':
      return <StatusMark shape="square">Notified in time</StatusMark>;
    case 'late':
      return (
        <StatusMark shape="square" tone="caution">
          Notified late
        </StatusMark>
      );
    case 'overdue':
      return (
        <StatusMark shape="triangle" tone="danger">
          Over since {left === null ? '' : spanWords(left)}
        </StatusMark>
      );
    case 'running':
      return dueAt === null ? null : (
        <StatusMark shape="dot" tone={isShort(left) ? 'caution' : 'neutral'}>
          <Countdown
            until={dueAt}
            serverNow={serverNow}
            cautionBelow={twelveHoursMs}
            passed="the 72 hours are over"
          />{' '}
          left
        </StatusMark>
      );
  }
}

const DecideBy = ({ clock, serverNow }: { clock: BreachClock; serverNow: string }) =>
  clock.decideBy !== null && (
    <>
      <Countdown
        until={clock.decideBy}
        serverNow={serverNow}
        cautionBelow={twelveHoursMs}
        passed="no time"
      />{' '}
      to find out
    </>
  );

type Left = BreachClock['left'];
const isShort = (left: Left): boolean => left !== null && left.days === 0 && left.hours < 12;

/** Whole days and hours. */
export const spanWords = ({ days, hours }: NonNullable<Left>): string =>
  days === 0 ? `${hours} h` : `${days} d ${hours} h`;
