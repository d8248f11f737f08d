import { expect, test } from 'vitest';
import { DeadlineError, incidentDeadlines, type DeadlineInput } from './deadlines.ts';

const casp = {
  type: 'crypto-asset_service_provider',
  member_state: 'DE',
  time_zone: 'Europe/Berlin',
};
const german = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-01',
  '2026-05-14',
  '2026-05-25',
  '2026-10-03',
  '2026-12-25',
  '2026-12-26',
  '2027-01-01',
];
const deadlines = (
  events: DeadlineInput['events'],
  entity: Partial<DeadlineInput['entity']> = {},
  holidays: readonly string[] = german,
) => incidentDeadlines({ entity: { ...casp, ...entity }, bank_holidays: holidays, events });

const faultOf = (input: unknown): string => {
  try {
    incidentDeadlines(input as DeadlineInput);
  } catch (error) {
    if (error instanceof DeadlineError) return `${error.name} ${error.field}: ${error.reason}`;
    throw error;
  }
  return 'none';
};

test('classified soon after awareness: 4 h after classification, by 5(1)(a)', () => {
  const result = deadlines({
    awareness: '2026-06-09T09:00:00+02:00',
    classified_major: '2026-06-09T11:30:00+02:00',
  });
  expect(result).toEqual({
    initial_limit: '2026-06-09T15:30:00+02:00',
    initial_due: '2026-06-09T15:30:00+02:00',
    initial_basis:
      '5(1)(a): 4 h after classification as major, which comes before 24 h after awareness',
    initial_noon_relief: false,
  });
});

test('classified in the last hours of the day after awareness: 24 h after awareness, by 5(1)(a)', () => {
  const result = deadlines({
    awareness: '2026-06-09T09:00:00+02:00',
    classified_major: '2026-06-10T07:00:00+02:00',
  });
  expect(result.initial_due).toBe('2026-06-10T09:00:00+02:00');
  expect(result.initial_basis).toMatch(/^5\(1\)\(a\): 24 h after awareness/);
});

test('classified later than 24 h after awareness: 4 h after classification alone, by 5(2)', () => {
  const result = deadlines({
    awareness: '2026-06-08T09:00:00+02:00',
    classified_major: '2026-06-10T14:00:00+02:00',
  });
  expect(result.initial_due).toBe('2026-06-10T18:00:00+02:00');
  expect(result.initial_basis).toMatch(/^5\(2\): classified more than 24 h after awareness/);
});

test('exactly 24 h from awareness to classification count as within 24 h, a millisecond more does not', () => {
  const awareness = '2026-06-09T09:00:00+02:00';
  const exactly = deadlines({ awareness, classified_major: '2026-06-10T09:00:00+02:00' });
  expect(exactly.initial_due).toBe('2026-06-10T09:00:00+02:00');
  expect(exactly.initial_basis).toMatch(/^5\(1\)\(a\)/);
  const more = deadlines({ awareness, classified_major: '2026-06-10T09:00:00.001+02:00' });
  expect(more.initial_due).toBe('2026-06-10T13:00:00.001+02:00');
  expect(more.initial_basis).toMatch(/^5\(2\)/);
});

test('before classification the limit is 24 h after awareness, and it says that it is open', () => {
  const result = deadlines({ awareness: '2026-06-09T09:00:00+02:00' });
  expect(result.initial_due).toBe('2026-06-10T09:00:00+02:00');
  expect(result.initial_basis).toMatch(/^5\(1\)\(a\): .*open until it is classified$/);
});

test('the intermediate report is due 72 h after the initial notification was really submitted', () => {
  const result = deadlines({
    awareness: '2026-06-10T22:00:00+02:00',
    classified_major: '2026-06-11T08:00:00+02:00',
    initial_submitted: '2026-06-11T10:00:00+02:00',
  });
  expect(result.initial_on_time).toBe(true);
  expect(result.intermediate_limit).toBe('2026-06-14T10:00:00+02:00');
  expect(result.intermediate_due).toBe('2026-06-15T12:00:00+02:00');
  expect(result.intermediate_noon_relief).toBe(true);
  expect(result).not.toHaveProperty('intermediate_on_time');
  expect(result).not.toHaveProperty('final_due');
});

