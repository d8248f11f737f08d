import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { book, openClientDesk, type ClientDesk } from '../testing/desk.ts';
import { SegregationDesk } from './check-each-day.ts';
import { checkSegregation } from './check-segregation.ts';
import { classifyAddress } from './classify-address.ts';
import { breachesOf, type SegregationInputs } from './gather-inputs.ts';

const chain = 'solana:sandbox';
let desk: ClientDesk;
beforeEach(async () => {
  desk = await openClientDesk(['C-1001']);
  await deposit(desk.books, 'C-1001', 100n);
  // Histories are followed of the fee account and of vaults alike.
  await desk.books.owner.ownCursor.createMany({
    data: [
      { chain, address: 'Fees', txid: 'a' },
      { chain, address: 'address', txid: 'b' },
    ],
  });
});
afterEach(() => closeBooks(desk.books));

const check = (who = desk.people[0].actor) => checkSegregation(who, desk.context);
const classify = (over = {}, who = desk.people[0].actor) =>
  classifyAddress(
    who,
    { chain, address: 'Elsewhere', ownerClass: 'client-omnibus', client: '', ...over },
    desk.context,
  );
const recorded = (id: string) =>
  desk.books.owner.segregationCheck.findUniqueOrThrow({ where: { id } });
const ownCoinsInVault = () =>
  book(
    desk,
    [
      { account: 'own-asset/warm-1/SOL', amount: 7n },
      { account: 'own-equity/own-funds/SOL', amount: -7n },
    ],
    'own-funds',
  );

describe('a check of segregation', () => {
  it('finds nothing where every address has one owner class, and keeps what it looked at with its digest', async () => {
    const { id, ...made } = valueOf(await check());
    expect(made).toEqual({ found: 0, incident: null });
    const { inputs, inputsDigest, startedBy } = await recorded(id);
    expect(inputsDigest).toBe(createHash('sha256').update(inputs, 'utf8').digest('hex'));
    expect(breachesOf(JSON.parse(inputs) as SegregationInputs)).toEqual([]);
    expect(startedBy).toBe(desk.people[0].actor.personId);
    const { entries } = await auditOf(desk.books.owner, { subject: 'segregation' });
    expect(entries).toMatchObject([{ kind: 'segregation-checked', facts: { inputsDigest } }]);
  });

  it('opens one incident for a new breach, none while it lasts, and one again when it comes back', async () => {
    await ownCoinsInVault();
    const first = valueOf(await check());
    expect(first).toMatchObject({ found: 1, incident: expect.stringMatching(/^INC-/) });
    expect((await recorded(first.id)).breaches).toMatchObject([
      {
        kind: 'own-coins-at-client-address',
        about: 'warm-1',
        amount: { asset: 'SOL', units: '7' },
      },
    ]);
    expect(valueOf(await check())).toMatchObject({ found: 1, incident: null });
    await book(
      desk,
      [
        { account: 'own-equity/own-funds/SOL', amount: 7n },
        { account: 'own-asset/warm-1/SOL', amount: -7n },
      ],
      'own-funds',
    );
    expect(valueOf(await check())).toMatchObject({ found: 0, incident: null });
    await ownCoinsInVault();
    expect(valueOf(await check()).incident).not.toBe(first.incident);
    const opened = await desk.books.owner.incidentRecord.findMany({
      where: { what: 'assets-mixed' },
    });
    expect(opened).toHaveLength(2);
  });

  it('two checks at the same moment open one incident', async () => {
    await ownCoinsInVault();
    const made = (await Promise.all([check(), check()])).map(valueOf);
    expect(made.filter(({ incident }) => incident !== null)).toHaveLength(1);
  });

  it('is made by the worker once a day, with its own rights', async () => {
    const { books, context } = desk;
    const worker = new SegregationDesk({ db: books.worker, clock: context.clock });
    const days = () => books.owner.segregationCheck.count({ where: { startedBy: 'schedule' } });
    await worker.look();
    await worker.look();
    context.passTime(2 * 60_000);
    await worker.look();
    const started = await days();
    context.passTime(86_400_000);
    await worker.look();
    expect(await days()).toBe(started + 1);
    // Two minutes may lie on both sides of midnight.
    expect(started).toBeLessThanOrEqual(2);
  });
});

describe('the register of owner classes', () => {
  it('gives an address one class, once', async () => {
    valueOf(await classify());
    expect(await classify()).toMatchObject({ refusal: { code: 'address-classified' } });
    const clashes = [
      { ownerClass: 'own' },
      { address: 'Fees' },
      { address: 'address', ownerClass: 'own' },
      { address: 'address', ownerClass: 'client-segregated', client: 'C-1001' },
    ];
    for (const over of clashes)
      expect([over, await classify(over)]).toMatchObject([
        over,
        { refusal: { code: 'address-in-two-classes' } },
      ]);
    expect(valueOf(await check())).toMatchObject({ found: 0 });
  });

  it('is refused by name where the form is wrong', async () => {
    const cases: readonly [string, object][] = [
      ['chain-unknown', { chain: 'bitcoin:main' }],
      ['client-of-class', { client: 'C-1001' }],
      ['client-of-class', { ownerClass: 'client-segregated' }],
      ['client-unknown', { ownerClass: 'client-segregated', client: 'C-9999' }],
      ['form-invalid', { address: 'with space' }],
      ['form-invalid', { ownerClass: 'both' }],
    ];
    for (const [code, over] of cases)
      expect([over, await classify(over)]).toMatchObject([over, { refusal: { code } }]);
    expect(await classify({}, desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
    expect(await check(desk.auditor)).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});
