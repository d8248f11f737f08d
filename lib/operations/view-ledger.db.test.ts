import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { clientAccount, suspenseAccount, vaultAccount } from '#lib/ledger/accounts.ts';
import type { JournalLine } from '#lib/ledger/post-journal.ts';
import { postOwnMovement } from '#lib/ledger/post-own-movement.ts';
import { journalPage } from '#lib/ledger/queries.ts';
import {
  asset,
  carryToChain,
  closeBooks,
  confirm,
  deposit,
  openBooks,
  raise,
  reject,
  vault,
  type Books,
} from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import type { Signer } from '#lib/reconciliation/corrections/testing/press-correction.ts';
import { raiseAndApprove } from '#lib/reconciliation/corrections/testing/raise-and-approve.ts';
import { viewJournal } from './view-journal.ts';
import { viewJournals } from './view-journals.ts';
import { viewLedger } from './view-ledger.ts';
import { viewLedgerAccount } from './view-ledger-account.ts';

const people = Array.from({ length: 103 }, (_, index) => `C-${1001 + index}`);
const sol = 1_000_000_000n;

const paid = { chain: 'solana:sandbox', asset, change: -5n, fee: 5n, rent: 0n };
let books: Books;
let context: Context;
let auditor: Actor;
let dpo: Actor;
let officers: readonly [Signer, Signer];

async function signedIn(roles: ('auditor' | 'dpo' | 'officer')[]): Promise<Signer> {
  const person = await enrol(testContext(books.web), {
    displayName: 'Ida Berg',
    roles,
    group: null,
  });
  await admit(books.owner, person);
  return { actor: (await signIn(testContext(books.web), person)).actor, key: person.key };
}

/** Moves value the way only a correction can: each time the two change places, since nobody corrects their own. */
async function correct(lines: JournalLine[], corrects: bigint): Promise<bigint> {
  officers = [officers[1], officers[0]];
  return raiseAndApprove(officers, { lines, corrects }, context);
}

const newest = async () =>
  BigInt((await journalPage(books.web, { limit: 1 })).journals[0]?.id ?? 0);
const ledger = async (after: string | null = null) =>
  valueOf(await viewLedger(auditor, { after }, context));
const accountOf = async (account: string, before: string | null = null) =>
  valueOf(await viewLedgerAccount(auditor, { account, before }, context));

beforeAll(async () => {
  books = await openBooks(people);
  context = testContext(books.web);
  auditor = (await signedIn(['auditor'])).actor;
  dpo = (await signedIn(['dpo'])).actor;
  officers = [await signedIn(['officer']), await signedIn(['officer'])];
});
afterAll(() => closeBooks(books));

describe('the ledger', () => {
  it('is empty, not broken, before anything was booked', async () => {
    expect(await ledger()).toEqual({
      assets: [],
      clients: [],
      clientSums: [],
      next: null,
      vaults: [],
      banks: [],
      others: [],
    });
  });

  it('sums what is owed over all clients, however few a page shows', async () => {
    for (const client of people) await deposit(books, client, 2n * sol);
    const first = await ledger();
    expect(first.assets).toEqual([
      {
        asset,
        clients: 103,
        owed: '206.000000000',
        held: '0.000000000',
        available: '206.000000000',
        unattributed: null,
        missing: null,
        inVaults: '206.000000000',
        atBanks: null,
        difference: '0.000000000',
        cover: 'equal',
      },
    ]);
    expect(first.clients).toHaveLength(100);
    expect(first.clientSums).toMatchObject([{ asset, posted: '200.000000000' }]);
    const second = await ledger(first.next);
    expect(second.clients.map(({ client }) => client)).toEqual(people.slice(100));
    expect(second).toMatchObject({
      assets: first.assets,
      clientSums: [{ posted: '6.000000000' }],
      next: null,
    });
  });

  it('counts what nobody has claimed as owed, so a vault that has it is neither over nor short', async () => {
    await deposit(books, null, 3n * sol);
    const [position] = (await ledger()).assets;
    expect(position).toMatchObject({
      owed: '206.000000000',
      unattributed: '3.000000000',
      inVaults: '209.000000000',
      cover: 'equal',
    });
  });

  it('names a vault that holds less than is owed, and one that holds more', async () => {
    const fees = 'own-expense/network-fees/SOL';
    const lines = (amount: bigint): JournalLine[] => [
      { account: fees, amount },
      { account: vaultAccount(vault, asset), amount: -amount },
    ];
    const short = await correct(lines(sol), await newest());
    expect((await ledger()).assets[0]).toMatchObject({
      cover: 'short',
      difference: '−1.000000000',
    });
    const over = await correct(lines(-2n * sol), short);
    expect((await ledger()).assets[0]).toMatchObject({ cover: 'over', difference: '1.000000000' });
    await correct(lines(sol), over);
    expect((await ledger()).assets[0]).toMatchObject({ cover: 'equal', difference: '0.000000000' });
  });

  it('shows an account of the custodian below zero as such', async () => {
    await postOwnMovement(books.worker, { ...paid, txid: 'x' });
    expect((await ledger()).others).toEqual([
      { account: 'own-asset/fee-payer/SOL', kind: 'own-asset', asset, balance: '−0.000000005' },
      {
        account: 'own-expense/network-fees/SOL',
        kind: 'own-expense',
        asset,
        balance: '0.000000005',
      },
      { account: 'suspense/deposits/SOL', kind: 'suspense', asset, balance: '3.000000000' },
    ]);
  });

  it('takes a cursor it does not know for none', async () => {
    const first = await ledger();
    for (const after of ['', 'C-1001', 'C-1001_SOL_1', "C-1'_SOL", '_', 'x'.repeat(41)])
      expect(await ledger(after)).toEqual(first);
  });

  it('is shown only to who may read it', async () => {
    for (const refused of [
      await viewLedger(dpo, { after: null }, context),
      await viewLedgerAccount(dpo, { account: vaultAccount(vault, asset), before: null }, context),
      await viewJournals(dpo, { before: null }, context),
      await viewJournal(dpo, '1', context),
    ])
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } });
  });
});

