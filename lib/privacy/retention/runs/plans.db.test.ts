/** How the database finds what is due: along an index, a page at a time, however many people there are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { fillPeople } from '#lib/persons/testing/fill-people.ts';
import { endedSql, type PeopleCode } from './due-people.ts';
import { findDue, fromTheStart } from './find-due.ts';

/** The plan is the same from here on; `npm run test:long` looks at a million. */
const COUNT = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 20_000 : 1_000_000;

let database: TestDatabase;
let owner: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner', { statementTimeoutMs: 600_000 });
  await fillPeople(owner, COUNT);
  // One in ten has parted, on days of the last ten years.
  await owner.$executeRaw`insert into retention_end (person_id, ended_on)
    select id, (now() - interval '10 years' * random())::date from person tablesample bernoulli (10)`;
  await owner.$executeRawUnsafe('alter table person_tie disable trigger all');
  await owner.$executeRaw`update person_tie t set since = e.ended_on, until = e.ended_on from retention_end e
    where e.person_id = t.person_id`;
  await owner.$executeRawUnsafe('alter table person_tie enable trigger all');
  await owner.$executeRawUnsafe('vacuum (analyze) retention_end, person_tie');
}, 900_000);
afterAll(() => database.drop());

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: Node[];
};
async function nodesOf(code: PeopleCode): Promise<Node[]> {
  const page = { day: '2029-01-02', newest: '2024-01-01', after: fromTheStart, most: 200 };
  const { sql, values } = endedSql(code, page);
  let place = 0;
  const numbered = sql.replaceAll('?', () => `$${(place += 1)}`);
  const [row] = await owner.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
    `explain (analyze, buffers, format json) ${numbered}`,
    ...values,
  );
  const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)];
  return (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => walk(Plan));
}

describe('a page of what is due reads no table through, and little more than the page', () => {
  it.each<PeopleCode>([
    'aml-relationship',
    'relationship',
    'micar-records',
    'tax-reporting',
    'consent-withdrawn',
  ])('%s', async (code) => {
    const nodes = await nodesOf(code);
    const of = (table: string) => nodes.filter((node) => node['Relation Name'] === table);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(of('retention_end').map((node) => node['Node Type'])).toEqual(['Index Only Scan']);
    for (const node of of('person_value')) expect(node['Node Type']).toBe('Index Only Scan');
  });

  it('a night’s look at everybody takes as long as there are pages, one after the other', async () => {
    let after = fromTheStart;
    let found = 0;
    const begun = performance.now();
    for (;;) {
      const rows = await owner.$transaction((tx) =>
        findDue(tx, 'aml-relationship', { day: '2026-11-29', after, most: 200 }),
      );
      found += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < 200) break;
      expect([last.triggerOn, last.subject] > [after.triggerOn, after.subject]).toBe(true);
      after = last;
    }
    const [row] = await owner.$queryRaw<{ due: number }[]>`
      select count(*)::int as due from retention_end where ended_on <= '2021-11-28'`;
    expect(found).toBe(row?.due);
    // A page takes some milliseconds; this is far above, for a busy machine.
    expect((performance.now() - begun) / Math.max(1, found / 200)).toBeLessThan(2_000);
  });
});
