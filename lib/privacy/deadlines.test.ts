import { describe, expect, it } from 'vitest';
import { bankHolidaysOf } from '#lib/incidents/holidays.ts';
import {
  breachDeadline,
  DeadlineError,
  requestDeadlines,
  type RequestDeadlineInput,
} from './deadlines.ts';
import { requestTargets } from './targets.ts';

const berlin = { time_zone: 'Europe/Berlin', public_holidays: [] as string[] };
const noon = (day: string): string => `${day}T12:00:00Z`;
const of = (day: string, more: Partial<RequestDeadlineInput> = {}) =>
  requestDeadlines({ received: noon(day), ...berlin, ...more });
const german = bankHolidaysOf(
  { memberState: 'DE', region: 'BE', overrides: { added: [], removed: [] } },
  2024,
  2032,
).days.map(({ date }) => date);

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DeadlineError) return `${error.field}: ${error.reason}`;
    throw error;
  }
  return 'no fault';
}

describe('the month', () => {
  it.each([
    ['2026-06-05', '2026-07-05', '2026-07-06'],
    ['2026-05-31', '2026-06-30', '2026-06-30'],
    ['2026-12-31', '2027-01-31', '2027-02-01'],
    ['2026-01-31', '2026-02-28', '2026-03-02'],
    ['2028-01-31', '2028-02-29', '2028-02-29'],
    ['2028-02-29', '2028-03-29', '2028-03-29'],
    ['2027-02-28', '2027-03-28', '2027-03-29'],
    ['2026-08-15', '2026-09-15', '2026-09-15'],
    ['2026-03-30', '2026-04-30', '2026-04-30'],
    ['2026-10-31', '2026-11-30', '2026-11-30'],
  ])('received on %s ends on %s, so it is due on %s', (received, unrolled, due) => {
    expect(of(received)).toEqual({ unrolled_date: unrolled, due_date: due });
  });

  it('begins with the day at the seat, whatever day it is elsewhere', () => {
    const at = (received: string, time_zone: string) =>
      requestDeadlines({ received, time_zone, public_holidays: [] }).unrolled_date;
    expect(at('2026-06-08T23:30:00+02:00', 'Europe/Berlin')).toBe('2026-07-08');
    expect(at('2026-06-08T22:30:00Z', 'Europe/Berlin')).toBe('2026-07-09');
    expect(at('2026-06-08T22:30:00Z', 'Atlantic/Azores')).toBe('2026-07-08');
    expect(at('2026-06-08T22:30:00Z', 'Europe/Helsinki')).toBe('2026-07-09');
    expect(at('2026-06-09T02:30:00Z', 'America/Martinique')).toBe('2026-07-08');
    expect(at('2026-06-08T12:30:00Z', 'Pacific/Auckland')).toBe('2026-07-09');
    // The hour that clocks repeat, and the one they skip.
    expect(at('2026-10-25T02:30:00+01:00', 'Europe/Berlin')).toBe('2026-11-25');
    expect(at('2026-03-29T01:00:00Z', 'Europe/Berlin')).toBe('2026-04-29');
    expect(at('2026-03-28T23:30:00+01:00', 'Europe/Berlin')).toBe('2026-04-28');
  });

  it.each([
    // Good Friday to Easter Monday 2026 are 3 to 6 April.
    ['2026-03-03', '2026-04-07'],
    ['2026-03-04', '2026-04-07'],
    ['2026-03-06', '2026-04-07'],
    // Christmas Eve is a working day; 25 and 26 December 2026 are Friday and Saturday.
    ['2026-11-24', '2026-12-24'],
    ['2026-11-25', '2026-12-28'],
    ['2026-11-26', '2026-12-28'],
    // New Year's Day 2027 is a Friday.
    ['2026-12-01', '2027-01-04'],
    ['2026-04-01', '2026-05-04'],
  ])('received on %s is due on %s, past holidays and the weekend beside them', (received, due) => {
    expect(of(received, { public_holidays: german }).due_date).toBe(due);
  });

  it('moves past a chain of holidays as long as it is', () => {
    const public_holidays = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-28'];
    expect(of('2026-11-24', { public_holidays })).toEqual({
      unrolled_date: '2026-12-24',
      due_date: '2026-12-29',
    });
  });
});

