/** What an erasure leaves in texts of other rooms, and what it does not, against the real database and key service. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import {
  decidedErasure,
  erasureNeeds,
  noted,
  notedText,
  somebody,
  tied,
} from '../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok } from '#lib/platform/result.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepText, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { carryErasure, stepErasure } from './erasure-desk.ts';
import { removeValues } from './remove-values.ts';
import { blackOutTexts } from './sweep-texts.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const erase = async (person: string) => {
  const { erasure } = await decidedErasure(desk, person);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  return desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
};

describe('a value that is somebody else’s as well', () => {
  const switchboard = '+49 30 4455660';

  it('stays where nothing else says that who was erased is meant, and is no trace of them', async () => {
    const gone = await somebody(desk, { 'full-name': 'Odette Vanterpool', phone: switchboard });
    const stays = await somebody(desk, { 'full-name': 'Odile Vanterpool', phone: switchboard });
    const shared = await noted(desk, `Ring ${switchboard} for both.`);
    const meant = await noted(desk, `Odette Vanterpool with Odile Vanterpool, ${switchboard}.`);
    const row = await erase(gone);
    expect(row).toMatchObject({ gone: { texts: 1 }, proof: { found: [] } });
    expect(await notedText(desk, shared)).toBe(`Ring ${switchboard} for both.`);
    expect(await notedText(desk, meant)).toBe(`${BLACK} with Odile Vanterpool, ${BLACK}.`);
    expect((await mentionsOf(desk.owner, gone)).length).toBe(0);
    expect((await mentionsOf(desk.owner, stays)).length).toBe(2);
    // The last of them takes it along.
    await erase(stays);
    expect(await notedText(desk, shared)).toBe(`Ring ${BLACK} for both.`);
  });
});

describe('an erasure in part', () => {
  it('takes a date of birth and an address out of texts that a name which stays says are theirs', async () => {
    const person = await somebody(desk, {
      'full-name': 'Serafina Holub',
      'birth-date': '1977-02-19',
      residence: 'Am Mühlgraben 12, 99084 Erfurt',
    });
    await tied(desk, person, { client: 'C-87002', until: new Date('2015-01-01') });
    // A line in the books of now: records of services keep the name.
    await createVault(desk.owner);
    await deposit(desk, 'C-87002', 5n);
    const told = 'Serafina Holub, born 19 February 1977, lives Am Mühlgraben 12.';
    const text = await noted(desk, told);
    const nobody = await noted(desk, 'Born 19 February 1977: somebody else.');
    const row = await erase(person);
    expect(row).toMatchObject({ scope: 'part', gone: { texts: 1 } });
    expect(await notedText(desk, text)).toBe(`Serafina Holub, born ${BLACK}, lives ${BLACK}.`);
    expect(await notedText(desk, nobody)).toContain('1977');
  });

  it('takes what goes out of texts that only what stays says are theirs, and keeps them on record', async () => {
    const person = await somebody(desk, {
      'full-name': 'Philippa Ondricek',
      phone: '+49 30 7788990',
      email: 'p.ondricek@example.org',
    });
    await tied(desk, person, { client: 'C-87001', until: new Date('2025-01-01') });
    const other = await somebody(desk, { 'full-name': 'Bela Ondricek', phone: '+49 30 7788990' });
    const text = await noted(desk, 'Philippa Ondricek can be reached at 030 7788990.');
    const row = await erase(person);
    expect(row).toMatchObject({ scope: 'part', gone: { texts: 1 } });
    expect(await notedText(desk, text)).toBe(`Philippa Ondricek can be reached at ${BLACK}.`);
    expect((await mentionsOf(desk.owner, person)).map(({ commitment }) => commitment)).toEqual([
      text,
    ]);
    expect((await mentionsOf(desk.owner, other)).length).toBe(0);
  });
});

describe('a text that is kept while an erasure runs', () => {
  const known = (name: string, email: string) => ({ 'full-name': name, email });

  it('is blacked out, too, before anything goes', async () => {
    const person = await somebody(desk, known('Wenzel Tarkany', 'w.tarkany@example.org'));
    const { erasure } = await decidedErasure(desk, person);
    const needs = erasureNeeds(desk);
    expect(await stepErasure(needs, erasure)).toBe('due');
    const seen = await blackOutTexts(needs, erasure);
    const text = await noted(desk, 'Wenzel Tarkany called meanwhile.');
    await removeValues(needs, erasure, seen ?? []);
    expect(await desk.owner.personErasure.findUnique({ where: { id: erasure } })).toMatchObject({
      state: 'swept',
    });
    expect(await carryErasure(needs, erasure)).toBe('proved');
    expect(await notedText(desk, text)).toBe(`${BLACK} called meanwhile.`);
  });

  it('waits for the entries of a bank statement to be looked through', async () => {
    const person = await somebody(desk, known('Isolde Fennimore', 'i.fennimore@example.org'));
    const { erasure } = await decidedErasure(desk, person);
    await inTransaction(desk.owner, async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.$executeRaw`insert into bank_statement (id, account_id, bank_id, sequence, from_day, to_day, opening,
          closing, entry_count, format, file_digest, file_bytes, imported_by, imported_at)
        values (7, 'bank-1', 'S-1', 1, '2026-11-01', '2026-11-01', 0, 0, 0, 'camt.053', ${'ab'.repeat(32)}, 9,
          'p-aaaaaaaaaa', now())`;
    });
    const state = () =>
      desk.owner.personErasure.findUniqueOrThrow({
        where: { id: erasure },
        select: { state: true },
      });
    await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow('looked through');
    expect(await state()).toEqual({ state: 'swept' });
    await inTransaction(desk.owner, async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.bankTextLooked.create({ data: { statementId: 7n, position: 0, done: true } });
    });
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  });

  it.each([
    ['whole', null],
    ['part', new Date('2025-01-01')],
  ])(
    'is not kept where it was looked through before what it says was erased: %s',
    async (scope, until) => {
      const email = `ludmila.${scope}@example.org`;
      const person = await somebody(desk, known(`Ludmila ${scope}sdorf`, email));
      if (until) await tied(desk, person, { client: 'C-87003', until });
      const kept = await keepText(desk.web, 'break_note', `Wrote to ${email}.`);
      expect(kept.people).toEqual([person]);
      expect(await erase(person)).toMatchObject({ scope });
      const written = await inTextTransaction(desk.web, async (tx) => {
        await writeMentions(tx, 'break_note', [kept]);
        return ok('kept');
      });
      expect(written).toMatchObject({ ok: false, refusal: { code: 'names-erased' } });
    },
  );
});
