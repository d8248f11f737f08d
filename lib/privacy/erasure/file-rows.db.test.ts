/** What is read of the texts in files to clear one of them: counted by a real database. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { noteBreach } from '../breaches/move-breach.ts';
import { noteRequest } from '../requests/move-request.ts';
import { reported } from '../testing/breach-desk.ts';
import { beginErasing, somebody } from '../testing/erasure-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { allFileTexts, fileTextsNaming, textsOfFile } from './file-rows.ts';

const tables = {
  'privacy-breach': 'privacy_breach_text',
  'privacy-hold': 'privacy_hold_text',
  'privacy-request': 'privacy_request_text',
} as const;
type Home = keyof typeof tables;

let desk: RequestDesk;
let person: string;
const files: Record<Home, string> = {
  'privacy-breach': '',
  'privacy-hold': '',
  'privacy-request': '',
};
beforeAll(async () => {
  desk = await openRequestDesk();
  person = await somebody(desk, { 'full-name': 'Perpetua Holloway' });
  const { actor } = desk.people.dora;
  const note = 'It was looked at.';
  for (let count = 0; count < 4; count += 1) {
    files['privacy-breach'] = (await reported(desk, {})).id;
    files['privacy-hold'] = (await held(desk)).id;
    files['privacy-request'] = (await received(desk)).id;
    const at = { seen: '1', note };
    valueOf(await noteBreach(actor, { id: files['privacy-breach'], ...at }, desk.context));
    valueOf(await noteRequest(actor, { id: files['privacy-request'], ...at }, desk.context));
  }
  await inTransaction(desk.owner, (tx) => beginErasing(tx, person));
});
afterAll(() => desk.close());

/** Rows of the three tables that were read in this transaction. */
async function readSoFar(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ rows: number }[]>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables
    where relname = any (${Object.values(tables)}::text[])`;
  return row?.rows ?? 0;
}

/** What is done, with how many rows it read where the database uses the keys that there are. */
const counted = <T>(work: (tx: Tx) => Promise<T[]>): Promise<{ rows: T[]; read: number }> =>
  inTransaction(desk.worker, async (tx) => {
    await tx.$executeRaw`set local enable_seqscan = off`;
    const before = await readSoFar(tx);
    const rows = await work(tx);
    return { rows, read: (await readSoFar(tx)) - before };
  });

const textsIn = async (home: Home): Promise<string[]> => {
  const of = {
    'privacy-breach': 'breach_id',
    'privacy-hold': 'hold_id',
    'privacy-request': 'request_id',
  };
  const rows = await desk.owner.$queryRaw<{ commitment: string }[]>`
    select commitment from ${Prisma.raw(tables[home])} where ${Prisma.raw(of[home])} = ${files[home]}::uuid
    order by commitment`;
  return rows.map(({ commitment }) => commitment);
};

it.each(Object.keys(tables) as Home[])(
  'of a file its own texts are read, and none of another one: %s',
  async (home) => {
    const { rows, read } = await counted((tx) => textsOfFile(tx, { home, file: files[home] }));
    const expected = await textsIn(home);
    expect(rows.map(({ commitment }) => commitment).toSorted()).toEqual(expected);
    expect(read).toBe(expected.length);
  },
);

it('of those that are on record as naming the person no other is read, and all are looked through but once', async () => {
  const commitments: string[] = [];
  for (const home of Object.keys(tables) as Home[]) {
    const [first] = await desk.owner.$queryRaw<{ commitment: string }[]>`
      select t.commitment from ${Prisma.raw(tables[home])} t
      where ${home !== 'privacy-request'} or to_jsonb(t) ->> 'field' = 'note' order by t.commitment limit 1`;
    const commitment = first?.commitment ?? '';
    commitments.push(commitment);
    const mention = { personId: person, ofTable: tables[home], commitment };
    await desk.web.personMention.create({ data: mention });
  }
  const { rows, read } = await counted(async (tx) => {
    const found: string[] = [];
    for await (const page of fileTextsNaming(tx, person))
      found.push(...page.map(({ commitment }) => commitment));
    return found;
  });
  expect(rows.toSorted()).toEqual(commitments.toSorted());
  expect(read).toBe(commitments.length);

  const all: string[] = [];
  for await (const page of allFileTexts(desk.worker, person))
    all.push(...page.map(({ commitment }) => commitment));
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining(commitments));
});
