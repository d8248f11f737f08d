/** A register that is taken over in pieces is the one that somebody would have written record by record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { templateCodes, type Row, type TemplateCode } from '../roi/column.ts';
import { largeRegister } from '../roi/testing/large-register.ts';
import { openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { importRegister } from './import-register.ts';
import { takenKinds } from './import-run.ts';
import { loadTexts, standingOfRow } from './load-record.ts';
import { saveRecord } from './save-record.ts';

let taken: ResilienceDesk;
let written: ResilienceDesk;
let rows: Record<TemplateCode, Row[]>;

/** More than one piece. */
const contracts = 210;

beforeAll(async () => {
  [taken, written] = await Promise.all([openResilienceDesk(), openResilienceDesk()]);
  const source = largeRegister(contracts);
  const read: Partial<Record<TemplateCode, Row[]>> = {};
  for (const template of templateCodes) {
    read[template] = [];
    for await (const row of source.rows(template)) read[template].push(row);
  }
  rows = read as Record<TemplateCode, Row[]>;
});
afterAll(() => Promise.all([taken.database.drop(), written.database.drop()]));

const imported = (given: Partial<Record<TemplateCode, Row[]>>) =>
  importRegister(taken.manager, { rows: given }, taken.context);

const standings = async ({ owner }: ResilienceDesk) => {
  const found = await owner.resilienceCurrent.findMany({ orderBy: { number: 'asc' } });
  return takenKinds.flatMap((kind) => found.filter((one) => one.kind === kind)).map(standingOfRow);
};

/** Everything that is on record, with numbers for ids and without who wrote it and when. */
async function recordsOf(desk: ResilienceDesk) {
  const all = await standings(desk);
  const numbers = new Map(all.map(({ id, number }) => [id, number]));
  const texts = await loadTexts(
    desk.owner,
    all.map(({ id }) => id),
  );
  const links = await desk.owner.resilienceLink.findMany();
  const audited = await desk.owner.auditEntry.findMany({
    where: { kind: 'resilience-recorded' },
    orderBy: { id: 'asc' },
  });
  return {
    records: all.map(({ id, at: _at, by: _by, createdAt: _createdAt, facts, ...rest }) => ({
      ...rest,
      facts: JSON.parse(named(facts, numbers)) as unknown,
      texts: texts.get(id) ?? {},
    })),
    links: links
      .map(({ fromId, field, toId }) => [numbers.get(fromId), field, numbers.get(toId)].join(' '))
      .toSorted(),
    audited: audited.map(({ subject }) => subject),
  };
}

const named = (facts: unknown, names: ReadonlyMap<string, string>): string =>
  JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'string' ? (names.get(value) ?? value) : value,
  );

it('records, numbers, texts, ties and audit entries are those of records saved one after the other', async () => {
  expect(await imported(rows)).toMatchObject({
    ok: true,
    value: { contract: { created: contracts, changed: 0, unchanged: 0 } },
  });
  const ids = new Map<string, string>();
  for (const { id, kind, facts } of await standings(taken)) {
    const texts = (await loadTexts(taken.owner, [id])).get(id) ?? {};
    const own: unknown = JSON.parse(named(facts, ids));
    const saved = await saveRecord(
      written.manager,
      { kind, id: null, seen: 0, facts: own, texts },
      written.context,
    );
    if (!saved.ok) throw new Error(saved.refusal.sentence);
    ids.set(id, saved.value.id);
  }
  const there = await recordsOf(taken);
  expect(there.records.length).toBeGreaterThan(contracts);
  expect(there).toEqual(await recordsOf(written));
}, 180_000);

it('a register whose last contract is wrong leaves no trace of the pieces before it', async () => {
  const before = await recordsOf(taken);
  const last = rows['B_02.01'].length - 1;
  const changed = rows['B_02.01'].map((row, index) =>
    index === last ? { ...row, c0040: 'eba_CU:XXQ' } : { ...row, c0050: '1' },
  );
  expect(await imported({ ...rows, 'B_02.01': changed })).toMatchObject({
    ok: false,
    cells: [{ template: 'B_02.01', row: last + 1, column: 'c0040' }],
  });
  expect(await recordsOf(taken)).toEqual(before);
}, 60_000);

it('the statements that it takes do not grow with the contracts of a piece', async () => {
  const counted = async (count: number) => {
    const of = (await taken.owner.resilienceVersion.count()) + count;
    rows['B_02.01'] = rows['B_02.01'].map((row, index) =>
      index < count ? { ...row, c0050: String(of) } : row,
    );
    let statements = 0;
    const db = taken.context.db.$extends({
      query: {
        $allOperations: ({ args, query }) => {
          statements += 1;
          return query(args);
        },
      },
    }) as typeof taken.context.db;
    const result = await importRegister(taken.manager, { rows }, { ...taken.context, db });
    expect(result).toMatchObject({ ok: true, value: { contract: { changed: count } } });
    return statements;
  };
  const few = await counted(2);
  expect(few).toBeGreaterThan(5);
  expect(await counted(150)).toBe(few);
}, 60_000);