describe('an extension', () => {
  it.each([
    ['2027-06-30', '2027-09-30', '2027-07-30'],
    ['2026-01-31', '2026-04-30', '2026-03-02'],
    ['2025-11-30', '2026-03-02', '2025-12-30'],
    ['2026-06-05', '2026-09-07', '2026-07-06'],
  ])(
    'from %s ends on %s, three months from receipt, and is told by %s',
    (received, extended, told) => {
      const found = of(received, { extended: true });
      expect(found).toMatchObject({ extended_due_date: extended, extension_notice_due: told });
      expect(found.due_date).toBe(told);
    },
  );

  it('does not change the end of the first month, and is not there when nobody extended', () => {
    expect(of('2027-06-30')).toEqual({ unrolled_date: '2027-07-30', due_date: '2027-07-30' });
    expect(of('2027-06-30', { extended: true })).toMatchObject(of('2027-06-30'));
  });
});

describe('a suspension', () => {
  const may = (suspensions: [string, string][], more = {}) =>
    of('2026-05-20', { suspensions, ...more });

  it('adds the days after the question up to the answer: four for 1 to 5 June', () => {
    expect(may([['2026-06-01', '2026-06-05']]).unrolled_date).toBe('2026-06-24');
    expect(may([['2026-06-01', '2026-06-01']]).unrolled_date).toBe('2026-06-20');
  });

  it('counts each day once, in whatever order they are given', () => {
    const overlapping: [string, string][] = [
      ['2026-06-03', '2026-06-08'],
      ['2026-06-01', '2026-06-05'],
      ['2026-06-08', '2026-06-09'],
      ['2026-06-02', '2026-06-03'],
    ];
    expect(may(overlapping).unrolled_date).toBe('2026-06-28');
    expect(may(overlapping.toReversed()).unrolled_date).toBe('2026-06-28');
  });

  it('goes by the days at the seat', () => {
    expect(may([['2026-05-31T22:30:00Z', '2026-06-04T22:30:00Z']]).unrolled_date).toBe(
      '2026-06-24',
    );
  });

  it('may begin in what an earlier one added, and not after it', () => {
    const first: [string, string] = ['2026-06-01', '2026-06-11'];
    expect(may([first, ['2026-06-30', '2026-07-02']]).unrolled_date).toBe('2026-07-02');
    expect(faultOf(() => may([first, ['2026-07-01', '2026-07-02']]))).toMatch(
      /^suspensions\[1\]\[0\]: .*2026-06-30/,
    );
  });

  it('that begins after the end revives nothing, not even in the days that a weekend gives', () => {
    expect(may([]).due_date).toBe('2026-06-22');
    for (const from of ['2026-06-21', '2026-06-22', '2026-06-23', '2027-01-01'])
      expect(faultOf(() => may([[from, '2027-02-01']]))).toMatch(/^suspensions\[0\]\[0\]: /);
  });

  it('in the months of an extension adds to them and not to the first', () => {
    expect(may([['2026-07-01', '2026-07-04']], { extended: true })).toEqual({
      unrolled_date: '2026-06-20',
      due_date: '2026-06-22',
      extended_due_date: '2026-08-24',
      extension_notice_due: '2026-06-22',
    });
    expect(faultOf(() => may([['2026-08-21', '2026-08-22']], { extended: true }))).toMatch(
      /2026-08-20/,
    );
  });

  it('before the receipt or reversed is refused', () => {
    expect(faultOf(() => may([['2026-05-19', '2026-05-25']]))).toMatch(/^suspensions\[0\]\[0\]/);
    expect(faultOf(() => may([['2026-06-05', '2026-06-01']]))).toMatch(/^suspensions\[0\]\[1\]/);
    expect(faultOf(() => may([['2026-06-05T10:00:00Z', '2026-06-05T09:00:00Z']]))).toMatch(
      /^suspensions\[0\]\[1\]/,
    );
  });
});

