/** What was noted as paid or handed out stands for as long as the books say so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { postUnknownAsset } from '#lib/ledger/post-unknown-asset.ts';
import type { NewJournal } from '#lib/ledger/post-journal.ts';
import { raiseAndApprove } from '#lib/reconciliation/corrections/testing/raise-and-approve.ts';
import { loadMatters } from '../client-matters.ts';
import { listLosses } from '../losses/list-losses.ts';
import { proposeLoss } from '../losses/decide-loss.ts';
import { payLoss } from '../losses/pay-loss.ts';
import { recordLoss } from '../losses/record-loss.ts';
import { viewLoss } from '../losses/view-loss.ts';
import { computeEntitlements } from '../rights/compute-entitlements.ts';
import { handOut } from '../rights/hand-out.ts';
import { listRights } from '../rights/list-rights.ts';
import { recordRightsEvent } from '../rights/record-event.ts';
import { viewRightsEvent } from '../rights/view-rights-event.ts';
import {
  close,
  correct,
  decideWithKey,
  fieldOf,
  openClientDesk,
  openOutflowIncident,
  type ClientDesk,
} from '../testing/desk.ts';

type Lines = NewJournal['lines'];

const incident = 'INC-2026-900001';
/** Half a coin at 142.355 euro, in cents. */
const owed = 7_118n;
/** A token that the registry does not know, as the books name it. */
const token = 'UNKAAAAAAAAA';
const payment: Lines = [
  { account: 'own-expense/losses/EUR', amount: owed },
  { account: 'client/C-1001/EUR', amount: -owed },
];
const reversed = (lines: Lines): Lines =>
  lines.map(({ account, amount }) => ({ account, amount: -amount }));

let desk: ClientDesk;
let at: string;

beforeAll(async () => {
  desk = await openClientDesk(['C-1001', 'C-1002']);
  await deposit(desk.books, 'C-1001', 1_000_000_000n);
  await deposit(desk.books, null, 1_000_000_000n);
  const came = { chain: 'solana:sandbox', vault: 'warm-1', asset: token, change: 1_000_000_000n };
  valueOf(await postUnknownAsset(desk.books.worker, { ...came, slot: 7n, at: new Date() }));
  at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
  await openOutflowIncident(desk, incident);
});
afterAll(() => closeBooks(desk.books));

/** Whoever raised what is corrected does not raise its correction. */
const by = (first: 0 | 1 | 2, second: 0 | 1 | 2, lines: Lines, corrects: string) =>
  raiseAndApprove(
    [desk.people[first], desk.people[second]],
    { lines, corrects: BigInt(corrects) },
    desk.context,
  ).then(String);

/** A loss for which 71.18 euro are owed. @returns its id. */
async function decidedLoss(): Promise<string> {
  const [ada, ben] = desk.people;
  const form = { client: 'C-1001', asset: 'SOL', amount: '0.5', occurredAt: at, incident };
  const price = { price: '142.355', priceAt: at, source: 'Mean of three venues' };
  const loss = { ...form, ...price, subject: 'A transfer to a wrong address.' };
  const { id } = valueOf(await recordLoss(ada.actor, loss, desk.context));
  const proposal = { id, seen: '1', verdict: 'attributable', liability: '71.18', incident: '' };
  const reasons = 'It came by a fault of our own service.';
  valueOf(await proposeLoss(ada.actor, { ...proposal, reasons }, desk.context));
  valueOf(await decideWithKey(ben, { id, seen: '2', decision: 'accepted' }, desk.context));
  return id;
}

async function paidLoss(lines: Lines): Promise<{ id: string; journal: string }> {
  const id = await decidedLoss();
  const journal = await correct(desk, lines);
  const paid = await payLoss(desk.people[0].actor, { id, seen: '3', journal }, desk.context);
  expect(valueOf(paid)).toEqual({ accounts: 1, settled: true });
  return { id, journal };
}

const viewed = async (id: string) =>
  valueOf(await viewLoss(desk.people[0].actor, { id, after: null }, desk.context));
const listed = async (id: string) => {
  const { open, ended } = valueOf(
    await listLosses(desk.people[0].actor, { before: null }, desk.context),
  );
  return [open.some((one) => one.id === id), ended.some((one) => one.id === id)];
};
const isPaidFor = async (id: string) => {
  const matters = await loadMatters(
    desk.context.db,
    { id: 'C-1001', createdAt: new Date() },
    new Date(),
  );
  return matters.losses.find(({ loss }) => loss === id)?.isPaid;
};

