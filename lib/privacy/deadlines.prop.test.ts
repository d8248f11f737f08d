import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthsLater } from '#lib/incidents/days.ts';
import { localOf, weekdayOf } from '#lib/incidents/time-zones.ts';
import { daysLater, requestDeadlines, type Suspension } from './deadlines.ts';
import { requestTargets } from './targets.ts';

const zone = fc.constantFrom(
  'Europe/Berlin',
  'Atlantic/Azores',
  'Europe/Helsinki',
  'America/Cayenne',
  'Indian/Reunion',
);
const instant = fc
  .date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2040-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());
const holidaysAfter = (day: string) =>
  fc
    .array(fc.integer({ min: 20, max: 110 }), { maxLength: 25 })
    .map((offsets) => offsets.map((offset) => daysLater(day, offset)));

const request = fc.record({ received: instant, time_zone: zone }).chain((about) => {
  const day = localOf(Date.parse(about.received), about.time_zone).day;
  return fc.record({
    received: fc.constant(about.received),
    time_zone: fc.constant(about.time_zone),
    public_holidays: holidaysAfter(day),
    day: fc.constant(day),
  });
});

it('an end is a working day, never before the plain end of the month, with only free days between', () => {
  fc.assert(
    fc.property(request, ({ day, ...input }) => {
      const { unrolled_date, due_date } = requestDeadlines(input);
      expect(unrolled_date).toBe(monthsLater(day, 1));
      const isFree = (one: string) =>
        [0, 6].includes(weekdayOf(one)) || input.public_holidays.includes(one);
      expect(due_date >= unrolled_date).toBe(true);
      expect(isFree(due_date)).toBe(false);
      for (let one = unrolled_date; one < due_date; one = daysLater(one, 1))
        expect(isFree(one)).toBe(true);
    }),
  );
});

it('who asks later is never due earlier, and an extension never ends before the first month', () => {
  fc.assert(
    fc.property(
      request,
      fc.integer({ min: 0, max: 90 * 86_400_000 }),
      ({ received, time_zone, public_holidays }, by) => {
        const input = { received, time_zone, public_holidays };
        const later = new Date(Date.parse(received) + by).toISOString();
        const now = requestDeadlines({ ...input, extended: true });
        const then = requestDeadlines({ ...input, received: later, extended: true });
        expect(now.due_date <= then.due_date).toBe(true);
        expect((now.extended_due_date ?? '') <= (then.extended_due_date ?? '')).toBe(true);
        expect((now.extended_due_date ?? '') >= now.due_date).toBe(true);
        expect(now.extension_notice_due).toBe(now.due_date);
      },
    ),
  );
});

it('suspensions add each of their days exactly once, and no end comes before the last answer', () => {
  const spans = fc.array(
    fc.record({ from: fc.integer({ min: 0, max: 27 }), days: fc.integer({ min: 0, max: 20 }) }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(request, spans, ({ day, ...input }, given) => {
      const suspensions = given.map(({ from, days }): Suspension => [
        daysLater(day, from),
        daysLater(day, from + days),
      ]);
      const waited = new Set(
        given.flatMap(({ from, days }) => Array.from({ length: days }, (_, n) => from + n + 1)),
      );
      const { unrolled_date } = requestDeadlines({ ...input, suspensions });
      expect(unrolled_date).toBe(daysLater(monthsLater(day, 1), waited.size));
      for (const [, to] of suspensions) expect(unrolled_date >= to).toBe(true);
    }),
  );
});

it('the internal target never lies after the law’s day, nor before the receipt', () => {
  fc.assert(
    fc.property(
      request,
      fc.integer({ min: 0, max: 25 }),
      fc.boolean(),
      (about, before, extended) => {
        const { day, ...input } = about;
        const target = requestTargets({ ...input, extended }, before);
        const due = requestDeadlines({ ...input, extended });
        expect(target.first <= due.unrolled_date && target.first >= day).toBe(true);
        if (target.extended !== null)
          expect(target.extended <= (due.extended_due_date ?? '')).toBe(true);
      },
    ),
  );
});
