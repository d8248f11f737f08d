import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '#lib/incidents/time-zones.ts';
import { fields } from '#lib/persons/field-map.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { tables } from '#lib/platform/db/testing/tables.ts';
import { dueOn, newestTrigger } from './due.ts';
import {
  categoryCodes,
  categoryOf,
  coversTable,
  isFileCode,
  periodWords,
  runCodes,
  schedule,
  type Period,
} from './schedule.ts';

describe('a period', () => {
  it.each<[string, Period, boolean, string]>([
    ['2021-11-28', { years: 5 }, false, '2026-11-29'],
    // Five years after a leap day end with February, and four end with the leap day.
    ['2024-02-29', { years: 5 }, false, '2029-03-01'],
    ['2024-02-29', { years: 4 }, false, '2028-03-01'],
    ['2023-02-28', { years: 5 }, false, '2028-02-29'],
    ['2023-12-31', { years: 5 }, false, '2029-01-01'],
    ['2021-03-31', { years: 5, askedYears: 7 }, false, '2026-04-01'],
    ['2021-03-31', { years: 5, askedYears: 7 }, true, '2028-04-01'],
    // Nobody asks for longer where the law knows no longer time.
    ['2021-03-31', { years: 5 }, true, '2026-04-01'],
    ['2026-11-28', { days: 0 }, false, '2026-11-29'],
    ['2028-02-28', { days: 1 }, false, '2028-03-01'],
    ['2026-10-31', { days: 30 }, false, '2026-12-01'],
  ])(
    'that counts from %s (%o, asked for longer: %s) is over on %s',
    (from, period, isAsked, day) => {
      expect(dueOn(period, from, isAsked)).toBe(day);
    },
  );

  it('is over for exactly the days up to the newest that is named', () => {
    const day = fc
      .date({ min: new Date('1999-01-01'), max: new Date('2045-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const period: fc.Arbitrary<Period> = fc.oneof(
      fc.record({ years: fc.integer({ min: 1, max: 10 }), askedYears: fc.constant(7) }),
      fc.record({ days: fc.integer({ min: 0, max: 400 }) }),
    );
    fc.assert(
      fc.property(day, period, fc.boolean(), (today, given, isAsked) => {
        const newest = newestTrigger(given, today, isAsked);
        expect(dueOn(given, newest, isAsked) <= today).toBe(true);
        expect(dueOn(given, dayAfter(newest), isAsked) > today).toBe(true);
      }),
    );
  });
});

describe('the schedule', () => {
  it('names every table that there is in one category, and in several only what holds people', () => {
    const ofPeople: readonly string[] = [...schedule.relationship.tables];
    for (const table of tables) {
      const of = categoryCodes.filter((code) => coversTable(categoryOf(code), table));
      if (!ofPeople.includes(table)) expect([table, of]).toEqual([table, [expect.any(String)]]);
      else expect(of).toContain('aml-relationship');
    }
  });

  it('has the rule of every field of the vault, with its years and its law', () => {
    for (const { retention } of Object.values(fields)) {
      expect(schedule[retention].law).toBe(retentionRules[retention].law);
      const { period } = categoryOf(retention);
      expect(period?.years ?? 0).toBe(retentionRules[retention].years);
      expect(runCodes).toContain(retention);
    }
  });

  it('erases by the night what stands in the vault and in files, and says so of nothing else', () => {
    const erased = ['person', 'person_value', 'person_hash', 'person_tie', 'person_mention'];
    for (const code of runCodes) {
      const files = {
        'request-files': ['privacy_request*'],
        'hold-files': ['privacy_hold*'],
        'breach-files': ['privacy_breach*'],
      };
      expect(categoryOf(code).tables, code).toEqual(isFileCode(code) ? files[code] : erased);
    }
  });

  it('is what the page of the project says of it', async () => {
    const page = await readFile(new URL('../../../docs/retention.md', import.meta.url), 'utf8');
    const counts = ['Seven', 'Eight', 'Nine', 'Ten', 'Eleven'];
    expect(page).toContain(`- ${counts[runCodes.length - 7]} categories end by the nightly run`);
    // Every entry of a list begins at the margin.
    expect(page.split('\n').filter((line) => /^\s+- /u.test(line))).toEqual([]);
  });

  it('says of each category when it ends, by which law and by whom', () => {
    for (const code of categoryCodes) {
      const category = categoryOf(code);
      expect(category.law.length, code).toBeGreaterThan(10);
      expect(category.by === 'run', code).toBe((runCodes as readonly string[]).includes(code));
      expect(periodWords(category)).not.toBe('');
    }
    expect(periodWords(schedule['micar-records'])).toBe('5 years (7 where the authority asks)');
    expect(periodWords(schedule.challenges)).toBe('60 minutes');
    expect(periodWords(schedule.packages)).toBe('30 days');
    expect(periodWords(schedule.relationship)).toBe('Ends with it');
  });
});
