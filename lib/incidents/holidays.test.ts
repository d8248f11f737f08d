import { readFileSync } from 'node:fs';
import Holidays from 'date-holidays';
import { expect, test } from 'vitest';
import { DeadlineError } from './deadline-input.ts';
import { holidayCorrections } from './holiday-corrections.ts';
import { bankHolidaysOf, CALENDAR_PACKAGE, regionsOf } from './holidays.ts';
import { memberStates, type MemberState } from './member-states.ts';

const states = Object.keys(memberStates) as MemberState[];
const none = { added: [], removed: [] };
const dates = (memberState: string, year: number, region: string | null = null): string[] =>
  bankHolidaysOf({ memberState, region, overrides: none }, year, year).days.map(({ date }) => date);

test('all 30 states of the EEA have a calendar', () => {
  expect(states).toHaveLength(30);
});

test.each(states)('%s has New Year and at least 7 days in every year of a decade', (state) => {
  for (let year = 2024; year <= 2034; year += 1) {
    const days = dates(state, year);
    expect(days).toContain(`${year}-01-01`);
    expect(days.length).toBeGreaterThanOrEqual(7);
    expect(days.length).toBeLessThanOrEqual(22);
    expect(days).toEqual([...new Set(days)].toSorted());
    for (const day of days) expect(day.startsWith(`${year}-`)).toBe(true);
  }
});

test.each([
  ['AT', '2026-10-26', 'the national day'],
  ['BE', '2026-07-21', 'the national day'],
  ['BG', '2026-12-26', 'the second day of Christmas, which the library leaves out'],
  ['CY', '2026-10-01', 'independence'],
  ['CY', '2026-02-23', 'Clean Monday, which the library puts on Tuesday'],
  ['CZ', '2026-09-28', 'St Wenceslas'],
  ['DE', '2026-10-03', 'unity'],
  ['DE', '2027-03-26', 'Good Friday'],
  ['DK', '2026-05-25', 'Whit Monday'],
  ['EE', '2026-02-24', 'independence'],
  ['ES', '2026-10-12', 'the national day'],
  ['FI', '2026-12-06', 'independence'],
  ['FR', '2026-07-14', 'the national day'],
  ['GR', '2026-04-13', 'Orthodox Easter Monday'],
  ['EL', '2026-04-10', 'Orthodox Good Friday, by the code that the Union writes'],
  ['HR', '2026-05-30', 'statehood'],
  ['HU', '2026-10-23', 'the revolution of 1956'],
  ['IE', '2026-08-03', 'the first Monday in August'],
  ['IE', '2026-12-28', 'St Stephen on the Monday after his Saturday'],
  ['IS', '2026-06-17', 'the national day'],
  ['IT', '2026-06-02', 'the republic'],
  ['LI', '2026-09-08', 'the Nativity of Mary'],
  ['LT', '2026-02-16', 'the state'],
  ['LU', '2026-06-23', 'the national day'],
  ['LV', '2026-11-18', 'the republic'],
  ['MT', '2026-09-08', 'victory'],
  ['NL', '2026-04-27', "King's Day"],
  ['NO', '2026-05-17', 'the constitution'],
  ['PL', '2026-11-11', 'independence'],
  ['PT', '2026-06-10', 'Portugal'],
  ['RO', '2026-01-02', 'the second day of New Year'],
  ['RO', '2026-12-01', 'the national day'],
  ['SE', '2026-06-06', 'the national day'],
  ['SI', '2026-02-08', 'Prešeren'],
  ['SK', '2026-08-29', 'the uprising'],
])('%s keeps %s: %s', (state, day) => {
  expect(dates(state, Number(day.slice(0, 4)))).toContain(day);
});

test('a day of rest on the Sunday on which clocks change is one day, as any other', () => {
  // Easter Sunday 2027 is the day on which clocks go forward.
  expect(dates('NO', 2027).filter((day) => day >= '2027-03-25' && day <= '2027-03-31')).toEqual([
    '2027-03-25',
    '2027-03-26',
    '2027-03-28',
    '2027-03-29',
  ]);
});

test('a region has its own holidays besides the national ones', () => {
  expect(dates('DE', 2026)).not.toContain('2026-01-06');
  expect(dates('DE', 2026, 'BY')).toEqual(expect.arrayContaining(['2026-01-06', '2026-10-03']));
  expect(dates('DE', 2026, 'HH')).not.toContain('2026-01-06');
  expect(regionsOf('DE')).toHaveLength(16);
  expect(regionsOf('DE')).toContainEqual({ code: 'BY', name: expect.any(String) });
  expect(regionsOf('EL')).toEqual([]);
  for (const state of states)
    for (const { code } of regionsOf(state)) {
      const days = dates(state, 2026, code);
      expect(days.length).toBeGreaterThanOrEqual(7);
    }
});

