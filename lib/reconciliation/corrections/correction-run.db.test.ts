import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { watchDeposits } from '#lib/operations/execution/watch-deposits.ts';
import { openChainDesk, untilFinal, type ChainDesk } from '#lib/operations/testing/chain-desk.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { freshKey, signTransfer, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { answerRequest } from '../runs/answer-request.ts';
import { applyDifferences } from '../breaks/apply-differences.ts';
import { compare } from '../matching/compare.ts';
import { inputsOf } from '../matching/testing/make-inputs.ts';
import { readLedger } from '../sources/read-ledger.ts';
import { recordedRun } from '../testing/recorded-run.ts';
import { requestRuns } from '../runs/request-runs.ts';
import { chainSource } from '../sources/chain-source.ts';
import { viewBreak } from '../view-break.ts';
import { proposeClosing } from '../testing/press-closing.ts';
import { approve, credit, debit, raise, type Signer } from './testing/press-correction.ts';
import { raiseAndApprove } from './testing/raise-and-approve.ts';
import { viewNewCorrection } from './view-new-correction.ts';

let desk: ChainDesk;
let web: Context;
let [ada, ben]: Signer[] = [];
const signer = (one: Signer | undefined): Signer => {
  if (!one) throw new Error('Nobody is there.');
  return one;
};

beforeAll(async () => {
  desk = await openChainDesk(['C-1001']);
  web = { ...testContext(desk.books.web), clock: () => desk.context.clock() };
  const people: Signer[] = [];
  for (const displayName of ['Ada Hofmann', 'Ben Okafor']) {
    const person = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(desk.books.owner, person);
    people.push({ actor: (await signIn(web, person)).actor, key: person.key });
  }
  [ada, ben] = people;
  await watchDeposits(desk.context);
  await compareAll();
});
afterAll(() => desk.close());

async function compareAll() {
  // Journals carry the database's own time: the clock stays ahead of it, and near enough for the database to take
  // a run that is dated by it.
  desk.passTime(Date.now() + 300_000 - desk.context.clock().getTime());
  const { context } = desk;
  const id = await inTransaction(context.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, context.clock()),
  );
  const sources = [chainSource(context)];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { ...context, sources });
  // A loss that nobody made good shows among the liabilities, and should.
  return context.db.breakRecord.findMany({ where: { state: { not: 'closed' }, kind: 'chain' } });
}

/** The form as the break's page offers it, with what only a person knows filled in. */
async function raiseFor(breakId: string, otherAccount: string) {
  const offered = valueOf(await viewNewCorrection(signer(ada).actor, { break: breakId }, web));
  const lines = offered.lines.map((line) =>
    line.account === '' ? { ...line, account: otherAccount } : line,
  );
  return raise(signer(ada), { lines, corrects: offered.corrects, break: breakId }, web);
}

const closedByCorrection = (journal: string | null) => ({
  state: 'closed',
  closedBy: 'correction',
  proposedBy: signer(ada).actor.personId,
  acceptedBy: signer(ben).actor.personId,
  proposedJournal: BigInt(journal ?? 0),
});

