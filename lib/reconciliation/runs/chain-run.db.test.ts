import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { vault } from '#lib/ledger/testing/books.ts';
import { findOverLimit } from '#lib/operations/break-stop.ts';
import { watchDeposits } from '#lib/operations/execution/watch-deposits.ts';
import { openChainDesk, untilFinal, type ChainDesk } from '#lib/operations/testing/chain-desk.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { freshKey, signTransfer, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { repeatRun } from '../repeat-run.ts';
import { chainSource } from '../sources/chain-source.ts';
import { viewBreak } from '../view-break.ts';
import { viewOverview } from '../view-overview.ts';
import { viewRun } from '../view-run.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

let desk: ChainDesk;
let web: Context;
let officer: Actor;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001']);
  web = { ...testContext(desk.books.web), clock: () => desk.context.clock() };
  const person = await enrol(web);
  await admit(desk.books.owner, person);
  officer = (await signIn(web, person)).actor;
});
afterAll(() => desk.close());

/** Compares everything as the worker does, and gives back what came of it. */
async function compareAll() {
  desk.passTime(1_000);
  const { context } = desk;
  const id = await inTransaction(context.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, context.clock()),
  );
  const sources = [chainSource(context)];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { ...context, sources });
  const request = await context.db.reconciliationRequest.findUniqueOrThrow({ where: { id } });
  expect(request).toMatchObject({ state: 'done', fault: null });
  const runs = await context.db.reconciliationRun.findMany({
    where: { requestId: id },
    orderBy: { kind: 'asc' },
  });
  return runs.map(({ id: run, kind, matched, breaks }) => ({ run, kind, matched, breaks }));
}

const openBreaks = () =>
  desk.context.db.breakRecord.findMany({ where: { state: { not: 'closed' } } });

describe('books and chain', () => {
  it('agree where every transaction of the vault was booked', async () => {
    await watchDeposits(desk.context);
    expect(await compareAll()).toMatchObject([
      { kind: 'chain', matched: 1, breaks: 0 },
      { kind: 'liabilities', matched: 0, breaks: 0 },
    ]);
    expect(await openBreaks()).toEqual([]);
  });

  it('show what arrived and is not booked yet as timing, which the next run closes by a match', async () => {
    const txid = await desk.fixture.control.deposit(desk.fixture.vault.address, SOL, 'C-1001');
    await untilFinal(desk, txid);
    expect(await compareAll()).toMatchObject([{ breaks: 1 }, { breaks: 0 }]);
    expect(await openBreaks()).toMatchObject([
      { cause: 'timing', overLimit: false, subject: `transaction:${txid}` },
    ]);
    await watchDeposits(desk.context);
    expect(await compareAll()).toMatchObject([{ kind: 'chain', matched: 1, breaks: 0 }, {}]);
    expect(await openBreaks()).toEqual([]);
    const events = await desk.context.db.breakEvent.findMany({ orderBy: { revision: 'asc' } });
    expect(events.map(({ what }) => what)).toEqual(['found', 'matched']);
  });

  it('show a transfer behind the ledger’s back as one shortfall of its amount, and stop the asset', async () => {
    const { fixture, context } = desk;
    const to = freshKey().address;
    const transfer = await signTransfer(fixture, { to, lamports: 2n * SOL });
    await fixture.client.sendTransaction(transfer.bytes);
    await untilFinal(desk, transfer.id);
    await watchDeposits(context);
    const [chain] = await compareAll();
    expect(chain).toMatchObject({ kind: 'chain', breaks: 1 });
    const [found, ...others] = await openBreaks();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      cause: 'missing-in-ledger',
      subject: `transaction:${transfer.id}`,
      place: vault,
      overLimit: true,
    });
    expect(found?.amount.toFixed(0)).toBe((-2n * SOL).toString());
    const events = await context.db.outboxEvent.findMany();
    expect(events).toMatchObject([{ kind: 'break-over-limit', subject: found?.id }]);
    expect(await findOverLimit('SOL', desk.books.web)).toMatchObject({
      refusal: { code: 'break-over-limit' },
    });
    await compareAll();
    expect(await openBreaks(), 'the same difference is the same break').toMatchObject([
      { id: found?.id, revision: 1 },
    ]);
    expect(await context.db.outboxEvent.count(), 'and is told of once').toBe(1);
    expect(await desk.books.owner.incidentRecord.findMany()).toMatchObject([
      {
        what: 'break-over-limit',
        openedBy: 'system',
        title: expect.stringContaining('2.000000000 SOL less'),
      },
    ]);
  });

  it('come to the same again on the inputs that the run kept', async () => {
    const runs = await desk.context.db.reconciliationRun.findMany();
    expect(runs.length).toBeGreaterThan(6);
    for (const { id } of runs)
      expect(valueOf(await repeatRun(officer, { run: id }, web))).toEqual({ isSame: true });
    const [first] = runs;
    if (!first) throw new Error('There is no run.');
    expect(valueOf(await viewRun(officer, first.id, web)).repeats).toMatchObject([
      { isSame: true, by: 'Ada Hofmann' },
    ]);
  });

  it('are shown with what is open, what is stopped and no day left out', async () => {
    const view = valueOf(await viewOverview(officer, web));
    expect(view).toMatchObject({ open: 1, stopped: ['SOL'], request: { state: 'done' } });
    expect(view.places.map(({ id, open }) => [id, open])).toEqual([
      ['chain/SOL/warm-1', 1],
      ['liabilities/SOL/all', 0],
    ]);
    expect(view.coverage).toMatchObject([
      { asset: 'SOL', unattributed: '10.000000000', where: 'vaults' },
    ]);
    expect(view.places.flatMap(({ missed }) => missed)).toEqual([]);
    const [found] = await openBreaks();
    const page = valueOf(await viewBreak(officer, found?.id ?? '', web));
    expect(page).toMatchObject({ amount: '2.000000000', sign: 'shortfall', ledger: [] });
    expect(page.outside).toMatchObject([{ amount: '−2.000000000' }]);
  });

  it('name each place on which something was booked after its newest run, until that is compared', async () => {
    const seen = async () =>
      valueOf(await viewOverview(officer, web)).places.map(({ id, uncomparedSince }) => [
        id,
        uncomparedSince,
      ]);
    const nothing = [
      ['chain/SOL/warm-1', null],
      ['liabilities/SOL/all', null],
    ];
    expect(await seen()).toEqual(nothing);
    const { id: last } = await desk.books.owner.journal.findFirstOrThrow({
      orderBy: { id: 'desc' },
    });
    const txid = await desk.fixture.control.deposit(desk.fixture.vault.address, SOL, 'C-1001');
    await untilFinal(desk, txid);
    await watchDeposits(desk.context);
    expect(await seen()).toEqual(nothing.map(([id]) => [id, last.toString()]));
    await compareAll();
    expect(await seen()).toEqual(nothing);
  });
});
