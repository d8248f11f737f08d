import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incidentClocks, type Clock, type ClockInput } from './clocks.ts';
import { DeadlineError } from './deadline-input.ts';
import { incidentDeadlines } from './deadlines.ts';
import { HOUR } from './time-zones.ts';

const casp = {
  type: 'crypto-asset_service_provider',
  member_state: 'DE',
  time_zone: 'Europe/Berlin',
};
const aware = '2026-06-09T09:00:00+02:00';
const classified = '2026-06-09T11:30:00+02:00';
const clocksOf = (
  events: Partial<ClockInput['events']>,
  now: string,
  more: Partial<ClockInput> = {},
): Clock[] =>
  incidentClocks(
    { entity: casp, bank_holidays: [], ...more, events: { awareness: aware, ...events } },
    now,
  );
const clock = (clocks: readonly Clock[], id: Clock['id']): Clock => {
  const found = clocks.find((one) => one.id === id);
  if (!found) throw new Error(`There is no clock ${id}.`);
  return found;
};
const ids = (clocks: readonly Clock[]) => clocks.map(({ id, state }) => `${id} ${state}`);

test('before classification one clock runs, and says that it is open whether it applies', () => {
  const [initial, ...others] = clocksOf({}, '2026-06-09T10:00:00+02:00');
  expect(others).toEqual([]);
  expect(initial).toMatchObject({
    state: 'open',
    standing: 'running',
    start: aware,
    due: '2026-06-10T09:00:00+02:00',
    share: 1 / 24,
  });
  expect(initial?.basis).toMatch(/^5\(1\)\(a\)/);
  expect(initial?.sentence).toContain('it is open whether this applies');
});

test('unclassified for more than 24 h, nothing is overdue: 4 h will count from the classification', () => {
  const [initial] = clocksOf({}, '2026-06-10T09:00:00.001+02:00');
  expect(initial).toMatchObject({ state: 'projected', due: null, share: null, warnings: [] });
  expect(initial?.sentence).toContain(
    '24 h from awareness have passed without a classification. Once it is classified as major, the notification is due 4 h later: Art 5(2).',
  );
});

test('a clock goes from open over a warning and its last hour to overdue', () => {
  const stateAt = (time: string) => {
    const [initial] = clocksOf({ classified_major: classified }, `2026-06-09T${time}+02:00`);
    return initial?.state;
  };
  expect(stateAt('11:30:00')).toBe('open');
  expect(stateAt('13:29:59')).toBe('open');
  expect(stateAt('13:30:00')).toBe('warning');
  expect(stateAt('14:29:59')).toBe('warning');
  expect(stateAt('14:30:00')).toBe('last-hour');
  expect(stateAt('15:30:00')).toBe('last-hour');
  expect(stateAt('15:30:00.001')).toBe('overdue');
});

test('warnings come at 50, 80 and 100 % of the time', () => {
  const [initial] = clocksOf({ classified_major: classified }, '2026-06-09T12:00:00+02:00');
  expect(initial?.warnings).toEqual([
    { percent: 50, at: '2026-06-09T13:30:00+02:00' },
    { percent: 80, at: '2026-06-09T14:42:00+02:00' },
    { percent: 100, at: '2026-06-09T15:30:00+02:00' },
  ]);
});

test('who can no longer keep a limit is told what to do', () => {
  const sentenceAt = (now: string) =>
    clock(clocksOf({ classified_major: classified }, now), 'initial').sentence;
  expect(sentenceAt('2026-06-09T12:00:00+02:00')).not.toContain('Art 5(3)');
  expect(sentenceAt('2026-06-09T15:00:00+02:00')).toContain('Art 5(3)');
  expect(sentenceAt('2026-06-09T16:00:00+02:00')).toContain('Art 5(3)');
});