test('a late initial notification moves later limits with it, never back to where they would have been', () => {
  const result = deadlines({
    awareness: '2026-06-08T09:00:00+02:00',
    classified_major: '2026-06-08T10:00:00+02:00',
    initial_submitted: '2026-06-09T18:00:00+02:00',
    intermediate_submitted: ['2026-06-12T18:00:00+02:00'],
  });
  expect(result.initial_on_time).toBe(false);
  expect(result.intermediate_limit).toBe('2026-06-12T18:00:00+02:00');
  expect(result.intermediate_on_time).toBe(true);
});

test('the final report runs from the latest intermediate report, in whatever order they are given', () => {
  const updates = [
    '2026-07-20T09:00:00+02:00',
    '2026-06-12T09:00:00+02:00',
    '2026-06-30T09:00:00+02:00',
  ];
  const result = deadlines({
    awareness: '2026-06-09T09:00:00+02:00',
    classified_major: '2026-06-09T10:00:00+02:00',
    initial_submitted: '2026-06-09T12:00:00+02:00',
    intermediate_submitted: updates,
  });
  expect(result.intermediate_on_time).toBe(true);
  expect(result.final_limit_date).toBe('2026-08-20');
  expect(result.final_due).toBe('2026-08-20T23:59:59+02:00');
  expect(result.final_noon_relief).toBe(false);
});

test.each([
  ['2026-03-31', '2026-04-30'],
  ['2026-01-30', '2026-02-28'],
  ['2028-01-30', '2028-02-29'],
  ['2026-01-31', '2026-02-28'],
  ['2026-12-31', '2027-01-31'],
  ['2026-05-31', '2026-06-30'],
  ['2026-06-14', '2026-07-14'],
])('an intermediate report of %s makes the final one due by the end of %s', (sent, last) => {
  const result = deadlines({
    awareness: '2025-12-01T09:00:00+01:00',
    intermediate_submitted: [`${sent}T12:00:00Z`],
  });
  expect(result.final_limit_date).toBe(last);
});

test('the month counts from the local day, which can be another one than in UTC', () => {
  const events = {
    awareness: '2026-06-09T09:00:00Z',
    intermediate_submitted: ['2026-06-30T22:30:00Z'],
  };
  // Half past midnight on 1 July in Berlin; half past 22 on 30 June in Reykjavik.
  expect(deadlines(events).final_limit_date).toBe('2026-08-01');
  expect(deadlines(events, { time_zone: 'Atlantic/Reykjavik' }).final_limit_date).toBe(
    '2026-07-30',
  );
});

test('whether a limit falls on a weekend is seen on the local calendar', () => {
  const events = {
    awareness: '2026-06-11T22:30:00Z',
    classified_major: '2026-06-12T21:00:00Z',
  };
  // 22:30 in UTC on Friday is half past midnight on Saturday in Berlin.
  expect(deadlines(events)).toMatchObject({
    initial_limit: '2026-06-13T00:30:00+02:00',
    initial_due: '2026-06-15T12:00:00+02:00',
    initial_noon_relief: true,
  });
  expect(deadlines(events, { time_zone: 'Atlantic/Reykjavik' })).toMatchObject({
    initial_due: '2026-06-12T22:30:00+00:00',
    initial_noon_relief: false,
  });
});

test('hours are elapsed time: clocks put forward or back move the wall clock, not the span', () => {
  expect(
    deadlines({
      awareness: '2026-03-26T09:00:00+01:00',
      classified_major: '2026-03-26T10:00:00+01:00',
      initial_submitted: '2026-03-27T12:00:00+01:00',
    }).intermediate_limit,
  ).toBe('2026-03-30T13:00:00+02:00');
  expect(
    deadlines({
      awareness: '2026-10-22T09:00:00+02:00',
      initial_submitted: '2026-10-23T12:00:00+02:00',
    }).intermediate_limit,
  ).toBe('2026-10-26T11:00:00+01:00');
  const spring = deadlines(
    { awareness: '2026-03-28T12:00:00+01:00' },
    { nis2_essential_or_important: true },
  );
  expect(spring.initial_due).toBe('2026-03-29T13:00:00+02:00');
});

test('noon after a weekend on which clocks changed is noon by the new clock', () => {
  const result = deadlines({ awareness: '2026-03-27T20:00:00+01:00' });
  expect(result.initial_due).toBe('2026-03-30T12:00:00+02:00');
});

test('Easter: a limit on Good Friday is due on Tuesday at noon, even one before noon of that chain', () => {
  const at = (awareness: string) => deadlines({ awareness }).initial_due;
  expect(at('2026-04-02T18:00:00+02:00')).toBe('2026-04-07T12:00:00+02:00');
  expect(at('2026-04-02T02:00:00+02:00')).toBe('2026-04-07T12:00:00+02:00');
  expect(at('2026-04-05T02:00:00+02:00')).toBe('2026-04-07T12:00:00+02:00');
  expect(at('2026-04-06T00:00:00+02:00')).toBe('2026-04-07T00:00:00+02:00');
});

