import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeadlineError, incidentDeadlines, type DeadlineInput } from './deadlines.ts';
import { DAY, dayAfter, HOUR, localOf, weekdayOf } from './time-zones.ts';

const zones = [
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Athens',
  'Atlantic/Azores',
  'Atlantic/Canary',
  'America/Cayenne',
  'Indian/Reunion',
  'Pacific/Apia',
  'Africa/Cairo',
  'UTC',
];
const START = Date.parse('2024-01-01T00:00:00Z');
const iso = (instant: number): string => new Date(instant).toISOString();
const hours = (most: number) => fc.integer({ min: 0, max: most * HOUR });
const days = fc.integer({ min: 0, max: 900 }).map((count) => iso(START + count * DAY).slice(0, 10));

const inputs = fc
  .record({
    type: fc.constantFrom('crypto-asset_service_provider', 'credit_institution', 'investment_firm'),
    zone: fc.constantFrom(...zones),
    nis2: fc.boolean(),
    decision: fc.option(days),
    holidays: fc.array(days, { maxLength: 60 }),
    awareness: hours(24 * 800),
    classified: fc.option(hours(72)),
    initial: fc.option(hours(120)),
    intermediate: fc.array(hours(24 * 60), { maxLength: 4 }),
  })
  .map((drawn): DeadlineInput => {
    const awareness = START + drawn.awareness;
    const submitted = awareness + (drawn.initial ?? 0);
    return {
      entity: {
        type: drawn.type,
        member_state: 'DE',
        time_zone: drawn.zone,
        nis2_essential_or_important: drawn.nis2,
        ca_disapplied_notified_on: drawn.decision,
      },
      bank_holidays: drawn.holidays,
      events: {
        awareness: iso(awareness),
        classified_major: drawn.classified === null ? null : iso(awareness + drawn.classified),
        initial_submitted: drawn.initial === null ? null : iso(submitted),
        intermediate_submitted: drawn.intermediate.map((later) => iso(submitted + later)),
      },
    };
  });

/** Every limit of a result, read back; `limit` is null for one that is only a day. */
const reports = ({ time_zone: zone }: DeadlineInput['entity'], input: DeadlineInput) => {
  const result = incidentDeadlines(input);
  const { initial_limit, initial_due, initial_noon_relief } = result;
  const list = [{ limit: initial_limit, due: initial_due, relief: initial_noon_relief }];
  if (result.intermediate_limit !== undefined)
    list.push({
      limit: result.intermediate_limit,
      due: result.intermediate_due ?? '',
      relief: result.intermediate_noon_relief === true,
    });
  if (result.final_limit_date !== undefined)
    list.push({
      limit: `${result.final_limit_date}T23:59:59`,
      due: result.final_due ?? '',
      relief: result.final_noon_relief === true,
    });
  return list.map(({ limit, due, relief }) => ({
    limitDay: limit.slice(0, 10),
    limit: /T.*[+-]\d{2}:\d{2}$/.test(limit) ? Date.parse(limit) : null,
    due: Date.parse(due),
    dueLocal: localOf(Date.parse(due), zone),
    relief,
  }));
};

test('in any zone, what is due is the limit, or noon of the first working day after it', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const free = (day: string) =>
        [0, 6].includes(weekdayOf(day)) || input.bank_holidays.includes(day);
      for (const { limitDay, limit, due, dueLocal, relief } of reports(input.entity, input)) {
        if (limit !== null) expect(due).toBeGreaterThanOrEqual(limit);
        if (!relief) {
          if (limit !== null) expect(due).toBe(limit);
          else expect(dueLocal).toMatchObject({ day: limitDay, time: '23:59:59' });
          continue;
        }
        expect(free(limitDay)).toBe(true);
        let next = dayAfter(limitDay);
        while (free(next)) next = dayAfter(next);
        expect(dueLocal).toMatchObject({ day: next, time: '12:00:00', millisecond: 0 });
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the initial limit is at most 24 h after awareness, or exactly 4 h after a late classification', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { initial_limit, initial_basis } = incidentDeadlines(input);
      const limit = Date.parse(initial_limit);
      const aware = Date.parse(input.events.awareness);
      const classified = input.events.classified_major;
      if (initial_basis.startsWith('5(2)')) {
        expect(limit).toBe(Date.parse(classified ?? '') + 4 * HOUR);
        expect(limit).toBeGreaterThan(aware + 28 * HOUR);
      } else {
        expect(initial_basis.startsWith('5(1)(a)')).toBe(true);
        expect(limit).toBeLessThanOrEqual(aware + 24 * HOUR);
        if (typeof classified === 'string')
          expect(limit).toBeLessThanOrEqual(Date.parse(classified) + 4 * HOUR);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('one more holiday never makes anything due earlier', () => {
  fc.assert(
    fc.property(inputs, days, (input, day) => {
      const before = reports(input.entity, input);
      const after = reports(input.entity, {
        ...input,
        bank_holidays: [...input.bank_holidays, day],
      });
      for (const [index, { due }] of before.entries())
        expect(after[index]?.due).toBeGreaterThanOrEqual(due);
    }),
    { numRuns: 500 },
  );
});

test('losing the relief never makes anything due later, and leaves the final report alone', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const has = incidentDeadlines(input);
      const lost = incidentDeadlines({
        ...input,
        entity: { ...input.entity, nis2_essential_or_important: true },
      });
      expect(lost.initial_due).toBe(has.initial_limit);
      expect(lost.intermediate_due).toBe(has.intermediate_limit);
      expect(lost.final_due).toBe(has.final_due);
    }),
    { numRuns: 500 },
  );
});

test('the same instants written in other zones give the same limits', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { awareness, classified_major: classified } = input.events;
      const elsewhere = (text: string) => {
        const shown = new Date(Date.parse(text) + 5.5 * HOUR).toISOString().slice(0, 23);
        return `${shown}+05:30`;
      };
      expect(
        incidentDeadlines({
          ...input,
          events: {
            ...input.events,
            awareness: elsewhere(awareness),
            classified_major: typeof classified === 'string' ? elsewhere(classified) : null,
          },
        }),
      ).toEqual(incidentDeadlines(input));
    }),
    { numRuns: 300 },
  );
});

test('anything at all is computed or refused with a field, and nothing else is thrown', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (entity, holidays, events) => {
      for (const input of [entity, { entity, bank_holidays: holidays, events }])
        try {
          incidentDeadlines(input as DeadlineInput);
        } catch (error) {
          expect(error).toBeInstanceOf(DeadlineError);
        }
    }),
    { numRuns: 1_000 },
  );
});