test('what has not begun is a projection: initial limit + 72 h, and a month from there', () => {
  const clocks = clocksOf({ classified_major: classified }, '2026-06-09T12:00:00+02:00');
  expect(ids(clocks)).toEqual(['initial open', 'intermediate projected', 'final projected']);
  expect(clock(clocks, 'intermediate')).toMatchObject({
    start: null,
    limit: '2026-06-12T15:30:00+02:00',
    due: '2026-06-12T15:30:00+02:00',
    share: null,
    warnings: [],
  });
  expect(clock(clocks, 'intermediate').sentence).toMatch(/^A projection/);
  // 12 July is a Sunday.
  expect(clock(clocks, 'final')).toMatchObject({
    limit: '2026-07-12T23:59:59+02:00',
    due: '2026-07-13T12:00:00+02:00',
    relief: true,
  });
});

test('a sent report meets its clock, a late one says when, and the next runs from it', () => {
  const clocks = clocksOf(
    { classified_major: classified, initial_submitted: '2026-06-11T10:00:00+02:00' },
    '2026-06-12T10:00:00+02:00',
  );
  expect(clock(clocks, 'initial')).toMatchObject({
    state: 'late',
    standing: 'late',
    doneAt: '2026-06-11T10:00:00+02:00',
    share: 1,
  });
  expect(clock(clocks, 'initial').sentence).toContain(
    'Done late, on Thursday 11 June 2026, 10:00 (+02:00).',
  );
  expect(clock(clocks, 'intermediate')).toMatchObject({
    state: 'open',
    start: '2026-06-11T10:00:00+02:00',
    limit: '2026-06-14T10:00:00+02:00',
    due: '2026-06-15T12:00:00+02:00',
    relief: true,
    share: 24 / 98,
  });
  expect(clock(clocks, 'intermediate').sentence).toContain(
    'The limit, Sunday 14 June 2026, 10:00 (+02:00), falls on a weekend or bank holiday, so noon of the next working day counts, Monday 15 June 2026, 12:00 (+02:00): Art 5(4).',
  );
});

test('an entity without the relief reads why its limit stays on a Sunday', () => {
  const clocks = clocksOf(
    { classified_major: classified, initial_submitted: '2026-06-11T10:00:00+02:00' },
    '2026-06-12T10:00:00+02:00',
    { entity: { ...casp, nis2_essential_or_important: true } },
  );
  expect(clock(clocks, 'intermediate')).toMatchObject({
    due: '2026-06-14T10:00:00+02:00',
    relief: false,
  });
  expect(clock(clocks, 'intermediate').sentence).toContain(
    'is not for entities identified as essential or important under NIS2 Art 3: Art 5(5).',
  );
});

test('late classification explains itself', () => {
  const [initial] = clocksOf(
    { classified_major: '2026-06-10T14:00:00+02:00' },
    '2026-06-10T15:00:00+02:00',
  );
  expect(initial).toMatchObject({ due: '2026-06-10T18:00:00+02:00', share: 0.25 });
  expect(initial?.sentence).toContain(
    'Classified more than 24 h after awareness, so 4 h from classification count: Art 5(2).',
  );
});

test('reclassification stops every open clock of reports and clients, and leaves what was done', () => {
  const clocks = clocksOf(
    {
      classified_major: classified,
      initial_submitted: '2026-06-09T12:00:00+02:00',
      reclassified: '2026-06-10T12:00:00+02:00',
    },
    '2026-07-30T12:00:00+02:00',
    { clients: { affected: true }, breach: { aware } },
  );
  expect(ids(clocks)).toEqual([
    'initial met',
    'intermediate stopped',
    'final stopped',
    'clients stopped',
    'breach-authority overdue',
  ]);
  expect(clock(clocks, 'intermediate')).toMatchObject({ warnings: [], share: 1 / 3 });
  expect(clock(clocks, 'intermediate').sentence).toContain('all open clocks stopped');
});

test('a clock that had run out before it was stopped says so', () => {
  const [initial] = clocksOf(
    { classified_major: classified, reclassified: '2026-06-10T12:00:00+02:00' },
    '2026-06-10T13:00:00+02:00',
  );
  expect(initial?.state).toBe('stopped');
  expect(initial?.sentence).toContain('It had run out before that.');
});