test('Christmas and New Year: the chain goes on over holidays that follow a weekend', () => {
  const at = (awareness: string) => deadlines({ awareness }).initial_due;
  expect(at('2026-12-24T10:00:00+01:00')).toBe('2026-12-28T12:00:00+01:00');
  expect(at('2026-12-31T10:00:00+01:00')).toBe('2027-01-04T12:00:00+01:00');
});

test('a holiday that the calendar does not have counts as a working day', () => {
  const events = { awareness: '2026-05-13T10:00:00+02:00' };
  expect(deadlines(events).initial_due).toBe('2026-05-15T12:00:00+02:00');
  expect(deadlines(events, {}, []).initial_due).toBe('2026-05-14T10:00:00+02:00');
});

const sundays: DeadlineInput['events'] = {
  awareness: '2026-06-13T10:00:00+02:00',
  classified_major: '2026-06-14T08:00:00+02:00',
  // 72 h later is Sunday 21 June; a month after the update is Saturday 25 July.
  initial_submitted: '2026-06-18T10:00:00+02:00',
  intermediate_submitted: ['2026-06-25T10:00:00+02:00'],
};

test.each([
  ['crypto-asset_service_provider', true],
  ['casp', true],
  ['payment_institution', true],
  ['issuer_of_asset-referenced_tokens', true],
  ['investment_firm', true],
  ['central_securities_depository', true],
  ['credit_institution', false],
  ['central_counterparty', false],
  ['trading_venue', false],
  ['Credit institution', false],
  ['creditInstitution', false],
  ['central counterparties', false],
  ['trading-venues', false],
  ['Operator of trading venues', false],
  ['eba_CT:x12', false],
  ['eba_CT:x643', false],
  ['eba_CT:x305', false],
  ['cryptoAssetServiceProvider', true],
  ['crypto_asset_service_providers', true],
  ['insurance_undertaking', true],
  ['e-money_institution', true],
  ['csd', true],
  ['aifm', true],
  ['art_issuer', true],
  ['other', true],
  ['eba_CT:x303', true],
  ['crypto_asset_servce_provider', true],
])(
  '%s has the relief for initial and intermediate: %s; for the final report it always has it',
  (type, has) => {
    const result = deadlines(sundays, { type });
    expect(result.initial_noon_relief).toBe(has);
    expect(result.initial_due).toBe(
      has ? '2026-06-15T12:00:00+02:00' : '2026-06-14T10:00:00+02:00',
    );
    expect(result.intermediate_noon_relief).toBe(has);
    expect(result.intermediate_due).toBe(
      has ? '2026-06-22T12:00:00+02:00' : '2026-06-21T10:00:00+02:00',
    );
    expect(result.final_limit_date).toBe('2026-07-25');
    expect(result.final_due).toBe('2026-07-27T12:00:00+02:00');
    expect(result.final_noon_relief).toBe(true);
  },
);

test('an entity identified under NIS2 has no relief for initial and intermediate, and has it for the final report', () => {
  expect(deadlines(sundays, { nis2_essential_or_important: true })).toMatchObject({
    initial_noon_relief: false,
    intermediate_noon_relief: false,
    final_noon_relief: true,
  });
});

test("the authority's decision takes the relief from incidents reported after it, not from those before", () => {
  const on = (day: string) => deadlines(sundays, { ca_disapplied_notified_on: day });
  const reliefs = (day: string) => {
    const result = on(day);
    return [result.initial_noon_relief, result.intermediate_noon_relief, result.final_noon_relief];
  };
  expect(reliefs('2026-06-17')).toEqual([false, false, true]);
  // Known by the day only: what is reported on that day counts as after it.
  expect(reliefs('2026-06-18')).toEqual([false, false, true]);
  expect(reliefs('2026-06-19')).toEqual([true, true, true]);
  // Known to the instant, it works for what is reported after that instant.
  expect(reliefs('2026-06-18T10:00:00+02:00')).toEqual([true, true, true]);
  expect(reliefs('2026-06-18T09:59:59.999+02:00')).toEqual([false, false, true]);
  expect(reliefs('2026-06-18T09:59:59+02:00')).toEqual([false, false, true]);
  expect(reliefs('2026-06-18T10:00:01+02:00')).toEqual([true, true, true]);
});