describe('an account', () => {
  const client = 'C-1001';
  const account = clientAccount(client, asset);

  it('says what is held, for which operations, and what is left', async () => {
    const operations = [randomUUID(), randomUUID(), randomUUID()] as const;
    for (const operation of operations) await raise(books, operation, client, sol / 2n);
    await reject(books, operations[1]);
    const view = await accountOf(account);
    expect(view).toMatchObject({
      isCredit: true,
      balance: '2.000000000',
      held: '1.000000000',
      available: '1.000000000',
      hasMoreHolds: false,
    });
    expect(view.holds.map(({ operation }) => operation).toSorted()).toEqual(
      [operations[0], operations[2]].toSorted(),
    );
    expect(view.holds[0]).toMatchObject({
      operationNumber: expect.stringMatching(/^WD-/) as string,
      amount: '0.500000000',
    });
    const total = await ledger();
    expect(total.assets[0]).toMatchObject({ held: '1.000000000', available: '205.000000000' });
  });

  it('lists its movements newest first with the balance after each, page by page', async () => {
    const operation = randomUUID();
    await raise(books, operation, client, sol);
    await books.web.operation.update({
      where: { id: operation },
      data: { state: 'approved', revision: { increment: 1 } },
    });
    await carryToChain(books, operation);
    await confirm(books, operation, client, sol);
    for (let round = 0; round < 50; round += 1) await deposit(books, client, 1n);
    const first = await accountOf(account);
    expect(first.lines).toHaveLength(50);
    expect(first.lines[0]).toMatchObject({
      kind: 'deposit',
      change: '0.000000001',
      balance: '1.000000050',
    });
    const second = await accountOf(account, first.next);
    expect(second.lines).toMatchObject([
      {
        kind: 'withdrawal',
        change: '−1.000000000',
        balance: '1.000000000',
        operation,
        operationNumber: expect.stringMatching(/^WD-/) as string,
      },
      { kind: 'deposit', change: '2.000000000', balance: '2.000000000', operation: null },
    ]);
    expect(second.next).toBeNull();
  });

  it('of a vault is named after it, and holds nothing back', async () => {
    const view = await accountOf(vaultAccount(vault, asset));
    expect(view).toMatchObject({ vaultName: 'Warm 1', isCredit: false, held: null, holds: [] });
  });

  it('that nobody opened is refused by name, whatever is asked for', async () => {
    for (const name of [
      'client/C-9999/SOL',
      'client/C-1001/ETH',
      '',
      '..',
      "a'/b/C",
      'x'.repeat(300),
    ])
      expect(
        await viewLedgerAccount(auditor, { account: name, before: null }, context),
      ).toMatchObject({ ok: false, refusal: { code: 'account-unknown' } });
  });
});

