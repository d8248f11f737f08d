import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { newKey, valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { asset, createVault, vault } from '#lib/ledger/testing/books.ts';
import { findOverLimit, findShortfall } from '#lib/operations/break-stop.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { readShortfall } from '#lib/sandbox/books/read-books.ts';
import { forgeCorrection } from '../corrections/testing/forge-correction.ts';
import { compare } from '../matching/compare.ts';
import { inputsOf, itemOf } from '../matching/testing/make-inputs.ts';
import { forgeClosing } from '../testing/forge-closing.ts';
import { acceptClosing, proposeClosing } from '../testing/press-closing.ts';
import { recordedRun } from '../testing/recorded-run.ts';
import { listBreaks } from '../list-breaks.ts';
import { viewBreak } from '../view-break.ts';
import { viewOverview } from '../view-overview.ts';
import { applyDifferences } from './apply-differences.ts';
import { ClosingWatch } from './closing-watch.ts';
import { findUnprovedClosings } from './find-unproved-closings.ts';

const missing = 50_000_000_000n;
const text = 'Moved to another vault, see ticket 17.';

let desk: AfterGenesis;
let web: TestContext;
let worker: Database;
let people: readonly [AfterGenesis['founders'][1], AfterGenesis['founders'][2]];
let turn = 0;

beforeAll(async () => {
  desk = await openAfterGenesis();
  web = desk.context;
  worker = desk.database.connect('worker');
  people = [desk.founders[1], desk.founders[2]];
  await createVault(desk.owner);
  const arrival = { chain: 'solana:sandbox', vault, client: null, asset };
  valueOf(await creditDeposit(worker, { ...arrival, txid: 'a', amount: 1_000n }));
});
afterAll(() => desk.database.drop());

/** A run that finds 50 SOL gone in one transaction, or that nothing is. */
async function runFinding(units: bigint) {
  web.passTime(1_000);
  const txid = `tx-${turn}`;
  const items = units === 0n ? [] : [itemOf(txid, -units, { transaction: txid })];
  const inputs = { ...inputsOf('chain', [], items), at: web.clock().toISOString() };
  const run = await recordedRun(worker, inputs);
  await inTransaction(worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}
const found = () =>
  desk.owner.breakRecord.findFirstOrThrow({ where: { subject: `transaction:tx-${turn}` } });
const look = () => new ClosingWatch({ db: worker, clock: web.clock }).look();
const signed = () => readShortfall(desk.database.urls.books, asset, web.clock());
const checkNow = async () => {
  const { id } = await found();
  const event = await desk.owner.breakEvent.findFirstOrThrow({
    where: { breakId: id, what: 'accepted' },
    orderBy: { revision: 'desc' },
    include: { check: true },
  });
  return event.check;
};
const incidents = () =>
  desk.owner.incidentRecord.findMany({ where: { what: 'break-closing-unproved' } });
const seen = async () => valueOf(await viewBreak(people[0].actor, (await found()).id, web));

async function close(journal: string | null) {
  const { id, revision } = await found();
  const input = { id, revision, text, journal };
  valueOf(await proposeClosing(people[0], input, web));
  valueOf(await acceptClosing(people[1], { id, revision: revision + 1 }, web));
}
const forge = async (how: Parameters<typeof forgeClosing>[2]) =>
  forgeClosing(people, await found(), how, web);

beforeEach(async () => {
  await runFinding(0n);
  turn += 1;
  await runFinding(missing);
});

describe('a break closed in two people’s names by whoever has the web server', () => {
  it('is missing all the same at the source, at the console and on its page, opens an incident, and the next run opens it', async () => {
    expect(await signed()).toBe(missing.toString());
    await forge({ keys: [null, null], isBare: true });
    const { number, state } = await found();
    expect(state, 'texts alone are what the database compares').toBe('closed');
    const isMissing = async () => {
      expect(await signed()).toBe(missing.toString());
      expect(await findShortfall(asset, web.db)).toMatchObject({ number });
      expect(await findOverLimit(asset, web.db)).toMatchObject({
        refusal: { sentence: expect.stringContaining(number) as string },
      });
    };
    await isMissing();
    expect(await seen()).toMatchObject({ unproved: { fault: null, incident: null } });
    await Promise.all([look(), look()]);
    await look();
    await isMissing();
    const check = await checkNow();
    expect(check).toMatchObject({ fault: 'statement-missing' });
    expect(await incidents()).toMatchObject([
      {
        number: check?.incident,
        openedBy: 'system',
        title: `${number}: its closing is not proved: nobody is shown to have signed the proposal, or its acceptance`,
      },
    ]);
    expect(await seen()).toMatchObject({
      unproved: { fault: expect.any(String) as string, incident: check?.incident },
    });
    for (let time = 0; time < 2; time += 1)
      expect(await findUnprovedClosings(web.db)).toEqual([
        expect.stringContaining(`the closing of break ${number}: nobody`),
      ]);
    await runFinding(missing);
    expect(await found()).toMatchObject({ state: 'open', closedBy: null, acceptedBy: null });
    await isMissing();
    await forge({ keys: [null, null] });
    await look();
    await runFinding(0n);
    expect(await found(), 'and one that finds it gone closes it').toMatchObject({
      state: 'closed',
      closedBy: 'match',
    });
    expect(await signed()).toBe('0');
  });

  it('is listed and counted as open once the worker has found it unproved, before any run', async () => {
    const reader = people[0].actor;
    const numbers = async (state: string) =>
      valueOf(await listBreaks(reader, { state }, web)).rows.map((row) => row.number);
    const counted = async () => {
      const { open, places } = valueOf(await viewOverview(reader, web));
      return [open, places.find(({ kind }) => kind === 'chain')?.open];
    };
    const { number } = await found();
    const before = await counted();
    await forge({ keys: [null, null] });
    expect(await numbers('open'), 'nobody has looked yet').not.toContain(number);
    await look();
    expect((await found()).state).toBe('closed');
    expect(await numbers('open')).toContain(number);
    expect(await numbers('closed')).not.toContain(number);
    expect(await counted()).toEqual(before);
    const { rows } = valueOf(await listBreaks(reader, { state: 'all' }, web));
    expect(rows.filter(({ isUnproved }) => isUnproved).map((row) => row.number)).toEqual([number]);
    await runFinding(missing);
    await close(null);
    await look();
    expect(await numbers('open'), 'an older closing stands for nothing').not.toContain(number);
    expect(await numbers('closed')).toContain(number);
  });

  it('is missing whatever signs for them that is not their key', async () => {
    const [one, other] = people;
    const faults = [];
    for (const keys of [
      [null, null],
      [one.key, null],
      [one.key, one.key],
      [newKey(), newKey()],
    ] as const) {
      await forge({ keys });
      await look();
      faults.push((await checkNow())?.fault);
      expect(await signed()).toBe(missing.toString());
      await runFinding(missing);
    }
    expect(faults).toEqual([
      'signature-invalid',
      'signature-invalid',
      'key-unknown',
      'key-unknown',
    ]);
    await forge({ keys: [one.key, other.key] });
    await look();
    expect(await checkNow(), 'what both really signed').toMatchObject({ fault: null });
    expect(await signed()).toBe('0');
  });

  it('by a made-up correction is missing as well', async () => {
    const { id, number, content } = await found();
    const lines = [
      { account: `vault/${vault}/${asset}`, amount: 7n },
      { account: `suspense/deposits/${asset}`, amount: -7n },
    ];
    const keys = [null, null] as const;
    const answered = { id, number, content };
    const correction = await forgeCorrection(people, { lines, keys, break: answered }, web);
    await forge({ keys, correction });
    await look();
    expect(await checkNow()).toMatchObject({ fault: 'correction-unproved' });
    expect(await signed()).toBe(missing.toString());
  });
});

describe('a break closed by two people', () => {
  it('is missing until the worker has verified both signatures, once', async () => {
    const before = (await incidents()).length;
    await close(null);
    expect(await signed()).toBe(missing.toString());
    await look();
    await look();
    expect(await checkNow()).toMatchObject({ fault: null, incident: null });
    expect(await signed()).toBe('0');
    expect(await findShortfall(asset, web.db)).toBeNull();
    expect(await findOverLimit(asset, web.db)).toBeNull();
    expect(await seen()).toMatchObject({ state: 'closed', unproved: null });
    const { number } = await found();
    const { entries } = await auditOf(desk.owner, { subject: number });
    expect(entries.filter(({ kind }) => kind === 'break-closing-verified')).toHaveLength(1);
    expect(await incidents()).toHaveLength(before);
    await runFinding(missing);
    expect(await found(), 'and stays closed while the difference is the same').toMatchObject({
      state: 'closed',
      closedBy: 'explanation',
    });
  });

  it('by a correction is not missing once that is verified', async () => {
    const { id, number, content } = await found();
    const lines = [
      { account: `vault/${vault}/${asset}`, amount: 7n },
      { account: `suspense/deposits/${asset}`, amount: -7n },
    ];
    const keys = [people[0].key, people[1].key] as const;
    const answered = { id, number, content };
    const correction = await forgeCorrection(people, { lines, keys, break: answered }, web);
    await forge({ keys, correction });
    await look();
    expect(await checkNow()).toMatchObject({ fault: null });
    expect(await signed()).toBe('0');
  });

  it.each([
    ['by a journal that two people signed before is not missing', true],
    ['by a journal that a made-up correction posted before is missing', false],
  ] as const)('%s', async (_, isReal) => {
    const lines = [
      { account: `vault/${vault}/${asset}`, amount: 7n },
      { account: `suspense/deposits/${asset}`, amount: -7n },
    ];
    const keys = isReal ? ([people[0].key, people[1].key] as const) : ([null, null] as const);
    const { journal } = await forgeCorrection(people, { lines, keys }, web);
    await close(journal.toString());
    await look();
    expect(await checkNow()).toMatchObject({ fault: isReal ? null : 'correction-unproved' });
    expect(await signed()).toBe(isReal ? '0' : missing.toString());
  });

  it('that is found changed and closed again with made-up texts is missing: an older proof stands for nothing', async () => {
    await close(null);
    await look();
    expect(await signed()).toBe('0');
    await runFinding(missing + 1n);
    await forge({ keys: [null, null] });
    expect(await signed()).toBe((missing + 1n).toString());
    await look();
    expect(await checkNow()).toMatchObject({ fault: 'signature-invalid' });
    expect(await signed()).toBe((missing + 1n).toString());
    expect(
      (await findUnprovedClosings(web.db)).filter((one) => one.includes('closing')).length,
    ).toBeGreaterThan(0);
  });
});

describe('the database', () => {
  it('lets the worker alone say that a closing was verified, and only of one; nobody says when a step was written', async () => {
    const { id, revision } = await found();
    const event = await desk.owner.breakEvent.findFirstOrThrow({
      where: { breakId: id, revision },
    });
    const data = { eventId: event.id, checkedAt: new Date() };
    const stateOf = async (writing: Promise<unknown>) =>
      sqlStateOf(await writing.catch((error: unknown) => error));
    expect(await stateOf(worker.breakClosingCheck.create({ data }))).toBe('CS002');
    expect(await stateOf(web.db.breakClosingCheck.create({ data }))).toBe('42501');
    const dated = web.db.breakEvent.create({
      data: {
        breakId: id,
        revision,
        what: 'commented',
        actor: people[0].actor.personId,
        at: new Date(),
        facts: {},
        writtenAt: new Date(0),
      },
    });
    expect(await stateOf(dated)).toBe('42501');
  });
});
