/**
 * By which clocks and holidays a request is counted: they are kept with the event that begins its month, so that what is
 * said of the seat afterwards moves no day of it. Pure.
 */
import { z } from 'zod';
import { localOf } from '#lib/incidents/time-zones.ts';
import { daysLater } from '../deadlines.ts';

/** Where the controller has its seat. */
export type Seat = { zone: string; holidays: readonly string[] };

export const countedBy = z.strictObject({
  zone: z.string().min(1).max(60),
  /** Days without work at the seat besides weekends, from the beginning on. */
  holidays: z.array(z.iso.date()).max(200),
  /** The last day up to which they are all named. */
  until: z.iso.date(),
});
type CountedBy = z.infer<typeof countedBy>;

/** Three months, and questions that nobody answers for long. */
const keptDays = 400;

/** What an event keeps of the seat; nothing where nobody has said where that is. @param from ISO instant. */
export function keptSeat(seat: Seat | null, from: string): { countedBy?: CountedBy } {
  if (seat === null) return {};
  const begin = localOf(Date.parse(from), seat.zone).day;
  const until = daysLater(begin, keptDays);
  const holidays = [...new Set(seat.holidays)]
    .filter((day) => day >= begin && day <= until)
    .toSorted();
  return { countedBy: { zone: seat.zone, holidays, until } };
}

/** The seat to count by: as it was kept, and after the last day of that as it is now. */
export const seatToCountBy = (kept: CountedBy | undefined, now: Seat): Seat =>
  kept === undefined
    ? now
    : {
        zone: kept.zone,
        holidays: [...kept.holidays, ...now.holidays.filter((day) => day > kept.until)],
      };