it('a loss whose payment a correction took back is open and says by which journal, and closed again once that is corrected', async () => {
  const { id, journal } = await paidLoss(payment);
  expect((await viewed(id)).loss.state).toBe('settled');
  expect(await listed(id)).toEqual([false, true]);

  const reversal = await by(1, 2, reversed(payment), journal);
  const after = await viewed(id);
  expect(after.loss.state).toBe('taken-back');
  expect(after.takenBack).toEqual([{ journal, by: reversal }]);
  expect(after.lines).toMatchObject([{ paid: { journal, takenBackBy: reversal } }]);
  expect(await listed(id)).toEqual([true, false]);
  expect(await isPaidFor(id)).toBe(false);

  await by(2, 0, payment, reversal);
  const again = await viewed(id);
  expect(again.loss.state).toBe('settled');
  expect(again.takenBack).toEqual([]);
  expect(again.lines).toMatchObject([{ paid: { journal, takenBackBy: null } }]);
  expect(await listed(id)).toEqual([false, true]);
  expect(await isPaidFor(id)).toBe(true);
});

it('a part that is taken back is enough, and what a correction does to others is not', async () => {
  const double: Lines = [
    { account: 'own-expense/losses/EUR', amount: 2n * owed },
    { account: 'client/C-1001/EUR', amount: -owed },
    { account: 'client/C-1002/EUR', amount: -owed },
  ];
  const { id, journal } = await paidLoss(double);
  const cents = (client: string, amount: bigint): Lines => [
    { account: `client/${client}/EUR`, amount },
    { account: 'own-expense/losses/EUR', amount: -amount },
  ];
  await by(1, 2, cents('C-1002', owed), journal);
  expect((await viewed(id)).loss.state).toBe('settled');
  const part = await by(1, 2, cents('C-1001', 1n), journal);
  expect((await viewed(id)).takenBack).toEqual([{ journal, by: part }]);
});

it('what an event brought is not handed out while the journal that did is taken back; attributing suspense takes back what it gives to nobody else', async () => {
  const [ada, ben] = desk.people;
  const event = { kind: 'fork', asset: 'SOL', at, block: '250000000', brings: token };
  const ratio = { decimals: '9', numerator: '1', denominator: '4' };
  const words = { title: 'Fork of Solana', source: 'Announcement of the validators' };
  const { id } = valueOf(
    await recordRightsEvent(ada.actor, { ...event, ...ratio, ...words }, desk.context),
  );
  valueOf(await computeEntitlements(ada.actor, { id, seen: '0' }, desk.context));
  valueOf(await decideWithKey(ben, { id, seen: '1', decision: 'approved' }, desk.context));
  const due = 250_000_000n;
  const lines: Lines = [
    { account: `suspense/warm-1/${token}`, amount: 2n * due },
    { account: `client/C-1001/${token}`, amount: -due },
    { account: `suspense/deposits/${token}`, amount: -due },
  ];
  const journal = await correct(desk, lines);
  valueOf(await handOut(ada.actor, { id, seen: '2', journal }, desk.context));
  const state = async () => {
    const found = valueOf(await viewRightsEvent(ada.actor, { id, after: null }, desk.context));
    const { open } = valueOf(await listRights(ada.actor, { before: null }, desk.context));
    const { state: stands, clock } = found.event;
    return [stands, clock?.state, found.takenBack.length, open.some((one) => one.id === id)];
  };
  expect(await state()).toEqual(['completed', 'met', 0, false]);
  const waiting = `suspense/deposits/${token}`;
  const back: Lines = [
    { account: waiting, amount: due },
    { account: `suspense/warm-1/${token}`, amount: -due },
  ];
  const toUs: Lines = [
    { account: waiting, amount: due },
    { account: `client/C-1002/${token}`, amount: -1n },
    { account: `own-income/fees/${token}`, amount: 1n - due },
  ];
  const whole = await by(1, 2, back, journal);
  expect(await state(), 'to where it came from').toEqual(['taken-back', 'open', 1, true]);
  const wholeAgain = await by(2, 0, reversed(back), whole);
  expect(await state()).toEqual(['completed', 'met', 0, false]);
  const nearly = await by(0, 1, toUs, wholeAgain);
  expect(await state(), 'all but one unit to ourselves').toEqual(['taken-back', 'open', 1, true]);
  const stands = await by(1, 2, reversed(toUs), nearly);
  expect(await state()).toEqual(['completed', 'met', 0, false]);
  const attributed: Lines = [
    { account: `suspense/deposits/${token}`, amount: due },
    { account: `client/C-1002/${token}`, amount: -due },
  ];
  await by(2, 0, attributed, stands);
  expect(await state()).toEqual(['completed', 'met', 0, false]);
  const fromFirst: Lines = [
    { account: `client/C-1001/${token}`, amount: due },
    { account: `suspense/warm-1/${token}`, amount: -due },
  ];
  await by(1, 2, fromFirst, journal);
  expect(await state()).toEqual(['taken-back', 'open', 1, true]);
});
