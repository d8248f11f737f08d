import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import type { Result } from '#lib/platform/result.ts';
import { returnProposal } from '../requests/carry-out.ts';
import {
  adviseOn,
  built,
  collected,
  noted,
  openPackagesDesk,
  other,
  textOf,
  unzipped,
  work,
  zipOf as keptZip,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { granting, grantingInPart, press } from '../testing/request-desk.ts';
import { buildPackage } from './build-package.ts';
import { orderPackage } from './order-package.ts';
import { accessPackage } from './package-schema.ts';
import { readPreview } from './read-preview.ts';
import { viewPackageFile } from './view-package-file.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await noted(
    desk,
    'Änne Müller and Bruno Kowalczyk asked for it; call +48 22 123 45 67 or write to kowal@example.net. Ada Hofmann has checked.',
  );
  await noted(desk, 'The usual payment to the exchange.');
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};

const zipOf = async (requestId: string): Promise<Record<string, Uint8Array>> =>
  unzipped(await keptZip(desk, requestId));
const all = (files: Record<string, Uint8Array>): string =>
  [
    textOf(files['your-data.json']),
    textOf(files['movements.csv']),
    readPdf(files['your-data.pdf'] ?? new Uint8Array())
      .flat()
      .join(' '),
  ].join('\n');

describe('a package for access', () => {
  it('has what is held, why and for how long, for reading and for machines, with a digest of each file', async () => {
    const { id, number } = await collected(desk);
    await built(desk, id, () => 'in');
    const files = await zipOf(id);
    expect(Object.keys(files)).toEqual([
      'your-data.json',
      'movements.csv',
      'your-data.pdf',
      'SHA256SUMS.txt',
    ]);
    for (const line of textOf(files['SHA256SUMS.txt']).trim().split('\n')) {
      const [digest, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
      ).toBe(digest);
    }
    const document = accessPackage.parse(JSON.parse(textOf(files['your-data.json'])));
    expect(document.request).toBe(number);
    expect(document.values.map(({ field, value }) => [field, value])).toEqual([
      ['email', 'anne@example.org'],
      ['full-name', 'Änne Müller'],
    ]);
    expect(document.systems['ledger']?.records).toHaveLength(2);
    expect(document.systems['operations']?.records).toHaveLength(2);
    expect(document.texts).toHaveLength(3 + 0);
    expect(textOf(files['movements.csv']).trim().split('\r\n')).toHaveLength(3);
    const pdf = readPdf(files['your-data.pdf'] ?? new Uint8Array())
      .flat()
      .join(' ');
    for (const said of [
      'Änne Müller',
      'Five years after the end',
      'dsb.gv.at',
      'Article 77',
      'Performance',
    ])
      expect([said, pdf.toLowerCase().includes(said.toLowerCase())]).toEqual([
        said,
        said === 'dsb.gv.at' ? pdf.includes('dsb.gv.at') : true,
      ]);
  });

  it('never names another person, whether of the client or of the staff', async () => {
    const { id } = await collected(desk);
    await built(desk, id, () => 'in');
    const said = all(await zipOf(id));
    expect(said).toContain('█████');
    expect(said).toContain('Müller');
    const names = [
      ...Object.values(other),
      'Kowalczyk',
      'Bruno',
      'kowal@',
      '123 45 67',
      'Hofmann',
      'Ada',
    ];
    const ids = [desk.other, ...Object.values(desk.people).map(({ actor }) => actor.personId)];
    expect([...names, ...ids].filter((one) => said.includes(one))).toEqual([]);
  });

  it('that holds a note on a suspicion is byte for byte what it is without one', async () => {
    const { id } = await collected(desk);
    const clock = desk.context.clock;
    const fixed = clock();
    desk.context.clock = () => fixed;
    try {
      await built(desk, id, () => 'in');
      const { items } = valueOf(await readPreview(dora(), { id }, desk.context));
      const choices = items.flatMap(({ item, take }) =>
        item === null || take === 'undecided' ? [] : [{ item, take, reason: '' }],
      );
      // That somebody looked through it stands in the next copy, so both are built after the last look.
      valueOf(await orderPackage(dora(), { id, choices, again: 'yes' }, desk.context));
      await work(desk);
      const without = await zipOf(id);
      await inTransaction(desk.web, (tx) =>
        writeValues(
          tx,
          { id: desk.subject, values: { 'suspicion-note': 'Reported to the unit in May.' } },
          { by: dora().personId, at: fixed, reference: null },
        ),
      );
      valueOf(await orderPackage(dora(), { id, choices, again: 'yes' }, desk.context));
      await work(desk);
      const withNote = await zipOf(id);
      expect(Object.keys(withNote)).toEqual(Object.keys(without));
      for (const [name, bytes] of Object.entries(without))
        expect([name, textOf(withNote[name])]).toEqual([name, textOf(bytes)]);
    } finally {
      desk.context.clock = clock;
    }
  });

  it('leaves out what a person left out, without a trace, and takes in no text that nobody has read', async () => {
    const { id } = await collected(desk);
    await built(desk, id);
    const first = accessPackage.parse(JSON.parse(textOf((await zipOf(id))['your-data.json'])));
    expect(first.texts).toEqual([]);
    const { items } = valueOf(await readPreview(dora(), { id }, desk.context));
    const read = items.filter(({ item, text }) => item !== null && text !== null);
    expect(read.filter(({ take }) => take !== 'undecided')).toEqual([]);
    expect(read.filter(({ about }) => about === 'A note on an operation')).toHaveLength(2);
    await built(desk, id, (text) => (text.includes('usual') ? 'in' : 'out'), { again: 'yes' });
    const files = await zipOf(id);
    expect(all(files)).toContain('The usual payment');
    expect(all(files)).not.toContain('asked for it');
    const shown = valueOf(await readPreview(dora(), { id }, desk.context)).items;
    expect(shown.find(({ take }) => take === 'out')?.ground).toBe('It is about somebody else.');
  });
});

