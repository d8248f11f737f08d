import { describe, expect, it } from 'vitest';
import { DatabaseStartError } from '#lib/platform/db/start-error.ts';
import { compareLines, compareTables } from './compare-databases.ts';
import { DrillProblem, reasonOf } from './drill-problem.ts';
import { roomProblem } from './restore-drill.ts';

const failure = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('why a drill broke off', () => {
  it('is what a problem says of itself', () => {
    expect(reasonOf(new DrillProblem('Another drill is under way.'), 'x')).toBe(
      'Another drill is under way.',
    );
    expect(reasonOf(new DatabaseStartError('port-taken', 'Port 1 is taken.'), 'x')).toBe(
      'Port 1 is taken.',
    );
  });

  it('is a full disk, on either side of the connection', () => {
    const sentence =
      'The disk became full while the live database was read. Free some space or name another folder, and begin again.';
    for (const code of ['ENOSPC', '53100'])
      expect(reasonOf(failure('no space', code), 'the live database was read')).toBe(sentence);
  });

  it('is a database that stopped answering', () => {
    for (const error of [
      failure('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
      failure('Connection terminated unexpectedly'),
      failure('terminating connection', '57P01'),
    ])
      expect(reasonOf(error, 'it began')).toContain(
        'A database stopped answering while it began: ',
      );
  });

  it('is bounded, and holds no address with a password', () => {
    const error = failure(
      `first\nno way to postgresql://owner:secret@host/db ${'x'.repeat(2_000)}`,
    );
    const reason = reasonOf(error, 'it began');
    expect(reason).toHaveLength(1_000);
    expect(reason).toMatch(/^It broke off while it began: no way to the address x/u);
  });
});

describe('room for a drill', () => {
  it('is four times the database and some', () => {
    const database = 1_000_000_000;
    expect(roomProblem(4_500_000_000, database, '/tmp')).toBeNull();
    expect(roomProblem(4_499_999_999, database, '/tmp')).toBe(
      '/tmp has 4500 MB left, and a drill of this database needs 4500 MB. Free some space, or name another folder with --folder.',
    );
  });
});

describe('two databases', () => {
  const table = (name: string, rows: number, digest: string) => ({ name, rows, bytes: 1, digest });

  it('differ by tables that are missing, new, of other number or with other rows', () => {
    const live = [table('a', 1, 'x'), table('b', 2, 'y'), table('c', 3, 'z'), table('d', 4, 'w')];
    const restored = [
      table('a', 1, 'x'),
      table('b', 1, 'v'),
      table('c', 3, 'u'),
      table('e', 0, ''),
    ];
    expect(compareTables(live, live)).toEqual([]);
    expect(compareTables(live, restored)).toEqual([
      'b has 2 rows, and 1 were restored.',
      'c has as many rows as before, and not the same in them.',
      'The table d is missing in the restored database.',
      'The restored database has a table e that the live one has not.',
    ]);
  });

  it('differ by rules, of which a few are told', () => {
    expect(compareLines(['a', 'b'], ['b', 'c'])).toEqual([
      'Only the live database has: a',
      'Only the restored database has: c',
    ]);
    const many = Array.from({ length: 9 }, (_, place) => `rule ${place}`);
    expect(compareLines(many, [])).toHaveLength(6);
    expect(compareLines(many, []).at(-1)).toBe('4 rules more differ.');
  });
});