describe('what can’t be counted from', () => {
  const good = { received: noon('2026-06-05'), ...berlin };
  it.each([
    ['received', { received: '2026-06-05T12:00:00' }],
    ['received', { received: '2026-06-05' }],
    ['received', { received: '2026-02-30T12:00:00Z' }],
    ['received', { received: '2026-06-05T24:00:00Z' }],
    ['received', { received: '0026-06-05T12:00:00Z' }],
    ['received', { received: 7 }],
    ['time_zone', { time_zone: 'Europe/Atlantis' }],
    ['time_zone', { time_zone: '+02:00' }],
    ['public_holidays', { public_holidays: undefined }],
    ['public_holidays', { public_holidays: '2026-12-25' }],
    ['public_holidays[0]', { public_holidays: ['25.12.2026'] }],
    ['public_holidays[1]', { public_holidays: ['2026-12-25', '2026-02-29'] }],
    ['public_holidays[0]', { public_holidays: ['2026-12-25T00:00:00Z'] }],
    ['public_holidays', { public_holidays: Array.from({ length: 5_001 }, () => '2026-12-25') }],
    ['extended', { extended: 'yes' }],
    ['extended', { extended: null }],
    ['suspensions', { suspensions: '2026-06-05' }],
    ['suspensions[0]', { suspensions: ['2026-06-05'] }],
    ['suspensions[0]', { suspensions: [['2026-06-05', '2026-06-06', '2026-06-07']] }],
    ['suspensions[0][1]', { suspensions: [['2026-06-05', null]] }],
    ['suspensions[0][1]', { suspensions: [['2026-06-05', '9999-12-31']] }],
    ['suspensions[0][0]', { suspensions: [['2026-06-05T10:00', '2026-06-06']] }],
    [
      'suspensions',
      { suspensions: Array.from({ length: 101 }, () => ['2026-06-06', '2026-06-06']) },
    ],
    ['extendet', { extendet: true }],
  ])('is refused with the field %s', (field, wrong) => {
    const input = { ...good, ...wrong } as unknown as RequestDeadlineInput;
    expect(faultOf(() => requestDeadlines(input)).split(': ')[0]).toBe(field);
  });

  it.each([null, undefined, [], 'x'])('is refused where it is no object: %s', (input) => {
    expect(faultOf(() => requestDeadlines(input as never))).toMatch(/^input: /);
    expect(faultOf(() => breachDeadline(input as never))).toMatch(/^input: /);
  });
});

describe('the notice of a breach', () => {
  const due = (aware: string, time_zone = 'Europe/Berlin') =>
    breachDeadline({ aware, time_zone }).notify_authority_due;

  it('is due 72 elapsed hours later, on weekends and when clocks change', () => {
    expect(due('2026-06-05T17:00:00+02:00')).toBe('2026-06-08T17:00:00+02:00');
    expect(due('2026-03-27T12:00:00+01:00')).toBe('2026-03-30T13:00:00+02:00');
    expect(due('2026-10-23T12:00:00+02:00')).toBe('2026-10-26T11:00:00+01:00');
    expect(due('2026-12-24T09:30:15.250Z', 'Europe/Lisbon')).toBe('2026-12-27T09:30:15.250+00:00');
  });

  it('is refused for what is no instant or zone, and for fields that nobody reads', () => {
    expect(faultOf(() => due('2026-06-05T17:00:00'))).toMatch(/^aware: /);
    expect(faultOf(() => due('2026-06-05T17:00:00Z', 'here'))).toMatch(/^time_zone: /);
    const more = { aware: '2026-06-05T17:00:00Z', time_zone: 'Europe/Berlin', hours: 96 };
    expect(faultOf(() => breachDeadline(more))).toMatch(/^hours: /);
  });
});

describe('the internal target', () => {
  const target = (day: string, daysBefore: number, more: Partial<RequestDeadlineInput> = {}) =>
    requestTargets({ received: noon(day), ...berlin, ...more }, daysBefore);

  it('is the earlier of the ways of counting, before the law’s day, and on a working day', () => {
    expect(target('2026-01-31', 0, { extended: true })).toEqual({
      first: '2026-02-27',
      extended: '2026-04-28',
    });
    expect(target('2026-06-05', 0)).toEqual({ first: '2026-07-03', extended: null });
    expect(target('2026-06-05', 7)).toEqual({ first: '2026-06-26', extended: null });
  });

  it('takes the days of a suspension into account, and never lies before the receipt', () => {
    const suspensions: [string, string][] = [['2026-06-08', '2026-06-18']];
    expect(target('2026-06-05', 0, { suspensions }).first).toBe('2026-07-15');
    expect(target('2026-01-31', 25).first).toBe('2026-02-03');
    for (const days of [-1, 26, 0.5, Number.NaN])
      expect(faultOf(() => target('2026-06-05', days))).toMatch(/^days_before: /);
  });
});
