import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { fillBooks } from '#lib/ledger/bench/fill.ts';
import { closeBooks as closeNow } from '#lib/ledger/close-books.ts';
import { asset, closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { textStream } from '#lib/platform/text-stream.ts';
import { viewChartFile } from './view-chart-file.ts';
import { viewMovementsFile, type ExportFile } from './view-movements-file.ts';

const client = 'C-1001';
const account = clientAccount(client, asset);
/** 27 digits: 123456789012345678.123456789 SOL. */
const long = 123_456_789_012_345_678_123_456_789n;

let books: Books;
let context: Context;
let auditor: Actor;
let dpo: Actor;

async function signedIn(roles: ('auditor' | 'dpo')[]): Promise<Actor> {
  const person = await enrol(testContext(books.web), {
    displayName: 'Ida Berg',
    roles,
    group: null,
  });
  await admit(books.owner, person);
  return (await signIn(testContext(books.web), person)).actor;
}

async function textOf(file: ExportFile): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of file.pieces) pieces.push(piece);
  return pieces.join('');
}

beforeAll(async () => {
  books = await openBooks([client]);
  context = testContext(books.web);
  auditor = await signedIn(['auditor']);
  dpo = await signedIn(['dpo']);
  await deposit(books, client, long);
  await deposit(books, client, 1n);
  await deposit(books, null, 5n);
});
afterAll(() => closeBooks(books));

describe('a file of movements', () => {
  it('has every digit of an amount of 27 digits, and the balance after each movement', async () => {
    const file = valueOf(await viewMovementsFile(auditor, { account, asked: {} }, context));
    expect(file.name).toBe('movements-client-C-1001-SOL.csv');
    const [head, first, second, end] = (await textOf(file)).split('\r\n');
    expect(head).toBe('journal,line,posted at,what,operation,change,balance after,asset');
    expect(first).toMatch(/^\d+,2,[^,]+Z,Deposit,,0\.000000001,123456789012345678\.123456790,SOL$/);
    expect(second).toMatch(/,123456789012345678\.123456789,123456789012345678\.123456789,SOL$/);
    expect(end).toBe('');
  });

  it('has only what the filter wants, with the balance of the whole account', async () => {
    const asked = { most: '1', order: 'oldest' };
    const file = valueOf(await viewMovementsFile(auditor, { account, asked }, context));
    expect((await textOf(file)).trim().split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/,0\.000000001,123456789012345678\.123456790,SOL$/) as string,
    ]);
  });

  it('says in its last row that it was cut at its limit', async () => {
    const file = valueOf(await viewMovementsFile(auditor, { account, asked: {}, max: 1 }, context));
    const rows = (await textOf(file)).trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[2]).toContain('This file ends here: it has 1 movements and there are more.');
  });

  it('is refused by name for a bad filter, an account nobody opened, and who may not read the books', async () => {
    const refusals = [
      await viewMovementsFile(auditor, { account, asked: { from: 'yesterday' } }, context),
      await viewMovementsFile(auditor, { account: 'client/C-9/SOL', asked: {} }, context),
      await viewMovementsFile(dpo, { account, asked: {} }, context),
      await viewChartFile(dpo, { asked: {} }, context),
      await viewChartFile(auditor, { asked: { kind: 'none' } }, context),
    ];
    expect(refusals.map((answer) => (answer.ok ? 'made' : answer.refusal.code))).toEqual([
      'filter-invalid',
      'account-unknown',
      'not-allowed',
      'not-allowed',
      'filter-invalid',
    ]);
  });

  it('is on record with who took it, before its first byte leaves', async () => {
    const file = valueOf(
      await viewMovementsFile(auditor, { account, asked: { find: 'Ida Berg' } }, context),
    );
    const entry = await books.owner.auditEntry.findFirstOrThrow({
      where: { kind: 'ledger-exported', subject: account },
      orderBy: { id: 'desc' },
    });
    expect(entry.actor).toBe(auditor.personId);
    const leaf = Buffer.from(entry.leaf).toString();
    expect(leaf).toContain('"filters":"find"');
    expect(leaf).not.toContain('Ida Berg');
    expect(await textOf(file)).toMatch(/^journal,/);
  });

  it('is one of four at a time, and one that is given up makes room', async () => {
    const open = async () => viewMovementsFile(auditor, { account, asked: {} }, context);
    const files = [];
    for (let place = 0; place < 4; place += 1) {
      const file = valueOf(await open());
      await file.pieces.next();
      files.push(file);
    }
    expect(await open()).toMatchObject({ refusal: { code: 'exports-busy' } });
    const gone = new AbortController();
    const last = files.pop();
    if (!last) throw new Error('There were four.');
    const reader = textStream(last.pieces, { gone: gone.signal }).getReader();
    await reader.read();
    await reader.cancel();
    const again = valueOf(await open());
    await again.pieces.return(undefined);
    for (const { pieces } of files) await pieces.return(undefined);
  });
});

describe('a file of the chart of accounts', () => {
  it('is refused before the books were ever closed, then has every balance at one close', async () => {
    expect(await viewChartFile(auditor, { asked: {} }, context)).toMatchObject({
      refusal: { code: 'not-closed-yet' },
    });
    await closeNow(books.worker);
    await deposit(books, client, 100n);
    const file = valueOf(await viewChartFile(auditor, { asked: {} }, context));
    const [, ...rows] = (await textOf(file)).trim().split('\r\n');
    expect(rows.map((row) => row.split(',').slice(0, 5).join(','))).toEqual([
      'client/C-1001/SOL,client,SOL,credit,123456789012345678.123456790',
      'suspense/deposits/SOL,suspense,SOL,credit,0.000000005',
      'vault/warm-1/SOL,vault,SOL,debit,123456789012345678.123456795',
    ]);
  });

  it('of a hundred thousand accounts is made a piece at a time', { timeout: 120_000 }, async () => {
    await fillBooks(books.database.urls.owner, {
      first: 7_000_000_000,
      clients: 100_000,
      linesEach: 1,
    });
    await closeNow(books.worker);
    const file = valueOf(await viewChartFile(auditor, { asked: { kind: 'client' } }, context));
    let rows = 0;
    let longest = 0;
    for await (const piece of file.pieces) {
      rows += piece.split('\r\n').length - 1;
      longest = Math.max(longest, piece.length);
    }
    expect(rows).toBe(100_002);
    expect(longest).toBeLessThan(300_000);
  });
});
