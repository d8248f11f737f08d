/** How what systems hold of one person is found: by indexes alone, however many clients and people there are. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { filledPerson, fillPeople } from '#lib/persons/testing/fill-people.ts';
import { subjectOf } from './system.ts';
import { systemCodes, systemOf } from './systems.ts';
import { fillRecords, largeTables } from './testing/fill-records.ts';
import { planned } from './testing/plans-of.ts';

/** The plan is the same from here on; `npm run test:long` looks at a million. */
const COUNT = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 20_000 : 1_000_000;

let database: TestDatabase;
let owner: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner', { statementTimeoutMs: 600_000 });
  await fillPeople(owner, COUNT);
  await fillRecords(owner, COUNT);
}, 1_800_000);
afterAll(() => database.drop());

it.each(systemCodes)(
  'no large table is looked through for what “%s” holds of a person',
  async (code) => {
    const operator = await owner.$queryRaw<{ id: string }[]>`
    select person_id as id from operation_statement limit 1`;
    const one = code === 'signed' ? (operator[0]?.id ?? '') : await filledPerson(owner, 7);
    const { reader, nodes } = planned(owner);
    const system = systemOf(code);
    const subject = await subjectOf(reader, one);
    let read = 0;
    for await (const _ of system.items(reader, subject)) read += 1;
    expect(await system.count(reader, subject)).toBe(read);
    if (!['incidents', 'access'].includes(code)) expect(read).toBeGreaterThan(0);
    const through = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
    expect(
      through
        .map((node) => node['Relation Name'])
        .filter((name) => largeTables.includes(name ?? '')),
    ).toEqual([]);
    expect(nodes.some((node) => node['Node Type'].includes('Index'))).toBe(true);
  },
);
