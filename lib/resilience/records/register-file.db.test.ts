import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  contractSample,
  entitySample,
  functionSample,
  providerSample,
} from '../testing/samples.ts';
import { importRegisterFile, refuseUnread } from './import-register-file.ts';
import { viewRegisterCheck } from './view-register-check.ts';
import { viewRegisterFile } from './view-register-file.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const date = '2026-12-31';
const mine = () => readdirSync(tmpdir()).filter((name) => name.startsWith('countersign-register-'));
const save = (given: object = { date }) => viewRegisterFile(desk.auditor, given, desk.context);

async function saved(): Promise<{ name: string; bytes: Uint8Array }> {
  const file = await save();
  if (!file.ok) throw new Error(file.refusal.sentence);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.value.pieces) pieces.push(piece);
  return { name: file.value.name, bytes: Buffer.concat(pieces) };
}

it('without its keeper there is no register to save, and an impossible day is refused', async () => {
  expect(await save()).toMatchObject({ ok: false, refusal: { code: 'entity-missing' } });
  for (const wrong of ['2026-02-30', '31.12.2026', null, '1999-12-31'])
    expect(await save({ date: wrong })).toMatchObject({ refusal: { code: 'form-invalid' } });
});

it('what is saved is checked as it will be, is in the audit trail, leaves nothing behind and comes back unchanged', async () => {
  await newRecord(desk, 'entity', entitySample);
  const served = await newRecord(desk, 'function', { ...functionSample, assessedOn: '2026-01-01' });
  const provider = await newRecord(desk, 'provider', providerSample);
  await newRecord(desk, 'contract', contractSample(provider.id, served.id));
  const before = mine();
  const check = await viewRegisterCheck(desk.auditor, { date }, desk.context);
  expect(check).toMatchObject({ ok: true, value: { blocking: 0, date } });
  const { name, bytes } = await saved();
  expect(name).toMatch(/^[0-9A-Z]{20}\.IND_LU_.*\.zip$/u);
  expect(mine()).toEqual(before);
  const entries = await desk.owner.auditEntry.findMany({
    where: { kind: 'register-of-information-exported' },
  });
  expect(entries.map(({ actor }) => actor)).toEqual([desk.auditor.personId]);
  const unchanged = { created: 0, changed: 0, unchanged: 1 };
  expect(await importRegisterFile(desk.manager, { name, bytes }, desk.context)).toMatchObject({
    ok: true,
    value: {
      imported: {
        entity: unchanged,
        function: unchanged,
        provider: unchanged,
        contract: unchanged,
      },
      left: [],
    },
  });
});

it('whoever stops reading leaves nothing behind, and the next one is not kept waiting', async () => {
  const before = mine();
  for (let time = 0; time < 4; time += 1) {
    const file = await save();
    if (!file.ok) throw new Error(file.refusal.sentence);
    await file.value.pieces.next();
    await file.value.pieces.return(undefined);
  }
  expect(mine()).toEqual(before);
});

it('neither files that are read slowly nor a folder that could not be made keep the next one waiting', async () => {
  const slow = [await save(), await save(), await save()];
  const temporary = process.env['TMPDIR'];
  process.env['TMPDIR'] = '/nowhere/at/all';
  try {
    for (let time = 0; time < 3; time += 1) await expect(save()).rejects.toThrow('ENOENT');
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  }
  expect(await viewRegisterCheck(desk.auditor, { date }, desk.context)).toMatchObject({ ok: true });
  for (const file of slow) {
    if (!file.ok) throw new Error(file.refusal.sentence);
    await file.value.pieces.next();
    await file.value.pieces.return(undefined);
  }
});

it('one register is taken over at a time, and the next is told before it is read', async () => {
  const { name, bytes } = await saved();
  const take = () => importRegisterFile(desk.manager, { name, bytes }, desk.context);
  expect(refuseUnread(desk.manager)).toBeNull();
  const running = take();
  // Before anything of the next file is read.
  expect(refuseUnread(desk.manager)).toMatchObject({ refusal: { code: 'register-busy' } });
  const [first, second] = await Promise.all([running, take()]);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ refusal: { code: 'register-busy' }, places: [] });
  expect(refuseUnread(desk.manager)).toBeNull();
  expect(await take()).toMatchObject({ ok: true });
});

it('a file that is no register is refused with its places, and nothing is taken from whoever may only read', async () => {
  const { name, bytes } = await saved();
  const take = (actor = desk.manager, given: object = { name, bytes }) =>
    importRegisterFile(actor, given, desk.context);
  expect(await take(desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
  expect(refuseUnread(desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
  expect(await take(desk.manager, { name, bytes: bytes.slice(0, 300) })).toMatchObject({
    refusal: { code: 'register-unreadable' },
    places: [expect.objectContaining({ reason: expect.any(String) as string })],
  });
  expect(await take(desk.manager, { name: 'register.exe', bytes })).toMatchObject({
    refusal: { code: 'register-unreadable' },
  });
  expect(await take(desk.manager, { name, bytes: new Uint8Array() })).toMatchObject({
    refusal: { code: 'form-invalid', sentence: 'The file is empty.' },
  });
});
