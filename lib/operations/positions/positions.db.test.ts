import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks as closePosition } from '#lib/ledger/close-books.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { issuePosition } from './issue-position.ts';
import { orderPositions } from './order-positions.ts';
import { viewPositionFile } from './view-position-file.ts';
import { viewPosition } from './view-position.ts';
import { viewPositions } from './view-positions.ts';

const client = 'C-1001';
let books: Books;
let context: Context;
let auditor: Actor;
let manager: Actor;
let dpo: Actor;

async function signedIn(role: 'auditor' | 'manager' | 'dpo'): Promise<Actor> {
  const form = { displayName: 'Ida Berg', roles: [role], group: null };
  const person = await enrol(testContext(books.web), form);
  await admit(books.owner, person);
  return (await signIn(testContext(books.web), person)).actor;
}

async function close(): Promise<void> {
  if (!(await closePosition(books.worker))) throw new Error('Journals were being written.');
}

/** Days around now, in UTC. */
const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  books = await openBooks([client, 'C-1002', 'C-1003']);
  context = { ...testContext(books.web), clock: () => new Date() };
  [auditor, manager, dpo] = [
    await signedIn('auditor'),
    await signedIn('manager'),
    await signedIn('dpo'),
  ];
  await deposit(books, client, 1_500_000_000n);
  await deposit(books, 'C-1002', 7n);
  await close();
});
afterAll(() => closeBooks(books));

const issue = (actor = auditor, over: object = {}) =>
  issuePosition(actor, { client, from: day(-30), through: '', ...over }, context);

describe('a statement on request', () => {
  it('is issued once for each request, on record with its audit entry', async () => {
    const { statement } = valueOf(await issue());
    const view = valueOf(await viewPosition(manager, { id: statement }, context));
    expect(view).toMatchObject({
      client,
      reason: 'request',
      batch: null,
      movements: 1,
      pending: 0,
      closing: [{ asset: 'SOL', amount: '1.500000000' }],
      issuedByName: 'Ida Berg',
      hasFiles: true,
    });
    const entries = await books.web.auditEntry.findMany({ where: { subject: statement } });
    expect(entries.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['position-statement-issued', auditor.personId],
    ]);
  });

  it.each([
    ['a client nobody knows', { client: 'C-9999' }, 'client-unknown'],
    ['a client’s number that is none', { client: 'C/1' }, 'form-incomplete'],
    ['a day that is none', { from: '2026-02-30' }, 'form-incomplete'],
    ['a period that ends before it begins', { from: day(-1), through: day(-2) }, 'period-empty'],
    ['a period of the future', { from: day(2) }, 'period-empty'],
    [
      'a period that the books are younger than',
      { from: day(-30), through: day(-10) },
      'before-the-books',
    ],
  ])('is refused for %s', async (_what, over, code) => {
    expect(await issue(auditor, over)).toMatchObject({ refusal: { code } });
  });

  it('is refused for who may not issue, and its page for who may not read the ledger', async () => {
    const { statement } = valueOf(await issue());
    expect(await issue(manager)).toMatchObject({ refusal: { code: 'not-allowed' } });
    expect(await orderPositions(manager, { quarter: '2026-Q3' }, context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    for (const refused of [
      await viewPosition(dpo, { id: statement }, context),
      await viewPositions(dpo, { client: null, before: null }, context),
      await viewPositionFile(dpo, { id: statement, file: 'pdf' }, context),
    ])
      expect(refused).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});

describe('a file of a statement', () => {
  it('is what was issued, byte for byte, whatever was booked since, and who took it is on record', async () => {
    const { statement } = valueOf(await issue());
    await deposit(books, client, 3n);
    await close();
    const view = valueOf(await viewPosition(auditor, { id: statement }, context));
    for (const file of ['pdf', 'csv'] as const) {
      const { bytes, name } = valueOf(
        await viewPositionFile(manager, { id: statement, file }, context),
      );
      const digest = file === 'pdf' ? view.pdfDigest : view.csvDigest;
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
      expect(name).toMatch(new RegExp(`^position-${client}-.*\\.${file}$`));
    }
    const taken = await books.web.auditEntry.findMany({
      where: { subject: statement, kind: 'position-statement-downloaded' },
    });
    expect(taken.map(({ actor }) => actor)).toEqual([manager.personId, manager.personId]);
  });

  it.each(['', 'x', '00000000-0000-4000-8000-000000000000'])(
    'is not there for the id %j',
    async (id) => {
      expect(await viewPositionFile(auditor, { id, file: 'pdf' }, context)).toMatchObject({
        refusal: { code: 'statement-unknown' },
      });
    },
  );
});

describe('the list of statements', () => {
  it('counts from each client’s last statement when the next is due', async () => {
    const view = valueOf(await viewPositions(auditor, { client: null, before: null }, context));
    expect(view).toMatchObject({ mayIssue: true, clients: 2, overdue: 0 });
    expect(view.due.map(({ client: of, last }) => [of, last !== null])).toEqual([
      ['C-1002', false],
      [client, true],
    ]);
    const later = { ...context, clock: () => new Date(Date.now() + 93 * 86_400_000) };
    expect(
      valueOf(await viewPositions(auditor, { client: null, before: null }, later)).overdue,
    ).toBe(2);
  });

  it('shows one client’s alone, and how far a batch is', async () => {
    const ordered = valueOf(
      await orderPositions(auditor, { from: day(-30), through: '' }, context),
    );
    expect(ordered.isNew).toBe(true);
    const of = valueOf(await viewPositions(auditor, { client: 'C-1002', before: null }, context));
    expect(of.issued).toEqual([]);
    expect(of.batches).toMatchObject([{ id: ordered.batch, clients: 2, issued: 0, endedAt: null }]);
  });
});
