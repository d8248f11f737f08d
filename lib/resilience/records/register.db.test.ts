/** The register of information out of the records and back into them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterRows } from '../register/drafts.ts';
import { templateCodes, type Row, type TemplateCode } from '../roi/column.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  contractSample,
  entitySample,
  functionSample,
  leiOf,
  providerSample,
  sampleUse,
} from '../testing/samples.ts';
import { importRegister } from './import-register.ts';
import { withRegisterSource } from './register-source.ts';
import { saveRecord } from './save-record.ts';
import { viewRecord } from './view-record.ts';

let desk: ResilienceDesk;
let other: ResilienceDesk;
let contract: string;

type Tables = Record<TemplateCode, Row[]>;

const exported = ({ context }: ResilienceDesk): Promise<Tables> =>
  withRegisterSource(context.db, '2026-12-31', async (source) => {
    const tables: Partial<Tables> = {};
    for (const template of templateCodes) {
      const rows: Row[] = [];
      for await (const row of source.rows(template)) rows.push(row);
      tables[template] = rows;
    }
    return tables as Tables;
  });

const imported = (into: ResilienceDesk, rows: RegisterRows) =>
  importRegister(into.manager, { rows }, into.context);

beforeAll(async () => {
  [desk, other] = await Promise.all([openResilienceDesk(), openResilienceDesk()]);
  const service = 'eba_TA:S17';
  await newRecord(
    desk,
    'entity',
    { ...entitySample, branches: [{ code: 'FR-1', name: 'Paris', country: 'FR' }] },
    { 'definition.c0010': 'A contract that stands alone.' },
  );
  const provider = async (number: number, more: object = {}) =>
    (await newRecord(desk, 'provider', { ...providerSample, code: leiOf(number), ...more })).id;
  const parent = await provider(20, { name: 'Group N.V.' });
  const direct = await provider(21, { parent });
  const person = await newRecord(
    desk,
    'provider',
    { person: 'eba_CT:x213', codeType: 'eba_qCO:qx2001', country: 'LU' },
    { code: '1985010112345', name: 'Jean Muller', 'latin-name': 'Jean Muller' },
  );
  const served = await newRecord(desk, 'function', functionSample, { reason: 'Clients’ keys.' });
  const outside = await newRecord(desk, 'contract', {
    ...contractSample(direct, served.id),
    reference: 'C-RACKS',
    assessments: [],
  });
  const master = await newRecord(desk, 'contract', {
    ...contractSample(direct, served.id),
    reference: 'C-MASTER',
    type: 'eba_CO:x2',
  });
  contract = (
    await newRecord(
      desk,
      'contract',
      {
        ...contractSample(direct, served.id),
        type: 'eba_CO:x3',
        overarching: master.id,
        restsOn: [outside.id],
        chain: [
          { service, provider: direct, rank: 1 },
          { service, provider: person.id, rank: 2, recipient: direct },
        ],
        clauses: [{ id: '30(1)', answer: 'met', at: '§ 1' }],
      },
      { 'exit-triggers': 'A week without service.' },
    )
  ).id;
});
afterAll(() => Promise.all([desk.database.drop(), other.database.drop()]));

describe('a register', () => {
  it('has a row of every template, in which parents and subcontractors are named by their codes', async () => {
    const tables = await exported(desk);
    const empty = templateCodes.filter((code) => tables[code].length === 0);
    expect(empty).toEqual(['B_03.03']);
    expect(tables['B_01.01']).toMatchObject([{ c0010: leiOf(1), c0060: '2026-12-31' }]);
    expect(tables['B_05.01']).toMatchObject([
      { c0010: leiOf(20), c0110: leiOf(20) },
      { c0010: leiOf(21), c0110: leiOf(20) },
      { c0010: '1985010112345', c0050: 'Jean Muller', c0070: 'eba_CT:x213' },
    ]);
    expect(tables['B_05.02'].at(-1)).toMatchObject({ c0030: '1985010112345', c0060: leiOf(21) });
    expect(tables['B_02.03']).toEqual([{ c0010: 'C-CLOUD-1', c0020: 'C-RACKS', c0030: 'true' }]);
    expect(tables['B_06.01']).toMatchObject([{ c0040: leiOf(1), c0060: 'Clients’ keys.' }]);
  });

  it('taken over elsewhere is the same register there, and a second time changes nothing', async () => {
    const tables = await exported(desk);
    expect(await imported(other, tables)).toEqual({
      ok: true,
      value: {
        entity: { created: 1, changed: 0, unchanged: 0 },
        function: { created: 1, changed: 0, unchanged: 0 },
        provider: { created: 3, changed: 0, unchanged: 0 },
        contract: { created: 3, changed: 0, unchanged: 0 },
      },
    });
    const there = await exported(other);
    for (const template of templateCodes) {
      const sorted = (rows: Row[]) =>
        rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();
      const cut = (rows: Row[]) =>
        sorted(
          rows.map(({ c0070, ...row }) =>
            template === 'B_01.02' ? row : { ...row, ...(c0070 === undefined ? {} : { c0070 }) },
          ),
        );
      expect([template, cut(there[template])]).toEqual([template, cut(tables[template])]);
    }
    expect(await imported(other, tables)).toMatchObject({
      ok: true,
      value: {
        entity: { unchanged: 1 },
        provider: { created: 0, changed: 0, unchanged: 3 },
        contract: { created: 0, changed: 0, unchanged: 3 },
      },
    });
  });

  it('keeps what it knows nothing of, and makes a version of what it changes', async () => {
    const tables = await exported(desk);
    const rows = {
      ...tables,
      'B_02.01': tables['B_02.01'].map((row) =>
        row['c0010'] === 'C-CLOUD-1' ? { ...row, c0050: '99000' } : row,
      ),
    };
    expect(await imported(desk, rows)).toMatchObject({
      ok: true,
      value: { contract: { created: 0, changed: 1, unchanged: 2 } },
    });
    const view = await viewRecord(desk.manager, { id: contract }, desk.context);
    expect(view).toMatchObject({
      ok: true,
      value: {
        version: 2,
        facts: { expense: '99000', clauses: [{ id: '30(1)' }], exitTests: [{}] },
        texts: { 'exit-triggers': 'A week without service.' },
      },
    });
  });
});

describe('a register that is wrong', () => {
  const refusedCells = async (change: (tables: Tables) => RegisterRows) => {
    const result = await imported(other, change(await exported(desk)));
    if (result.ok || !('cells' in result)) throw new Error('It was taken over.');
    return result.cells.map(({ template, row, column }) => [template, row, column]);
  };
  const inRow = (rows: readonly Row[], index: number, change: Row): Row[] =>
    rows.map((row, at) => (at === index ? { ...row, ...change } : row));

  it('is refused with template, row and column of the cell', async () => {
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_02.02': inRow(tables['B_02.02'], 1, { c0070: '2026-02-30', c0130: 'eba_GA:XQ' }),
      })),
    ).toEqual([
      ['B_02.02', 2, 'c0070'],
      ['B_02.02', 2, 'c0130'],
    ]);
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_02.02': inRow(tables['B_02.02'], 0, { c0030: leiOf(77), c0050: 'F9' }),
      })),
    ).toEqual([
      ['B_02.02', 1, 'c0030'],
      ['B_02.02', 1, 'c0050'],
    ]);
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_05.01': inRow(tables['B_05.01'], 1, { c0110: leiOf(78) }),
      })),
    ).toEqual([['B_05.01', 2, 'c0110']]);
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_05.01': inRow(tables['B_05.01'], 0, { c0110: leiOf(21) }),
      })),
    ).toEqual([
      ['B_05.01', 1, 'c0110'],
      ['B_05.01', 2, 'c0110'],
    ]);
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_07.01': [...tables['B_07.01'], { ...tables['B_07.01'][0], c0010: 'C-NONE' }],
      })),
    ).toEqual([['B_07.01', 3, 'c0010']]);
    expect(
      await refusedCells((tables) => ({
        ...tables,
        'B_06.01': [...tables['B_06.01'], ...tables['B_06.01']],
      })),
    ).toEqual([['B_06.01', 2, 'c0010']]);
    expect(await refusedCells(() => ({ 'B_01.01': [{ c9999: 'x' }] }))).toEqual([
      ['B_01.01', 1, 'c9999'],
    ]);
  });

  it('changes nothing at all, also where only its last contract is wrong', async () => {
    const count = () => other.owner.resilienceVersion.count();
    const before = await count();
    await refusedCells((tables) => ({
      ...tables,
      'B_06.01': inRow(tables['B_06.01'], 0, { c0030: 'Another name' }),
      'B_02.01': inRow(tables['B_02.01'], 2, { c0040: 'eba_CU:XXQ' }),
    }));
    expect(await count()).toBe(before);
    expect(await other.owner.auditEntry.count({ where: { kind: 'resilience-recorded' } })).toBe(
      before,
    );
  });

  it('is another entity’s', async () => {
    const foreign = (tables: Tables) => ({
      'B_01.01': inRow(tables['B_01.01'], 0, { c0010: leiOf(66) }),
    });
    expect(await refusedCells(foreign)).toEqual([['B_01.01', 1, 'c0010']]);
  });

  it('is for those who may write', async () => {
    expect(await importRegister(other.auditor, { rows: {} }, other.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});

it('no two providers have one code, whether it is a company’s or an individual’s', async () => {
  const facts = { person: 'eba_CT:x213', codeType: 'eba_qCO:qx2000', country: 'LU' };
  const texts = (code: string) => ({ code, name: 'Ann Roe', 'latin-name': 'Ann Roe' });
  const save = (given: object, written: object = {}) =>
    saveRecord(
      desk.manager,
      { kind: 'provider', id: null, seen: 0, facts: given, texts: written },
      desk.context,
    );
  const taken = (field: string) => ({ ok: false, faults: [expect.objectContaining({ field })] });
  const person = await newRecord(desk, 'provider', facts, texts(leiOf(60)));
  expect(await save(facts, texts(leiOf(60)))).toMatchObject(taken('code'));
  expect(await save({ ...providerSample, code: leiOf(60) })).toMatchObject(taken('code'));
  expect(await save(facts, texts(leiOf(21)))).toMatchObject(taken('code'));
  // Its own is no other's.
  const own = { kind: 'provider', id: person.id, seen: 1, facts, texts: { note: 'Known.' } };
  expect(await saveRecord(desk.manager, own, desk.context)).toMatchObject({ ok: true });
});

it('a register is of one moment, whatever is written while it is read', async () => {
  const names = await withRegisterSource(desk.context.db, '2026-12-31', async (source) => {
    const first: string[] = [];
    for await (const row of source.rows('B_02.01')) first.push(row['c0010'] ?? '');
    const [provider] = await desk.owner.resilienceCurrent.findMany({ where: { kind: 'provider' } });
    const [served] = await desk.owner.resilienceCurrent.findMany({ where: { kind: 'function' } });
    const facts = {
      ...contractSample(provider?.recordId ?? '', served?.recordId ?? ''),
      reference: 'C-LATE',
      uses: [sampleUse(provider?.recordId ?? '', served?.recordId ?? '')],
    };
    const late = { kind: 'contract', id: null, seen: 0, facts, texts: {} };
    expect(await saveRecord(desk.manager, late, desk.context)).toMatchObject({ ok: true });
    const second: string[] = [];
    for await (const row of source.rows('B_02.02')) second.push(row['c0010'] ?? '');
    return { first, second };
  });
  expect(names.first).not.toContain('C-LATE');
  expect(new Set(names.second)).toEqual(new Set(names.first));
});