describe('a journal', () => {
  it('has debits and credits in two columns that are equal, and a digest that holds', async () => {
    const { journals } = valueOf(await viewJournals(auditor, { before: null }, context));
    expect(journals).toHaveLength(50);
    const [entry] = journals;
    const view = valueOf(await viewJournal(auditor, entry?.id ?? '', context));
    expect(view).toMatchObject({ ...entry, digestHolds: true, correctedBy: [], deposits: [] });
    expect(view.lines).toEqual([
      {
        account: vaultAccount(vault, asset),
        vaultName: 'Warm 1',
        asset,
        debit: '0.000000001',
        credit: null,
      },
      {
        account: clientAccount('C-1001', asset),
        vaultName: null,
        asset,
        debit: null,
        credit: '0.000000001',
      },
    ]);
    expect(view.sums).toEqual([
      { asset, debit: '0.000000001', credit: '0.000000001', isBalanced: true },
    ]);
  });

  it('of every kind hashes to the digest kept with it', async () => {
    const all = await journalPage(books.web, { limit: 200 });
    expect(new Set(all.journals.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
    for (const { id } of all.journals)
      expect(valueOf(await viewJournal(auditor, id, context)).digestHolds).toBe(true);
  });

  it('whose digest is not that of its lines is shown as such', async () => {
    const forged = await books.owner.$transaction(async (tx) => {
      const { id } = await tx.journal.create({
        data: { idempotencyKey: randomUUID(), kind: 'deposit', contentDigest: 'ab'.repeat(32) },
      });
      const account = await tx.account.findUniqueOrThrow({ where: { id: suspenseAccount(asset) } });
      const before = account.debits.sub(account.credits);
      const line = { journalId: id, accountId: account.id, asset };
      await tx.posting.createMany({
        data: [
          { ...line, line: 1, amount: 1, balance: before.add(1) },
          { ...line, line: 2, amount: -1, balance: before },
        ],
      });
      return id;
    });
    // Totals are moved as well, so that nothing but the digest is wrong.
    await books.owner.$executeRaw`update account set debits = debits + 1, credits = credits + 1,
      version = version + 1 where id = ${suspenseAccount(asset)}`;
    expect(valueOf(await viewJournal(auditor, forged.toString(), context))).toMatchObject({
      digestHolds: false,
      sums: [{ isBalanced: true }],
    });
  });

  it('and the one that corrects it lead to each other', async () => {
    const corrected = await newest();
    const correction = await correct(
      [
        { account: suspenseAccount(asset), amount: sol },
        { account: clientAccount('C-1002', asset), amount: -sol },
      ],
      corrected,
    );
    expect(valueOf(await viewJournal(auditor, corrected.toString(), context)).correctedBy).toEqual([
      correction.toString(),
    ]);
    expect(valueOf(await viewJournal(auditor, correction.toString(), context))).toMatchObject({
      kind: 'correction',
      corrects: corrected.toString(),
    });
  });

  it('leads to the arrival on the chain that it books', async () => {
    await deposit(books, 'C-1003', 7n);
    const journalId = await newest();
    await books.owner.deposit.create({
      data: {
        chain: 'solana:sandbox',
        txid: 'arrival',
        vaultId: vault,
        asset,
        amount: 7,
        clientId: 'C-1003',
        fromAddr: 'outside',
        slot: 1n,
        journalId,
      },
    });
    expect(valueOf(await viewJournal(auditor, journalId.toString(), context)).deposits).toEqual([
      { txid: 'arrival', from: 'outside', vault, vaultName: 'Warm 1' },
    ]);
  });

  it('that is not there is refused by name, whatever is asked for', async () => {
    for (const id of ['999999999', '0', '-1', '1.5', '', 'abc', '9'.repeat(19)])
      expect(await viewJournal(auditor, id, context)).toMatchObject({
        ok: false,
        refusal: { code: 'journal-unknown' },
      });
  });
});

describe('a snapshot', () => {
  it('does not see what is booked while it reads, and cannot write', async () => {
    await inSnapshot(books.worker, async (tx) => {
      const before = await journalPage(tx, { limit: 1 });
      await deposit(books, 'C-1004', 1n);
      expect(await journalPage(tx, { limit: 1 })).toEqual(before);
    });
    const { lines } = await accountOf('own-asset/fee-payer/SOL');
    const write = inSnapshot(books.worker, (tx) => postOwnMovement(tx, { ...paid, txid: 'y' }));
    await expect(write).rejects.toSatisfy((error) => sqlStateOf(error) === '25006');
    expect((await accountOf('own-asset/fee-payer/SOL')).lines).toEqual(lines);
  });
});
