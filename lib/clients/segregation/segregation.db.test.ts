import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { besideGuard, waitingForNamed } from '../testing/beside-guards.ts';
import { book, openClientDesk, type ClientDesk } from '../testing/desk.ts';
import { SegregationDesk } from './check-each-day.ts';
import { checkSegregation } from './check-segregation.ts';
import { classifyAddress } from './classify-address.ts';
import { registeredMax } from './classed-addresses.ts';
import { gatherSegregation } from './gather-inputs.ts';
import { breachesOf, readInputs } from './inputs-document.ts';

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
    expect(breachesOf(readInputs(inputs))).toEqual([]);
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
    await besideGuard(
      books.owner,
      'segregation_check',
      Prisma.sql`
      insert into segregation_check (id, checked_at, started_by, inputs, inputs_digest, breaches, found)
        values (${randomUUID()}::uuid, now() - interval '1 day', 'schedule', '', encode(sha256(''), 'hex'), '[]', 0)`,
    );
    const worker = new SegregationDesk({ db: books.worker, clock: context.clock });
    const days = () => books.owner.segregationCheck.count({ where: { startedBy: 'schedule' } });
    await worker.look();
    expect(await days()).toBe(2);
    await worker.look();
    context.passTime(2 * 60_000);
    await worker.look();
    // Two minutes may lie on both sides of midnight.
    expect(await days()).toBeLessThanOrEqual(3);
  });

  it('of the worker opens an incident whatever the web server wrote: not in its name, not of another time, and not as known before', async () => {
    const { books } = desk;
    await ownCoinsInVault();
    const known = JSON.stringify(
      breachesOf(await inSnapshot(books.owner, (tx) => gatherSegregation(tx))),
    );
    const person = desk.people[0].actor.personId;
    const write = (startedBy: string, at: Date, breaches = '[]') =>
      books.web.$executeRaw`
        insert into segregation_check (id, checked_at, started_by, inputs, inputs_digest, breaches, found)
          values (${randomUUID()}::uuid, ${at}, ${startedBy}, '', encode(sha256(''), 'hex'), ${breaches}::jsonb,
            jsonb_array_length(${breaches}::jsonb))`.then(
        () => 'written',
        (error: unknown) => String(error),
      );
    const now = new Date();
    expect(await write('schedule', now)).toContain('is the worker');
    expect(await write('p-nobody', now)).toContain('is of a person');
    for (const minutes of [-11, 11])
      expect(await write(person, new Date(now.getTime() + minutes * 60_000))).toContain(
        'is of now',
      );
    expect(await write(person, new Date(now.getTime() + 5 * 60_000), known)).toBe('written');
    await new SegregationDesk({ db: books.worker, clock: desk.context.clock }).look();
    const made = await books.owner.segregationCheck.findFirstOrThrow({
      where: { startedBy: 'schedule' },
    });
    expect(made).toMatchObject({ found: 1, incident: expect.stringMatching(/^INC-/) });
  });

  it('that has read before another came in reads again', async () => {
    valueOf(await check());
    const other = new pg.Client({ connectionString: desk.books.database.urls.web });
    await other.connect();
    try {
      await other.query(
        `begin; select pg_advisory_xact_lock(hashtextextended('segregation check', 0))`,
      );
      const late = check();
      await expect
        .poll(() => waitingForNamed(desk.books.owner), { interval: 20, timeout: 20_000 })
        .toBe(1);
      await ownCoinsInVault();
      await other.query(`
        insert into segregation_check (id, checked_at, started_by, inputs, inputs_digest, breaches, found)
          select gen_random_uuid(), now(), started_by, inputs, inputs_digest, breaches, found from segregation_check;
        commit`);
      expect(valueOf(await late)).toMatchObject({ found: 1 });
    } finally {
      await other.end();
    }
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

  it('takes no more addresses than the check can look at, from people and from a program', async () => {
    const { personId } = desk.people[0].actor;
    await besideGuard(
      desk.books.owner,
      'address_class',
      Prisma.sql`insert into address_class (chain, address, owner_class, recorded_by, recorded_at)
        select ${chain}, 'Address' || n, 'own', ${personId}, now() from generate_series(1, ${registeredMax}) n`,
    );
    expect(await classify()).toMatchObject({ refusal: { code: 'register-full' } });
    await expect(
      desk.books.web.$executeRaw`
        insert into address_class (chain, address, owner_class, recorded_by, recorded_at)
          values (${chain}, 'One more', 'own', ${personId}, now())`,
    ).rejects.toThrow('the register of addresses is full');
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
