import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openTexts, type SealedTextRow } from '#lib/audit/sealed-text.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { newPersonId } from '../ids.ts';
import { writePerson } from '../write-person.ts';
import { BLACK } from './black-out.ts';
import { destroyDueKeys } from './destroy-due-keys.ts';
import { findUnmentioned } from './find-unmentioned.ts';
import { keepText, textColumns, writeMentions } from './keep-texts.ts';
import { mentionsOf } from './mentions.ts';
import { redactMentions } from './redact.ts';

let database: TestDatabase;
let web: Database;
let worker: Database;
let owner: Database;

const at = new Date();
const anna = { 'full-name': 'Änne Müller', email: 'anna@example.test' } as const;
const values = [
  { field: 'full-name', value: anna['full-name'] },
  { field: 'email', value: anna.email },
] as const;

beforeAll(async () => {
  database = await createTestDatabase();
  web = database.connect('web');
  worker = database.connect('worker');
  owner = database.connect('owner');
});
afterAll(() => database.drop());

async function person(known: Readonly<Record<string, string>> = anna): Promise<string> {
  const id = newPersonId();
  await inTransaction(web, (tx) => writePerson(tx, { id, values: known }, { by: 'system', at }));
  return id;
}

async function note(text: string): Promise<SealedTextRow> {
  const kept = await keepText(web, 'break_note', text);
  await inTransaction(owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`insert into break_note (event_id, sealed, commitment)
      values (${BigInt(Math.floor(Math.random() * 2 ** 40))}, ${kept.sealed}, ${kept.commitment})`;
  });
  await inTransaction(web, (tx) => writeMentions(tx, 'break_note', [kept]));
  return { ...textColumns(kept), redacted: null };
}

const now = (row: SealedTextRow) =>
  owner.breakNote.findUniqueOrThrow({ where: { commitment: row.commitment } });
const textOf = async (row: SealedTextRow) => (await openTexts('break_note', [row]))[0];
const redact = (personId: string, db = worker) => redactMentions(db, { personId, values, at });

describe('a text that names somebody', () => {
  it('is on record with them, by name in any order, or address, and nobody else', async () => {
    const id = await person();
    const other = await person({ 'full-name': 'Bob Stone' });
    const first = await note('MULLER Anne asked why.');
    const second = await note('Wrote to <Anna@Example.test>.');
    await note('Nobody is named here.');
    const mentions = (of: string) =>
      mentionsOf(web, of).then((all) => all.map(({ commitment }) => commitment).toSorted());
    expect(await mentions(id)).toEqual([first.commitment, second.commitment].toSorted());
    expect(await mentions(other)).toEqual([]);
  });

  it('loses what is theirs alone, and as it was opens no more', async () => {
    const id = await person();
    const other = await person({ 'full-name': 'Bob Stone' });
    const row = await note('Änne Müller and Bob Stone signed.');
    expect(await redact(id)).toEqual({
      redacted: 1,
      kept: [],
      looked: [{ table: 'break_note', commitment: row.commitment }],
      isWhole: true,
    });
    const after = await now(row);
    expect(await textOf(after)).toBe(`${BLACK} and Bob Stone signed.`);
    expect(after.commitment).toBe(row.commitment);
    // What a backup from before still holds.
    expect(await textOf(row)).toBeNull();
    expect(await mentionsOf(owner, id)).toEqual([]);
    expect(await mentionsOf(owner, other)).toEqual([
      { table: 'break_note', commitment: row.commitment },
    ]);
    expect(await owner.textKeyDue.count()).toBe(0);
  });

  it('goes on where an earlier attempt ended before the key was gone', async () => {
    const id = await person();
    const row = await note('Änne Müller asked.');
    await redactMentions(worker, { personId: id, values, at });
    const key = Buffer.from(row.sealed?.subarray(1, 17) ?? []).toString('hex');
    expect(await dataKeys().missing([key])).toEqual([key]);
    const second = await note('Änne Müller asked again.');
    const [made = ''] = await dataKeys().make(1);
    await owner.dataKeyOwner.create({
      data: { keyId: made, kind: 'text', owner: `operation_note/${second.commitment}` },
    });
    await worker.textKeyDue.create({ data: { keyId: made, since: at } });
    await redact(id);
    expect(await dataKeys().missing([made])).toEqual([made]);
    expect(await textOf(await now(second))).toBe(`${BLACK} asked again.`);
  });

  it('is blacked out whatever key is said to be due: one of a person, or under which a text stands, stays', async () => {
    const id = await person();
    const { keyId } = await owner.person.findUniqueOrThrow({ where: { id } });
    const row = await note('Somebody asked.');
    const standing = Buffer.from(row.sealed?.subarray(1, 17) ?? []).toString('hex');
    await expect(
      worker.textKeyDue.create({ data: { keyId: keyId ?? '', since: at } }),
    ).rejects.toThrow(/only the key of a text/);
    await worker.textKeyDue.create({ data: { keyId: standing, since: at } });
    await expect(destroyDueKeys(worker)).rejects.toThrow(/not its own/);
    expect(await dataKeys().missing([standing, keyId ?? ''])).toEqual([]);
    await owner.textKeyDue.deleteMany();
  });

  it('is found by whoever erases, although it is older than what is known of the person', async () => {
    const rows = [];
    for (let turn = 0; turn < 3; turn += 1)
      rows.push(await note(`Carla Núñez-Bianchi wrote, time ${turn}.`));
    const id = await person({ 'full-name': 'Carla Núñez Bianchi' });
    expect(await mentionsOf(owner, id)).toEqual([]);
    const own = [{ field: 'full-name', value: 'Carla Núñez Bianchi' }] as const;
    let { next: from } = await findUnmentioned(worker, { personId: id, values: own }, { most: 2 });
    while (from)
      ({ next: from } = await findUnmentioned(
        worker,
        { personId: id, values: own },
        { from, most: 2 },
      ));
    expect((await mentionsOf(owner, id)).map(({ commitment }) => commitment)).toEqual(
      rows.map(({ commitment }) => commitment).toSorted(),
    );
  });

  it('is on record with nobody who was erased', async () => {
    const kept = await keepText(web, 'break_note', 'x');
    await inTransaction(web, (tx) =>
      writeMentions(tx, 'break_note', [{ ...kept, people: ['ps-aaaaaaaaaaaaaaaa'] }]),
    );
    expect(await owner.personMention.count({ where: { commitment: kept.commitment } })).toBe(0);
  });
});