describe('a break that a correction answers', () => {
  it('is closed in the transaction that posts the journal, and the next run finds nothing', async () => {
    const transfer = await signTransfer(desk.fixture, { to: freshKey().address, lamports: SOL });
    await desk.fixture.client.sendTransaction(transfer.bytes);
    await untilFinal(desk, transfer.id);
    await watchDeposits(desk.context);
    const [found] = await compareAll();
    if (!found) throw new Error('The transfer was not found.');
    const elsewhere = (asset: string) =>
      raise(
        signer(ada),
        {
          lines: [
            debit(`own-expense/losses/${asset}`, '1'),
            credit(`own-equity/own-funds/${asset}`, '1'),
          ],
          break: found.id,
        },
        web,
      );
    expect(await elsewhere('SOL')).toMatchObject({ refusal: { code: 'break-untouched' } });
    expect(await elsewhere('EUR')).toMatchObject({ refusal: { code: 'other-asset' } });
    const { correction } = valueOf(await raiseFor(found.id, 'own-expense/losses/SOL'));
    expect(valueOf(await viewBreak(signer(ben).actor, found.id, web))).toMatchObject({
      state: 'open',
      corrections: [{ id: correction, standing: 'waiting' }],
    });
    expect(await raiseFor(found.id, 'own-expense/losses/SOL')).toMatchObject({
      refusal: { code: 'break-has-correction' },
    });
    const { journal } = valueOf(await approve(signer(ben), correction, web));
    expect(
      await desk.context.db.breakRecord.findUniqueOrThrow({ where: { id: found.id } }),
    ).toMatchObject(closedByCorrection(journal));
    expect(await compareAll()).toEqual([]);
    expect(await raiseFor(found.id, 'own-expense/losses/SOL')).toMatchObject({
      refusal: { code: 'break-closed' },
    });
  });

  it('that only the books have is offered the reversal of its journal', async () => {
    const posted = await postJournal(desk.context.db, {
      key: 'deposit:solana:sandbox:never:warm-1',
      kind: 'deposit',
      operation: null,
      usesHold: false,
      lines: [
        { account: 'vault/warm-1/SOL', amount: 7n },
        { account: 'client/C-1001/SOL', amount: -7n },
      ],
      corrects: null,
      at: web.clock(),
    });
    const [found] = await compareAll();
    if (!found) throw new Error('The journal was not found.');
    const offered = valueOf(await viewNewCorrection(signer(ada).actor, { break: found.id }, web));
    expect(offered).toMatchObject({
      corrects: valueOf(posted).journal.toString(),
      lines: [
        { account: 'vault/warm-1/SOL', side: 'credit', amount: '0.000000007' },
        { account: 'client/C-1001/SOL', side: 'debit', amount: '0.000000007' },
      ],
    });
    const { correction } = valueOf(await raiseFor(found.id, ''));
    const { journal } = valueOf(await approve(signer(ben), correction, web));
    expect(
      await desk.context.db.breakRecord.findUniqueOrThrow({ where: { id: found.id } }),
    ).toMatchObject(closedByCorrection(journal));
    expect(await compareAll()).toEqual([]);
  });

  it('is not closed by a correction of what it was before, nor while something else is proposed', async () => {
    const { context } = desk;
    const lines = (amount: bigint) => [
      { account: 'vault/warm-1/SOL', amount },
      { account: 'suspense/deposits/SOL', amount: -amount },
    ];
    const wrong = valueOf(
      await postJournal(context.db, {
        key: 'deposit:solana:sandbox:wrong:warm-1',
        kind: 'deposit',
        operation: null,
        usesHold: false,
        lines: lines(9n),
        corrects: null,
        at: web.clock(),
      }),
    );
    const [found] = await compareAll();
    if (!found) throw new Error('The journal was not found.');
    const { correction } = valueOf(await raiseFor(found.id, ''));
    const another = { lines: lines(-2n), corrects: wrong.journal };
    await raiseAndApprove([signer(ada), signer(ben)], another, web);
    const [changed] = await compareAll();
    expect(changed?.id).toBe(found.id);
    expect(await approve(signer(ben), correction, web)).toMatchObject({
      refusal: { code: 'break-changed' },
    });
    expect(
      await context.db.journal.count({ where: { idempotencyKey: `correction:${correction}` } }),
      'and its journal was not posted without the closing',
    ).toBe(0);
    const target = { id: found.id, revision: changed?.revision ?? 0 };
    const text = 'A deposit that was booked by hand.';
    valueOf(await proposeClosing(signer(ben), { ...target, text, journal: null }, web));
    expect(await raiseFor(found.id, '')).toMatchObject({ refusal: { code: 'already-proposed' } });
  });

  it('of balances that no movement explains, moves the balance and is no movement itself', async () => {
    const { worker, owner } = desk.books;
    desk.passTime(1_000);
    const inputs = { ...inputsOf('chain', [], [], 5n), at: web.clock().toISOString() };
    const run = await recordedRun(worker, inputs);
    await inTransaction(worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
    const found = await owner.breakRecord.findFirstOrThrow({
      where: { kind: 'chain', subject: 'balance' },
    });
    const { correction } = valueOf(await raiseFor(found.id, ''));
    const { journal } = valueOf(await approve(signer(ben), correction, web));
    const last = BigInt(journal ?? 0);
    const place = { kind: 'chain', asset: 'SOL', place: 'warm-1' } as const;
    const range = { since: last - 1n, last };
    const read = valueOf(await readLedger(worker, place, chainSource(desk.context), range));
    expect(read.items).toEqual([]);
    expect(
      valueOf(await readLedger(worker, place, chainSource(desk.context), { since: last, last })),
      'and the balance is what it was',
    ).toMatchObject({ balance: read.balance });
  });

  it('leaves books that hold', async () => {
    expect(await findLedgerFaults(desk.books.owner)).toEqual([]);
  });
});
