/** How the database finds people and what belongs to them: by indexes alone, however many there are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { fillPeople, filledPerson } from './testing/fill-people.ts';

/** The plan is the same from here on; `npm run test:long` looks at a million. */
const COUNT = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 20_000 : 1_000_000;

let database: TestDatabase;
let owner: Database;
let person = '';

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner', { statementTimeoutMs: 600_000 });
  await fillPeople(owner, COUNT);
  person = await filledPerson(owner, 7);
}, 900_000);
afterAll(() => database.drop());

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Heap Fetches'?: number;
  Plans?: Node[];
};

async function nodesOf(sql: string): Promise<Node[]> {
  const [row] = await owner.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
    `explain (analyze, buffers, format json) ${sql}`,
  );
  const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)];
  return (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => walk(Plan));
}

async function allVisible(): Promise<boolean> {
  await owner.$executeRawUnsafe('vacuum (freeze, disable_page_skipping) person_hash');
  const [row] = await owner.$queryRaw<{ all: boolean }[]>`
    select relallvisible = relpages as all from pg_class where oid = 'person_hash'::regclass`;
  return row?.all === true;
}

it('somebody is found by a keyed hash out of the index alone', async () => {
  // Which pages hold nothing but what everybody sees is found out by a vacuum. It leaves some while the server itself
  // looks at what was filled in (autoanalyze), so it is asked again until it is through.
  await expect.poll(allVisible, { timeout: 60_000, interval: 200 }).toBe(true);
  const nodes = await nodesOf(
    `select person_id from person_hash where kind = 'name' and hash = substring(sha256('name7'::bytea) for 16)
     order by person_id limit 21`,
  );
  const scans = nodes.filter((node) => node['Relation Name'] === 'person_hash');
  expect(scans.map((node) => node['Node Type'])).toEqual(['Index Only Scan']);
  expect(scans[0]?.['Heap Fetches']).toBe(0);
});

describe('what belongs to one person is read without looking through all of', () => {
  it.each([
    ['values', `select * from person_value where person_id = $`],
    ['ties to clients', `select * from person_tie where person_id = $`],
    ['looks', `select * from person_look where person_id = $ order by id desc limit 51`],
    ['people of a client', `select person_id from person_tie where client_id = 'C-100000007'`],
    ['the person', `select * from person where id = $`],
    ['search hashes', `select * from person_hash where person_id = $`],
  ])('%s', async (_, sql) => {
    const nodes = await nodesOf(sql.replace('$', `'${person}'`));
    const types = nodes.map((node) => node['Node Type']);
    expect(types.some((type) => type.includes('Index'))).toBe(true);
    expect(types).not.toContain('Seq Scan');
  });
});
