import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { bookBankEntries } from '#lib/ledger/bank/book-bank-entries.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { importStatement } from '../bank/import-statement.ts';
import { recordBankAccount } from '../bank/record-account.ts';
import { bankSource } from '../sources/bank-source.ts';
import {
  bytesOf,
  sampleEntry,
  sampleIban,
  sampleStatement,
} from '../statements/testing/samples.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

let desk: AfterGenesis;
let worker: Database;
const account = 'clients-1';

beforeAll(async () => {
  desk = await openAfterGenesis();
  worker = desk.database.connect('worker');
  desk.context.passTime(4 * 86_400_000);
  await desk.owner.client.create({ data: { id: 'C-20418' } });
  const officer = desk.founders[0].actor;
  const facts = { institution: 'Sample Bank of the Danube', bic: 'SABDATW1', segregated: true };
  const opened = { id: account, iban: sampleIban, openedOn: '2025-01-02', ...facts };
  valueOf(await recordBankAccount(officer, opened, desk.context));
  const statement = sampleStatement({
    entries: [sampleEntry({ amount: 5_000n, remittance: 'C-20418' })],
  });
  const bytes = bytesOf(renderCamt(statement));
  valueOf(await importStatement(officer, { account, format: 'camt.053', bytes }, desk.context));
});
afterAll(() => desk.database.drop());

/**
 * What the worker's comparison of the bank account comes to. It is days ahead of the database's clock, whose owner
 * alone may write what is dated so.
 */
async function compareBank() {
  desk.context.passTime(1_000);
  const { clock } = desk.context;
  const { owner } = desk;
  const wanted = `bank/EUR/${account}`;
  const id = await inTransaction(owner, (tx) =>
    requestRuns(tx, wanted, { who: 'schedule' }, clock()),
  );
  const sources = [bankSource({ db: owner })];
  await answerRequest({ id, wanted, placesDone: 0 }, { db: owner, clock, sources });
  const request = await owner.reconciliationRequest.findUniqueOrThrow({
    where: { id },
    include: { runs: true },
  });
  expect(request).toMatchObject({ state: 'done', fault: null });
  const open = await owner.breakRecord.findMany({ where: { state: { not: 'closed' } } });
  return {
    breaks: request.runs[0]?.breaks,
    open: open.map(({ cause, amount }) => [cause, amount.toFixed(0)]),
  };
}

it('an entry that is not booked yet is timing, and its journal closes it by a match', async () => {
  const before = await compareBank();
  expect(before.open.length).toBeGreaterThan(0);
  expect(new Set(before.open.map(([cause]) => cause))).toEqual(new Set(['timing']));
  for (let pass = 0; pass < 3; pass += 1)
    await bookBankEntries(worker, desk.context.clock(), new Turns());
  expect(await compareBank()).toEqual({ breaks: 0, open: [] });
});

it('a journal that no statement tells of is missing outside', async () => {
  const posted = await postJournal(worker, {
    key: 'bank-entry:clients-1:NEVER-SEEN',
    kind: 'bank-entry',
    operation: null,
    usesHold: false,
    lines: [
      { account: 'bank/clients-1/EUR', amount: 700n },
      { account: 'client/C-20418/EUR', amount: -700n },
    ],
    corrects: null,
    at: desk.context.clock(),
  });
  valueOf(posted);
  expect(await compareBank()).toEqual({ breaks: 1, open: [['missing-outside', '-700']] });
});
