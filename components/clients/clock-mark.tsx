import type { ClockReading, ClockState } from '#lib/clients/clock.ts';
import { clockRules } from '#lib/clients/clock.ts';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';

const marks: Readonly<Record<ClockState, { shape: StatusShape; tone: Tone; words: string }>> = {
  open: { shape: 'ring', tone: 'neutral', words: 'In time' },
  due: { shape: 'triangle', tone: 'caution', words: 'Due soon' },
  overdue: { shape: 'triangle', tone: 'danger', words: 'Overdue' },
  met: { shape: 'dot', tone: 'good', words: 'Done in time' },
  late: { shape: 'square', tone: 'quiet', words: 'Done late' },
};

/** How a clock stands, in a word and by the minute at which it ends or ended. */
export function ClockMark({ clock }: { clock: ClockReading }) {
  const { shape, tone, words } = marks[clock.state];
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <StatusMark shape={shape} tone={tone}>
        {words}
      </StatusMark>
      <span className="text-sm text-text-quiet">
        {clock.doneAt === null ? 'by ' : ''}
        <Time instant={clock.doneAt ?? clock.until} style="minute" />
      </span>
    </span>
  );
}

/** The same with the rule that it follows. */
export function ClockFact({ clock }: { clock: ClockReading }) {
  return (
    <>
      <ClockMark clock={clock} />
      <span className="block text-sm text-text-quiet">{clockRules[clock.rule].basis}.</span>
    </>
  );
}
