/** What two people signed about a chain is proved by the keys that a roster gives, and nothing else is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncidentDesk, type IncidentDesk } from '#lib/incidents/testing/incident-desk.ts';
import { createVault } from '#lib/ledger/testing/books.ts';
import { holdAsset } from '#lib/operations/asset-hold.ts';
import { decideAsShown } from '#lib/operations/testing/decide-as-shown.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { inputsOf } from '#lib/reconciliation/matching/testing/make-inputs.ts';
import { recordedRun } from '#lib/reconciliation/testing/recorded-run.ts';
import {
  findChainDecisionFaults,
  withWords,
  type ChainDecisionRow,
} from './chain-decision-faults.ts';
import { findUnproved } from './find-unproved.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

const chain = 'solana:sandbox';
const kind = 'go-on-uncompared';
let desk: IncidentDesk;
let roster: Roster;
let row: ChainDecisionRow;
beforeAll(async () => {
  desk = await openIncidentDesk();
  const { owner, worker, context, people } = desk;
  await createVault(owner);
  const at = context.clock().toISOString();
  await recordedRun(worker, { ...inputsOf('chain', [], []), asset: 'SOL', at });
  context.passTime(10);
  const found = { reason: 'chain-reorganised', detail: 'settlement-undone' } as const;
  await inTransaction(worker, (tx) =>
    holdAsset(tx, { chain, asset: null, ...found }, context.clock()),
  );
  for (const person of [people.ada, people.ben]) {
    context.passTime(1_000);
    valueOf(await decideAsShown(person, { chain, kind }, context));
  }
  roster = await rosterOf(owner);
  row = await owner.chainDecision.findFirstOrThrow({ select: withWords });
});
afterAll(() => desk.close());

const ended = (key: string, from: Date) => async (at: number) =>
  Promise.resolve({
    rosters: [roster],
    ended: new Set(at >= from.getTime() ? [key] : []),
  });
async function faultsOf(
  changed: Partial<ChainDecisionRow> = {},
  countingAt = ended('no key', new Date()),
): Promise<string[]> {
  const faults = await findChainDecisionFaults({ ...row, ...changed }, countingAt);
  return faults.map(({ what, fault }) => `${what.split(' ')[0] ?? ''}: ${fault}`);
}

it('a decision that two people signed holds as it stands', async () => {
  expect(row.places).toEqual(['SOL of warm-1']);
  expect(await faultsOf()).toEqual([]);
});

const other = '00000000-0000-4000-8000-000000000009';
const both = ['asked: says-another', 'agreed: says-another'];

it.each<[string, () => Partial<ChainDecisionRow>, string[]]>([
  ['another hold', () => ({ holdId: other }), both],
  ['another kind', () => ({ kind: 'go-on' }), both],
  ['other places', () => ({ places: ['SOL of warm-2'] }), both],
  ['fewer places', () => ({ places: [] }), both],
  ['another loss', () => ({ foundAt: new Date() }), both],
  ['another decision', () => ({ id: other }), both],
  ['another chain', () => ({ hold: { ...row.hold, chain: 'eip155:31337' } }), both],
  ['another case', () => ({ hold: { ...row.hold, incident: 'INC-2026-999999' } }), both],
  [
    'the words in each other’s place',
    () => ({
      firstBy: row.secondBy ?? '',
      firstDocument: row.secondDocument,
      firstAssertion: row.secondAssertion,
      firstCredential: row.secondCredential,
      secondBy: row.firstBy,
      secondDocument: row.firstDocument,
      secondAssertion: row.firstAssertion,
      secondCredential: row.firstCredential,
    }),
    both,
  ],
  [
    'the first word twice',
    () => ({
      secondBy: row.firstBy,
      secondDocument: row.firstDocument,
      secondAssertion: row.firstAssertion,
      secondCredential: row.firstCredential,
    }),
    ['agreed: says-another', 'agreed: one-person'],
  ],
  [
    'a press of another statement',
    () => ({ secondAssertion: row.firstAssertion }),
    ['agreed: signature-invalid'],
  ],
  [
    'a press made up',
    () => ({ firstAssertion: { id: row.firstCredential } }),
    ['asked: signature-invalid'],
  ],
  ['no statement', () => ({ secondDocument: null }), ['agreed: statement-missing']],
  [
    'another person’s name',
    () => ({ secondBy: desk.people.ida.actor.personId }),
    ['agreed: key-unknown'],
  ],
  [
    'a word that was held back for an hour',
    () => ({ secondAt: new Date((row.secondAt?.getTime() ?? 0) + 3_500_000) }),
    ['agreed: other-time'],
  ],
  [
    'a word that is dated back',
    () => ({ firstAt: new Date(row.firstAt.getTime() - 600_000) }),
    ['asked: other-time'],
  ],
  [
    'a proof without a second word',
    () => ({ secondBy: null, secondAt: null, provedAt: new Date() }),
    ['its: approval-unproved'],
  ],
])('one with %s is named', async (_, change, faults) => {
  expect(await faultsOf(change())).toEqual(faults);
});

it('a key that was ended proves no word, nor one where it was ended before the worker proved both', async () => {
  const { firstCredential: first, secondCredential: second, firstAt, secondAt } = row;
  expect(await faultsOf({}, ended(first ?? '', firstAt))).toEqual(['asked: key-ended']);
  expect(await faultsOf({}, ended(second ?? '', firstAt))).toEqual(['agreed: key-ended']);
  expect(await faultsOf({}, ended(first ?? '', secondAt ?? firstAt))).toEqual(['asked: key-ended']);
  const later = new Date((secondAt?.getTime() ?? 0) + 1);
  expect(await faultsOf({}, ended(first ?? '', later))).toEqual([]);
  const provedAt = later;
  expect(await faultsOf({ provedAt }, ended(first ?? '', later))).toEqual(['asked: key-ended']);
  expect(await faultsOf({ provedAt }, ended(second ?? '', later))).toEqual(['agreed: key-ended']);
});

it('somebody whom the roster lets decide nothing proves no word', async () => {
  const people = roster.people.map((one) =>
    one.id === row.secondBy ? { ...one, roles: ['auditor' as const] } : one,
  );
  const counting = async () =>
    Promise.resolve({ rosters: [{ ...roster, people }], ended: new Set<string>() });
  expect(await faultsOf({}, counting)).toEqual(['agreed: not-allowed']);
});

it('the command looks at it, and at no word from before keys signed them', async () => {
  const { owner, web } = desk;
  expect(await findUnproved(web)).toMatchObject({ chains: 1, faults: { length: 2 } });
  await adoptRosterOfAll(owner);
  await owner.$executeRaw`alter table chain_decision disable trigger guarded`;
  await owner.$executeRaw`alter table chain_decision drop constraint chain_decision_signed`;
  await owner.chainDecision.create({
    data: {
      id: other,
      holdId: row.holdId,
      kind: 'go-on',
      firstBy: row.firstBy,
      firstAt: new Date(),
    },
  });
  expect(await findUnproved(web)).toMatchObject({ chains: 1, faults: [] });
});