describe('what is released', () => {
  it('is what was approved: nothing before two people decided, and then that file alone', async () => {
    const { id, number } = await collected(desk);
    const digest = await built(desk, id, () => 'in');
    await adviseOn(desk, id);
    expect(await code(viewPackageFile(dora(), { id }, desk.context))).toBe('not-approved');
    const { mia, ben } = desk.people;
    // Others are blacked out of a text in it.
    const proposal = { id, seen: '5', ...grantingInPart };
    expect(await code(press(desk, mia, { ...proposal, package: 'a'.repeat(64) }))).toBe(
      'other-package',
    );
    valueOf(await press(desk, mia, { ...proposal, package: digest }));
    expect(await code(viewPackageFile(dora(), { id }, desk.context))).toBe('not-approved');
    expect(await code(orderPackage(dora(), { id, again: 'yes' }, desk.context))).toBe('decided');
    valueOf(await press(desk, ben, { id, seen: '6', step: 'approved' }));
    const file = valueOf(await viewPackageFile(dora(), { id }, desk.context));
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(digest);
    expect(await code(viewPackageFile(ben.actor, { id }, desk.context))).toBe('not-allowed');
    const looks = await desk.owner.personLook.findMany({
      where: { personId: desk.subject, reference: number },
    });
    // The preview that the texts were chosen from, and the file.
    expect(looks.map(({ by, purpose }) => [by, purpose])).toEqual([
      [dora().personId, 'request-of-person'],
      [dora().personId, 'request-of-person'],
    ]);
    const trail = await desk.owner.auditEntry.findMany({
      where: { subject: number, kind: 'privacy-package-read' },
    });
    // The preview that the texts were chosen from, and the file.
    expect(trail.map(({ actor }) => actor)).toEqual([dora().personId, dora().personId]);
  });

  it('is not proposed while texts in it are to be looked through, nor once a newer one is there', async () => {
    const { id } = await collected(desk);
    const open = await built(desk, id);
    const read = await built(desk, id, () => 'out', { again: 'yes' });
    await adviseOn(desk, id);
    const proposal = { id, seen: '5', ...granting };
    expect(await code(press(desk, desk.people.mia, { ...proposal, package: open }))).toBe(
      'other-package',
    );
    valueOf(await press(desk, desk.people.mia, { ...proposal, package: read }));
    const back = { id, seen: '6', reasons: 'The package lacks the archive.' };
    valueOf(await returnProposal(desk.people.ben.actor, back, desk.context));
    await built(desk, id, null, { again: 'yes' });
    expect(
      await code(press(desk, desk.people.mia, { ...proposal, seen: '7', package: read })),
    ).toBe('other-package');
  });
});