test("until something is reported, the limit decides which side of the authority's decision it is on", () => {
  const on = (day: string) =>
    deadlines({ awareness: '2026-06-13T10:00:00+02:00' }, { ca_disapplied_notified_on: day })
      .initial_noon_relief;
  expect(on('2026-06-14')).toBe(false);
  expect(on('2026-06-15')).toBe(true);
});

test('what was sent at the due instant is in time, a millisecond later is late', () => {
  const sent = (initial: string) =>
    deadlines({
      awareness: '2026-06-09T09:00:00+02:00',
      classified_major: '2026-06-09T11:30:00+02:00',
      initial_submitted: initial,
    }).initial_on_time;
  expect(sent('2026-06-09T15:30:00+02:00')).toBe(true);
  expect(sent('2026-06-09T13:30:00Z')).toBe(true);
  expect(sent('2026-06-09T15:30:00.001+02:00')).toBe(false);
});

const base = {
  entity: casp,
  bank_holidays: german,
  events: { awareness: '2026-06-09T09:00:00+02:00' },
};
const withEvents = (events: object) => ({ ...base, events: { ...base.events, ...events } });
const withEntity = (entity: object) => ({ ...base, entity: { ...casp, ...entity } });

test.each([
  [withEvents({ awareness: '2026-06-09T09:00:00' }), 'events.awareness', 'no offset'],
  [withEvents({ awareness: undefined }), 'events.awareness', 'offset'],
  [withEvents({ awareness: '2026-02-30T09:00:00Z' }), 'events.awareness', 'no such day'],
  [withEvents({ awareness: '0026-06-09T09:00:00Z' }), 'events.awareness', 'year'],
  [
    withEvents({ classified_major: '2026-06-09T08:59:59+02:00' }),
    'events.classified_major',
    'before the entity became aware',
  ],
  [withEvents({ initial_submitted: '2026-06-09 12:00' }), 'events.initial_submitted', 'offset'],
  [
    withEvents({ initial_submitted: '2026-06-09T06:00:00Z' }),
    'events.initial_submitted',
    'before the entity became aware',
  ],
  [
    withEvents({
      initial_submitted: '2026-06-10T09:00:00Z',
      intermediate_submitted: ['2026-06-11T09:00:00Z', '2026-06-10T08:59:00Z'],
    }),
    'events.intermediate_submitted[1]',
    'before the initial notification',
  ],
  [withEvents({ intermediate_submitted: 'x' }), 'events.intermediate_submitted', 'list'],
  [
    withEvents({ intermediate_submitted: Array.from({ length: 1_001 }, () => 'x') }),
    'events.intermediate_submitted',
    'at most 1000',
  ],
  [withEntity({ time_zone: 'Europe/Nowhere' }), 'entity.time_zone', 'zone'],
  [withEntity({ time_zone: '+02:00' }), 'entity.time_zone', 'zone'],
  [withEntity({ member_state: 'US' }), 'entity.member_state', 'Member State'],
  [withEntity({ type: '' }), 'entity.type', 'type of entity'],
  [withEntity({ type: ' - ' }), 'entity.type', 'type of entity'],
  [withEntity({ type: 'x'.repeat(201) }), 'entity.type', 'type of entity'],
  [withEntity({ type: 303 }), 'entity.type', 'type of entity'],
  [withEntity({ type: null }), 'entity.type', 'type of entity'],
  [
    withEntity({ nis2_essential_or_important: 'yes' }),
    'entity.nis2_essential_or_important',
    'true or false',
  ],
  [
    withEntity({ ca_disapplied_notified_on: '2026-02-30' }),
    'entity.ca_disapplied_notified_on',
    'day',
  ],
  [
    withEntity({ ca_disapplied_notified_on: '2026-06-18T10:00:00' }),
    'entity.ca_disapplied_notified_on',
    'no offset',
  ],
  [{ ...base, bank_holidays: ['2026-12-25', '25.12.2026'] }, 'bank_holidays[1]', 'day'],
  [{ ...base, bank_holidays: undefined }, 'bank_holidays', 'list'],
  [{ ...base, events: undefined }, 'events', 'missing'],
  [{ ...base, entity: null }, 'entity', 'missing'],
  [null, 'input', 'Give'],
])('what cannot be is refused with the field and the reason (%#)', (input, field, reason) => {
  const fault = faultOf(input);
  expect(fault).toContain(`DeadlineError ${field}: `);
  expect(fault).toContain(reason);
});