describe('a text that was kept', () => {
  const state = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => sqlStateOf(error),
    );
  const black = (db: Database, row: SealedTextRow, redacted = 'ab'.repeat(32)) =>
    db.$executeRaw`update break_note set sealed = ${Buffer.alloc(100, 7)}, redacted = ${redacted}
      where commitment = ${row.commitment}`;
  const inTrail = (row: SealedTextRow) =>
    inTransaction(web, (tx) =>
      appendAudit(tx, {
        kind: 'text-redacted',
        subject: row.commitment,
        actor: 'worker',
        at: new Date(),
        facts: {},
      }),
    );

  it('is changed by the worker alone, behind an entry in the trail, and is never removed', async () => {
    const row = await note('As it was.');
    expect(await state(black(worker, row))).toBe('CS002');
    await inTrail(row);
    expect(await state(black(web, row))).toBe('42501');
    expect(
      await state(worker.$executeRaw`update break_note set commitment = ${'cd'.repeat(32)}`),
    ).toBe('42501');
    expect(
      await state(worker.$executeRaw`update break_note set redacted = ${'cd'.repeat(32)}
        where commitment = ${row.commitment}`),
    ).toBe('CS002');
    expect(await state(owner.$executeRaw`delete from break_note`)).toBe('CS001');
    expect(await state(black(worker, row))).toBeNull();
  });

  it('opens at no other commitment and in no other table, and not when it was changed', async () => {
    const [one, other] = [await note('One.'), await note('Other.')];
    await expect(textOf({ ...one, sealed: other.sealed })).rejects.toThrow();
    await expect(openTexts('operation_note', [one])).rejects.toThrow();
    const changed = Buffer.from(one.sealed ?? []);
    changed[60] = (changed[60] ?? 0) ^ 1;
    await expect(textOf({ ...one, sealed: changed })).rejects.toThrow();
  });

  it('gives no key to be destroyed to the web server', async () => {
    expect(
      await state(web.textKeyDue.create({ data: { keyId: 'ab'.repeat(16), since: at } })),
    ).toBe('42501');
  });
});