describe('an order', () => {
  it('that is repeated gives the same package, and there is no second one while the first is built', async () => {
    const { id } = await collected(desk);
    expect(valueOf(await orderPackage(dora(), { id }, desk.context))).toEqual({
      version: 1,
      isNew: true,
    });
    expect(await code(orderPackage(dora(), { id }, desk.context))).toBe('under-way');
    await work(desk);
    expect(valueOf(await orderPackage(dora(), { id }, desk.context))).toEqual({
      version: 1,
      isNew: false,
    });
  });

  it('while the service of the keys is away changes nothing, and a build waits for it', async () => {
    const { id } = await collected(desk);
    const address = process.env['COUNTERSIGN_KEYS'];
    process.env['COUNTERSIGN_KEYS'] = 'unix:/tmp/countersign-nobody.sock';
    try {
      expect(await code(orderPackage(dora(), { id }, desk.context))).toBe('keys-away');
      expect(await desk.owner.privacyPackage.count({ where: { requestId: id } })).toBe(0);
      process.env['COUNTERSIGN_KEYS'] = address;
      valueOf(await orderPackage(dora(), { id }, desk.context));
      process.env['COUNTERSIGN_KEYS'] = 'unix:/tmp/countersign-nobody.sock';
      await work(desk);
    } finally {
      process.env['COUNTERSIGN_KEYS'] = address;
    }
    const row = await desk.owner.privacyPackage.findFirstOrThrow({
      where: { requestId: id },
      include: { progress: true, built: true, parts: true },
    });
    expect([row.progress?.fault, row.built, row.parts]).toEqual(['keys-away', null, []]);
    desk.context.passTime(11_000);
    await work(desk);
    expect(
      await desk.owner.privacyPackageBuilt.count({ where: { package: { requestId: id } } }),
    ).toBe(1);
  });

  it('is for the desk alone, and only once the person is known', async () => {
    const { id } = await collected(desk);
    expect(await code(orderPackage(desk.people.mia.actor, { id }, desk.context))).toBe(
      'not-allowed',
    );
    const objection = await collected(desk, { right: 'objection' });
    expect(await code(orderPackage(dora(), { id: objection.id }, desk.context))).toBe(
      'other-right',
    );
  });
});

it('a restriction stops neither the copy of a person nor the blacking out of another', async () => {
  const { id } = await collected(desk);
  await desk.owner.$executeRawUnsafe('alter table person_restriction disable trigger all');
  for (const personId of [desk.subject, desk.other])
    await desk.owner.personRestriction.create({
      data: {
        id: randomUUID(),
        personId,
        requestId: id,
        fields: [],
        ground: 'accuracy',
        allows: ['consent'],
        since: desk.context.clock(),
        setBy: dora().personId,
      },
    });
  await desk.owner.$executeRawUnsafe('alter table person_restriction enable trigger all');
  await built(desk, id, () => 'in');
  const said = all(await zipOf(id));
  expect(said).toContain('Änne Müller');
  expect(said).toContain('asked for it');
  expect(said).not.toContain('Kowalczyk');
});

it('nothing of somebody who was erased is put together, nor of one who is erased meanwhile', async () => {
  const { id } = await collected(desk);
  valueOf(await orderPackage(dora(), { id }, desk.context));
  await desk.owner.$executeRawUnsafe('alter table person disable trigger all');
  const erased = desk.context.clock();
  await desk.owner
    .$executeRaw`update person set key_id = null, erased_at = ${erased} where id = ${desk.subject}`;
  await work(desk);
  const row = await desk.owner.privacyPackage.findFirstOrThrow({
    where: { requestId: id },
    include: { built: true, parts: true },
  });
  expect([row.built, row.parts]).toEqual([null, []]);
  const order = {
    ...row,
    request: { id, number: 'DSR-2026-999999' },
  };
  const needs = { ...desk.context, db: desk.worker };
  await desk.owner.privacyPackageProgress.create({
    data: { packageId: row.id, attempt: 1, beatAt: erased, done: 0 },
  });
  await expect(buildPackage(needs, order, 1)).rejects.toThrow('erased while');
  expect(await desk.owner.privacyPackageBuilt.count({ where: { packageId: row.id } })).toBe(0);
});
