import { formatInstant, type InstantStyle } from './format.ts';

export type TimeProps = {
  /** ISO 8601 instant in UTC. */
  instant: string;
  style?: InstantStyle;
};

/**
 * An absolute instant in UTC. The server writes the text, so it is the same for everybody; the frame
 * adds the local time as a hint when a pointer rests on it.
 */
export function Time({ instant, style = 'second' }: TimeProps) {
  return (
    <time dateTime={instant} className="whitespace-nowrap tabular-nums">
      {formatInstant(instant, style)}
    </time>
  );
}

/** A day of the calendar, 2026-11-29; the same everywhere. */
export const Day = ({ date }: { date: string }) => (
  <Time instant={`${date}T00:00:00.000Z`} style="day" />
);
