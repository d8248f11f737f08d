import { requestStates, type RequestState } from '#lib/privacy/requests/life.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Day } from '../../ui/time.tsx';
import { clockMark, stateShape, type ShownClock } from './request-words.ts';

export const RequestStateMark = ({ state }: { state: RequestState }) => (
  <StatusMark {...stateShape(state)}>{requestStates[state]}</StatusMark>
);

/** How much time is left in a word, and the day in law. */
export function TimeLeft({ clock }: { clock: ShownClock | null }) {
  if (clock === null) return <span className="text-sm text-text-quiet">Not counted</span>;
  const { shape, tone, words } = clockMark(clock);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <StatusMark shape={shape} tone={tone}>
        {words}
      </StatusMark>
      {clock.daysLeft !== null && (
        <span className="text-sm text-text-quiet">
          by <Day date={clock.dueOn} />
        </span>
      )}
    </span>
  );
}