test('an incident that is not major has no report to send', () => {
  const clocks = clocksOf({ not_major: '2026-06-09T10:00:00+02:00' }, '2026-06-20T10:00:00+02:00');
  expect(ids(clocks)).toEqual(['initial stopped']);
  expect(clocks[0]?.sentence).toContain('Classified as not major, so no report is due.');
});

test('recovery after the intermediate report asks for an updated one, which the next report answers', () => {
  const events = {
    classified_major: classified,
    initial_submitted: '2026-06-09T12:00:00+02:00',
    intermediate_submitted: ['2026-06-10T12:00:00+02:00'],
    recovered: '2026-06-11T12:00:00+02:00',
  };
  const now = '2026-06-12T12:00:00+02:00';
  const open = clock(clocksOf(events, now), 'updated');
  expect(open).toMatchObject({ state: 'open', due: null, share: null });
  expect(open.sentence).toContain('without undue delay');
  const answered = clocksOf(
    {
      ...events,
      intermediate_submitted: [...events.intermediate_submitted, '2026-06-11T15:00:00+02:00'],
    },
    now,
  );
  expect(clock(answered, 'updated').state).toBe('met');
  expect(clock(answered, 'final').limit).toBe('2026-07-11T23:59:59+02:00');
  expect(
    ids(clocksOf({ ...events, recovered: '2026-06-10T11:00:00+02:00' }, now)),
  ).not.toContainEqual(expect.stringContaining('updated'));
});

test('what is sent in the last second of the day of the final limit is in time', () => {
  const finalAt = (sent: string | null, now = sent ?? '') =>
    clock(
      clocksOf(
        {
          classified_major: classified,
          initial_submitted: '2026-06-09T12:00:00+02:00',
          intermediate_submitted: ['2026-06-10T12:00:00+02:00'],
          final_submitted: sent,
        },
        now,
      ),
      'final',
    ).state;
  expect(finalAt('2026-07-10T23:59:59.900+02:00')).toBe('met');
  expect(finalAt('2026-07-11T00:00:00+02:00')).toBe('late');
  expect(finalAt(null, '2026-07-10T23:59:59.900+02:00')).toBe('last-hour');
  expect(finalAt(null, '2026-07-11T00:00:00+02:00')).toBe('overdue');
});

test('the clock of a personal data breach runs 72 h through a weekend, whatever the entity', () => {
  const breachAware = '2026-06-12T10:00:00+02:00';
  const at = (now: string, breach: Partial<NonNullable<ClockInput['breach']>> = {}) =>
    clocksOf({}, now, { breach: { aware: breachAware, ...breach } });
  const open = clock(at('2026-06-14T10:00:00+02:00'), 'breach-authority');
  expect(open).toMatchObject({
    to: 'Data protection authority',
    due: '2026-06-15T10:00:00+02:00',
    relief: false,
    state: 'warning',
    share: 2 / 3,
  });
  expect(open.basis).toMatch(/^33\(1\)/);
  expect(ids(at('2026-06-14T10:00:00+02:00', { risk: 'unlikely' }))).toContain(
    'breach-authority stopped',
  );
  expect(
    ids(
      at('2026-06-16T10:00:00+02:00', {
        risk: 'high',
        authority_notified: '2026-06-15T10:00:00+02:00',
      }),
    ),
  ).toEqual(['initial projected', 'breach-authority met', 'breach-persons open']);
  expect(
    ids(
      at('2026-06-16T10:00:00+02:00', {
        risk: 'high',
        authority_notified: '2026-06-15T10:00:01+02:00',
        persons_told: '2026-06-15T11:00:00+02:00',
      }),
    ),
  ).toEqual(['initial projected', 'breach-authority late', 'breach-persons met']);
});

test('clients are told once it is major and touches their financial interests', () => {
  const at = (clients: ClockInput['clients'], events: Partial<ClockInput['events']> = {}) =>
    ids(clocksOf(events, '2026-06-09T12:00:00+02:00', { clients })).filter((id) =>
      id.startsWith('clients'),
    );
  expect(at({ affected: true })).toEqual([]);
  expect(at({ affected: false }, { classified_major: classified })).toEqual([]);
  expect(at({ affected: true }, { classified_major: classified })).toEqual(['clients open']);
  expect(
    at({ affected: true, told: '2026-06-09T11:45:00+02:00' }, { classified_major: classified }),
  ).toEqual(['clients met']);
});