test('half days, and days that the law of the place does not know, are working days', () => {
  expect(dates('DE', 2026)).not.toContain('2026-12-24');
  expect(dates('AT', 2026)).not.toContain('2026-12-31');
  expect(dates('IS', 2026)).not.toContain('2026-12-24');
  expect(dates('NL', 2026)).not.toContain('2026-12-31');
  expect(dates('CY', 2026)).not.toContain('2026-02-24');
  expect(dates('FI', 2026)).not.toContain('2026-12-31');
  expect(dates('LI', 2026)).toContain('2026-05-14');
  expect(dates('LI', 2026)).not.toContain('2026-05-15');
  expect(dates('LI', 2026)).not.toContain('2026-06-05');
});

test('each of our corrections still differs from the library, so that none outlives its reason', () => {
  for (const { memberState, rule, counts } of holidayCorrections) {
    const calendar = new Holidays(memberState, { types: ['public', 'bank'] });
    const has = calendar.getHolidays(2026, 'en').some((holiday) => holiday.rule === rule);
    expect([memberState, rule, has]).toEqual([memberState, rule, !counts]);
  }
});

test('what the entity adds and removes counts, and removing wins', () => {
  const { days } = bankHolidaysOf(
    {
      memberState: 'DE',
      overrides: {
        added: ['2026-08-08', '2026-08-09', '2026-10-03', '2028-08-08'],
        removed: ['2026-08-09', '2026-12-26'],
      },
    },
    2026,
    2027,
  );
  const found = days.map(({ date }) => date);
  expect(days).toContainEqual({ date: '2026-08-08', name: 'Added by the entity' });
  expect(found).not.toContain('2026-08-09');
  expect(found).not.toContain('2026-12-26');
  expect(found).toContain('2027-12-26');
  // What lies outside the years is not asked for; what the calendar has keeps its name.
  expect(found).not.toContain('2028-08-08');
  expect(days.find(({ date }) => date === '2026-10-03')?.name).not.toBe('Added by the entity');
  expect(found).toEqual(found.toSorted());
});

test('the version of a calendar changes with the package, the place and our changes, not with their order', () => {
  const version = (added: string[], removed: string[] = [], region: string | null = null) =>
    bankHolidaysOf({ memberState: 'DE', region, overrides: { added, removed } }, 2026, 2026)
      .calendarVersion;
  const plain = version([]);
  expect(plain).toMatch(/^date-holidays \d+\.\d+\.\d+ DE [0-9a-f]{16}$/);
  expect(version(['2026-08-08'])).not.toBe(plain);
  expect(version([], ['2026-08-08'])).not.toBe(version(['2026-08-08']));
  expect(version([], [], 'BY')).not.toBe(plain);
  expect(version(['2026-08-08', '2026-08-07', '2026-08-08'])).toBe(
    version(['2026-08-07', '2026-08-08']),
  );
});

test('the version says which package is installed', () => {
  const installed = JSON.parse(readFileSync('node_modules/date-holidays/package.json', 'utf8')) as {
    name: string;
    version: string;
  };
  expect(CALENDAR_PACKAGE).toBe(`${installed.name} ${installed.version}`);
});

test('asking in turn for more places and years than are kept gives the same answers', () => {
  const before = dates('DE', 2026, 'BY');
  for (const state of states) bankHolidaysOf({ memberState: state, overrides: none }, 2020, 2045);
  expect(dates('DE', 2026, 'BY')).toEqual(before);
});

test.each([
  [{ memberState: 'US' }, 2026, 2026, 'memberState'],
  [{ memberState: 'DE', region: 'XX' }, 2026, 2026, 'region'],
  [{ memberState: 'DE' }, 1999, 2026, 'years'],
  [{ memberState: 'DE' }, 2026, 2101, 'years'],
  [{ memberState: 'DE' }, 2026, 2025, 'years'],
  [{ memberState: 'DE' }, 2026, 2076, 'years'],
  [{ memberState: 'DE' }, 2026.5, 2027, 'years'],
  [
    { memberState: 'DE', overrides: { added: ['2026-02-30'], removed: [] } },
    2026,
    2026,
    'overrides.added[0]',
  ],
  [
    { memberState: 'DE', overrides: { added: [], removed: ['2026-01-01', 'x'] } },
    2026,
    2026,
    'overrides.removed[1]',
  ],
])('what cannot be is refused with its field (%#)', (choice, from, to, field) => {
  expect(() => bankHolidaysOf({ overrides: none, ...choice }, from, to)).toThrow(DeadlineError);
  expect(() => bankHolidaysOf({ overrides: none, ...choice }, from, to)).toThrow(`${field}: `);
});
