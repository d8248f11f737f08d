/**
 * Where our calendar differs from the library's on purpose. A day that the library takes for a bank holiday and the
 * law of the place does not would show a limit later than it is, so such days are left out. Pure data.
 */
import type { MemberState } from './member-states.ts';

export type HolidayCorrection = {
  memberState: MemberState;
  /** As the library writes days that move, such as "12-31", or "orthodox -48" for 48 days before Easter. */
  rule: string;
  /** False for a day that only the library counts. */
  counts: boolean;
  name: string;
  reason: string;
};

export const holidayCorrections: readonly HolidayCorrection[] = [
  {
    memberState: 'NL',
    rule: '12-31',
    counts: false,
    name: 'New Year’s Eve',
    reason: 'The Dutch law on time limits (Algemene termijnenwet, Art 3) does not name it.',
  },
  {
    memberState: 'FI',
    rule: '12-31',
    counts: false,
    name: 'New Year’s Eve',
    reason: 'A working day, on which banks close early.',
  },
  {
    memberState: 'LI',
    rule: 'easter 40',
    counts: false,
    name: 'Bridge after Ascension',
    reason: 'Free for the administration by its own calendar, and no bank holiday by law.',
  },
  {
    memberState: 'LI',
    rule: 'easter 61',
    counts: false,
    name: 'Bridge after Corpus Christi',
    reason: 'Free for the administration by its own calendar, and no bank holiday by law.',
  },
  {
    memberState: 'BG',
    rule: '12-26',
    counts: true,
    name: 'Second Day of Christmas',
    reason: 'The Bulgarian Labour Code, Art 154(1), names 25 and 26 December.',
  },
  {
    memberState: 'CY',
    rule: 'orthodox -47',
    counts: false,
    name: 'Clean Monday',
    reason: 'That is the Tuesday after it.',
  },
  {
    memberState: 'CY',
    rule: 'orthodox -48',
    counts: true,
    name: 'Clean Monday',
    reason: 'A public holiday, which the library puts on the Tuesday after it.',
  },
  {
    memberState: 'CY',
    rule: 'orthodox 50',
    counts: true,
    name: 'Whit Monday (Kataklysmos)',
    reason: 'A public holiday, which the library leaves out.',
  },
  {
    memberState: 'LI',
    rule: '08-15',
    counts: true,
    name: 'National Day',
    reason: 'A public holiday, which the library takes for an observance.',
  },
  {
    memberState: 'LI',
    rule: '11-01',
    counts: true,
    name: 'All Saints’ Day',
    reason: 'A public holiday, which the library takes for an observance.',
  },
];