test('every clock says what it was computed from, with the calendar that was used', () => {
  const clocks = clocksOf({ classified_major: classified }, '2026-06-09T12:00:00+02:00', {
    calendar_version: 'date-holidays 3.37.0 DE 0123456789abcdef',
  });
  for (const { inputs } of clocks) {
    expect(inputs).toContainEqual({
      label: 'Holiday calendar',
      value: 'date-holidays 3.37.0 DE 0123456789abcdef',
    });
    expect(inputs).toContainEqual({ label: 'Time zone', value: 'Europe/Berlin' });
  }
  expect(clocks[0]?.inputs).toContainEqual({
    label: 'Classified as major (field 2.3)',
    value: 'Tuesday 9 June 2026, 11:30 (+02:00)',
  });
});

test.each([
  [{ final_submitted: '2026-06-09' }, {}, 'events.final_submitted'],
  [{ reclassified: '2026-06-08T09:00:00Z' }, {}, 'events.reclassified'],
  [{ recovered: '2026-06-08T09:00:00Z' }, {}, 'events.recovered'],
  [{}, { breach: { aware: 'x' } }, 'breach.aware'],
  [
    {},
    { breach: { aware, authority_notified: '2026-06-09T08:00:00+02:00' } },
    'breach.authority_notified',
  ],
  [{}, { clients: { affected: true, told: 'x' } }, 'clients.told'],
])('what cannot be is refused with its field (%#)', (events, more, field) => {
  const look = () => clocksOf(events, '2026-06-09T12:00:00+02:00', more);
  expect(look).toThrow(DeadlineError);
  expect(look).toThrow(`${field}: `);
});

test('an instant of looking without an offset is refused', () => {
  expect(() => clocksOf({}, '2026-06-09T12:00:00')).toThrow('now: ');
});

test('at any moment clocks agree with the limits, only go forward, and hold no number that cannot be', () => {
  const start = Date.parse(aware);
  const hours = (most: number) =>
    fc.integer({ min: 0, max: most * 60 }).map((minutes) => minutes / 60);
  const iso = (at: number) => new Date(start + at * HOUR).toISOString();
  const order = ['open', 'warning', 'last-hour', 'overdue'];
  fc.assert(
    fc.property(
      fc.option(hours(60)),
      fc.option(hours(120)),
      fc.option(hours(200)),
      hours(1_500),
      hours(300),
      (major, initial, intermediate, now, later) => {
        const submitted = initial === null ? null : iso(initial);
        const events = {
          awareness: aware,
          classified_major: major === null ? null : iso(major),
          initial_submitted: submitted,
          intermediate_submitted:
            initial === null || intermediate === null ? [] : [iso(initial + intermediate)],
        };
        const input = { entity: casp, bank_holidays: ['2026-06-10', '2026-07-10'], events };
        const limits = incidentDeadlines(input);
        const clocks = incidentClocks(input, iso(now));
        const after = incidentClocks(input, iso(now + later));
        const dues: Record<string, string | undefined> = {
          initial: limits.initial_due,
          intermediate: limits.intermediate_due,
          final: limits.final_due,
        };
        const onTime: Record<string, boolean | undefined> = {
          initial: limits.initial_on_time,
          intermediate: limits.intermediate_on_time,
        };
        for (const { id, due, state, share, standing } of clocks) {
          if (state !== 'projected') expect(due).toBe(dues[id]);
          if (onTime[id] !== undefined) expect(state).toBe(onTime[id] ? 'met' : 'late');
          if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
          const next = clock(after, id);
          if (standing === 'running' && next.standing === 'running')
            expect(order.indexOf(next.state)).toBeGreaterThanOrEqual(order.indexOf(state));
          else if (standing !== 'running') expect(next.state).toBe(state);
        }
      },
    ),
    { numRuns: 500 },
  );
});
