import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { eraseTexts } from '../testing/erase-texts.ts';
import { listRecords } from './list-records.ts';
import { lockRecords } from './lock-records.ts';
import { retireRecord } from './retire-record.ts';
import { saveRecord } from './save-record.ts';
import { viewFigures } from './view-figures.ts';
import { viewRecord } from './view-record.ts';

let desk: ResilienceDesk;

const facts = {
  id: 'F1',
  activity: 'eba_TA:x228',
  name: 'Custody of keys',
  critical: 'eba_BT:x28',
  assessedOn: '2026-03-01',
  rtoHours: 4,
  rpoHours: 1,
  impact: 'eba_ZZ:x793',
};

beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const save = (input: object, actor = desk.manager) => saveRecord(actor, input, desk.context);

describe('saving', () => {
  it('a new record is numbered, noted in the audit trail and shown with who wrote it', async () => {
    const saved = await newRecord(desk, 'function', facts, { reason: 'Clients own what is kept.' });
    expect(saved).toMatchObject({
      number: expect.stringMatching(/^FN-\d{4}-000001$/) as string,
      version: 1,
    });
    const view = await viewRecord(desk.auditor, { id: saved.id }, desk.context);
    expect(view).toMatchObject({
      ok: true,
      value: {
        ref: 'F1',
        grade: 'critical',
        dueOn: '2027-03-01',
        by: 'Mara Lind',
        texts: { reason: 'Clients own what is kept.' },
        canWrite: false,
      },
    });
    const entries = await desk.owner.auditEntry.findMany({ where: { subject: saved.number } });
    expect(entries.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['resilience-recorded', desk.manager.personId],
    ]);
  });

  it('a version keeps what it does not change, and the view says what changed', async () => {
    const { id } = await newRecord(
      desk,
      'function',
      { ...facts, id: 'F2' },
      { reason: 'First reason.' },
    );
    const next = {
      kind: 'function',
      id,
      seen: 1,
      facts: { ...facts, id: 'F2', rtoHours: 8 },
      texts: {},
    };
    expect(await save(next, desk.administrator)).toMatchObject({ ok: true, value: { version: 2 } });
    const view = await viewRecord(desk.manager, { id }, desk.context);
    if (!view.ok) throw new Error(view.refusal.sentence);
    expect(view.value.texts).toEqual({ reason: 'First reason.' });
    expect(view.value.versions[0]).toMatchObject({
      version: 2,
      by: 'Ben Okafor',
      changes: [{ field: 'rtoHours', before: '4', after: '8' }],
    });
  });

  it('a text that changes shows what stood there before, and one that was erased only that it was', async () => {
    const { id } = await newRecord(
      desk,
      'function',
      { ...facts, id: 'F6' },
      { reason: 'One reason.' },
    );
    const next = (seen: number, reason: string) =>
      save({ kind: 'function', id, seen, facts: { ...facts, id: 'F6' }, texts: { reason } });
    await next(1, 'Another reason.');
    await next(2, '');
    await eraseTexts(desk.manager, { recordId: id, version: 1 }, desk.context);
    const view = await viewRecord(desk.manager, { id }, desk.context);
    if (!view.ok) throw new Error(view.refusal.sentence);
    expect(view.value.texts).toEqual({});
    expect(view.value.versions.map(({ changes }) => changes.at(-1))).toEqual([
      { field: 'reason', before: 'Another reason.', after: null },
      { field: 'reason', before: '(erased)', after: 'Another reason.' },
      { field: 'reason', before: null, after: '(erased)' },
    ]);
  });

  it('what changes nothing writes nothing, so that pressing twice is pressing once', async () => {
    const { id } = await newRecord(desk, 'function', { ...facts, id: 'F3' });
    const same = { kind: 'function', id, seen: 1, facts: { ...facts, id: 'F3' }, texts: {} };
    expect(await save(same)).toMatchObject({ ok: true, value: { version: 1 } });
  });

  it('a version that somebody else has replaced in the meantime is not overwritten', async () => {
    const { id } = await newRecord(desk, 'function', { ...facts, id: 'F4' });
    const next = (rtoHours: number) =>
      save({ kind: 'function', id, seen: 1, facts: { ...facts, id: 'F4', rtoHours }, texts: {} });
    const both = await Promise.all([next(5), next(6)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'record-moved' } });
  });

  it('two at once never give one name to two records', async () => {
    const create = () =>
      save({ kind: 'function', id: null, seen: 0, facts: { ...facts, id: 'F5' }, texts: {} });
    const both = await Promise.all([create(), create()]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ faults: [{ field: 'id' }] });
  });

  it('every wrong field is named with its reason, and nothing is kept', async () => {
    const refused = await save({
      kind: 'function',
      id: null,
      seen: 0,
      facts: { ...facts, id: 'one', rtoHours: -4, assessedOn: '2026-02-30', wrong: 1 },
      texts: { reason: 'x'.repeat(301), other: 'x' },
    });
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'record-invalid' },
      faults: expect.arrayContaining([
        { field: 'id', reason: 'Give an identifier of F and a number, such as F1.' },
        {
          field: 'rtoHours',
          reason: 'Give the recovery time as a whole number from 1 to 8760 hours.',
        },
        { field: 'assessedOn', reason: 'This is no day of the calendar.' },
        { field: 'wrong', reason: 'There is no such field.' },
        { field: 'reason', reason: 'Write why in at most 300 characters.' },
        { field: 'other', reason: 'There is no such field.' },
      ]) as unknown,
    });
    const nobody = { ...facts, id: 'F9', owner: 'p-zzzzzzzzzz' };
    expect(
      await save({ kind: 'function', id: null, seen: 0, facts: nobody, texts: {} }),
    ).toMatchObject({ faults: [{ field: 'owner', reason: 'Nobody of this id works here.' }] });
    expect(
      await desk.owner.resilienceCurrent.count({ where: { ref: { in: ['one', 'F9'] } } }),
    ).toBe(0);
  });

  it('does not wait for ever where another change takes long, and says so', async () => {
    const input = {
      kind: 'function',
      id: null,
      seen: 0,
      facts: { ...facts, id: 'F40' },
      texts: {},
    };
    await inTransaction(
      desk.owner,
      async (tx) => {
        await lockRecords(tx);
        expect(await save(input)).toMatchObject({ refusal: { code: 'records-busy' } });
      },
      { timeoutMs: 20_000 },
    );
    expect(await save(input)).toMatchObject({ ok: true });
  });

  it('is for those who may write', async () => {
    const input = { kind: 'function', id: null, seen: 0, facts, texts: {} };
    expect(await save(input, desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});

it('a record is retired with a reason, stays with its versions, and a later version brings it back', async () => {
  const { id } = await newRecord(desk, 'function', { ...facts, id: 'F20' });
  const retire = (reason: string) =>
    retireRecord(desk.manager, { id, seen: 1, reason }, desk.context);
  expect(await retire('')).toMatchObject({ faults: [{ field: 'reason' }] });
  expect(await retire('Merged into F1.')).toMatchObject({ ok: true, value: { version: 2 } });
  const listed = async (retired: boolean) => {
    const list = await listRecords(
      desk.auditor,
      { kind: 'function', words: 'F20', retired },
      desk.context,
    );
    return list.ok ? list.value.lines.map(({ ref }) => ref) : [];
  };
  expect(await listed(false)).toEqual([]);
  expect(await listed(true)).toEqual(['F20']);
  const back = { kind: 'function', id, seen: 2, facts: { ...facts, id: 'F20' }, texts: {} };
  expect(await save(back)).toMatchObject({ ok: true, value: { version: 3 } });
  expect(await listed(false)).toEqual(['F20']);
});

it('figures count the records in use by kind, state and grade, and how many are over their day', async () => {
  const count = async (kind: string) => {
    const view = await viewFigures(desk.auditor, desk.context);
    if (!view.ok) throw new Error(view.refusal.sentence);
    return view.value.filter((one) => one.kind === kind);
  };
  const before = (await count('function')).find(({ grade }) => grade === 'not-critical');
  expect(before).toBeUndefined();
  const late = { ...facts, critical: 'eba_BT:x29', assessedOn: '2024-01-01' };
  await newRecord(desk, 'function', { ...late, id: 'F30' });
  await newRecord(desk, 'function', { ...late, id: 'F31', assessedOn: null });
  expect((await count('function')).find(({ grade }) => grade === 'not-critical')).toEqual({
    kind: 'function',
    state: null,
    grade: 'not-critical',
    count: 2,
    overdue: 1,
  });
});

it('a list is read a page at a time, by number or by what is due first, each record once', async () => {
  for (let index = 100; index < 175; index += 1)
    await newRecord(desk, 'function', {
      ...facts,
      id: `F${index}`,
      name: `Listed ${index}`,
      assessedOn: `2026-0${1 + (index % 6)}-1${index % 10}`,
    });
  for (const order of ['number', 'due'] as const) {
    const refs: string[] = [];
    let dues: (string | null)[] = [];
    let after: string | null = null;
    do {
      const list = await listRecords(
        desk.auditor,
        { kind: 'function', words: 'Listed', order, after },
        desk.context,
      );
      if (!list.ok) throw new Error(list.refusal.sentence);
      refs.push(...list.value.lines.map(({ ref }) => ref));
      dues = [...dues, ...list.value.lines.map(({ dueOn }) => dueOn)];
      after = list.value.next;
    } while (after !== null);
    expect(new Set(refs).size).toBe(75);
    expect(refs).toHaveLength(75);
    if (order === 'due')
      expect(dues).toEqual(dues.toSorted((a, b) => (a ?? '').localeCompare(b ?? '')));
  }
});
