import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { newKey, type TestContext } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { asset, createVault, vault } from '#lib/ledger/testing/books.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { correctionLifetimeMs } from './correction-row.ts';
import { CorrectionWatch } from './correction-watch.ts';
import { findUnprovedCorrections } from './find-unproved.ts';
import { forgeCorrection, type Forgery } from './testing/forge-correction.ts';
import { approve, credit, debit, raise } from './testing/press-correction.ts';
import { raiseAndApprove } from './testing/raise-and-approve.ts';

const suspense = `suspense/deposits/${asset}`;
const client = `client/C-1001/${asset}`;
const lines = (amount: bigint, from = suspense) => [
  { account: from, amount },
  { account: client, amount: -amount },
];

let desk: AfterGenesis;
let web: TestContext;
let worker: Database;

beforeAll(async () => {
  desk = await openAfterGenesis();
  web = desk.context;
  worker = desk.database.connect('worker');
  await createVault(desk.owner);
  await desk.owner.client.create({ data: { id: 'C-1001' } });
  const arrival = { chain: 'solana:sandbox', vault, client: null, asset };
  const credited = await creditDeposit(worker, { ...arrival, txid: 'a', amount: 1_000n });
  if (!credited.ok) throw new Error(credited.refusal.sentence);
});
afterAll(() => desk.database.drop());

const look = () => new CorrectionWatch({ db: worker, clock: web.clock }).look();
const checkOf = (journal: bigint) =>
  desk.owner.ledgerCorrection.findUniqueOrThrow({ where: { journal }, include: { check: true } });
const incidents = () =>
  desk.owner.incidentRecord.findMany({ where: { what: 'correction-unproved' } });

/** In the names of two founders. @returns the journal. */
const forge = (forgery: Omit<Forgery, 'lines'> & { lines?: Forgery['lines'] }) =>
  forgeCorrection([desk.founders[1], desk.founders[2]], { lines: lines(3n), ...forgery }, web).then(
    ({ journal }) => journal,
  );

describe('the signatures of an approved correction', () => {
  it('are verified once by the worker, with keys from the roster, and hold', async () => {
    const people = [desk.founders[1], desk.founders[2]] as const;
    const journal = await raiseAndApprove(people, { lines: lines(5n) }, web);
    await look();
    const { check, number } = await checkOf(journal);
    expect(check).toMatchObject({ fault: null, incident: null });
    await look();
    const { entries } = await auditOf(desk.owner, { subject: number });
    expect(entries.filter(({ kind }) => kind === 'correction-verified')).toHaveLength(1);
    expect(await findUnprovedCorrections(web.db)).toEqual([]);
    expect(await incidents()).toEqual([]);
  });

  it('that nobody made open one incident that names the journal, and verify:ledger names it each time', async () => {
    const journal = await forge({ keys: [null, null] });
    expect(
      await findLedgerFaults(desk.owner),
      'texts alone are what the database compares',
    ).toEqual([]);
    await Promise.all([look(), look()]);
    await look();
    const { check, number } = await checkOf(journal);
    expect(check).toMatchObject({ fault: 'signature-invalid' });
    expect(await incidents()).toMatchObject([
      {
        number: check?.incident,
        openedBy: 'system',
        title: expect.stringContaining(`${number}, posted as journal ${journal}`) as string,
      },
    ]);
    for (let time = 0; time < 2; time += 1)
      expect(await findUnprovedCorrections(web.db)).toEqual([
        expect.stringContaining(`correction ${number}, journal ${journal}: a key did not sign`),
      ]);
  });

  it('are verified of every other while somebody in the database holds one up, and of that one once it is free', async () => {
    const watch = new CorrectionWatch({ db: worker, clock: web.clock });
    const [held, free] = [await forge({ keys: [null, null] }), await forge({ keys: [null, null] })];
    await inTransaction(web.db, async (tx) => {
      await tx.$queryRaw`select id from ledger_correction where journal = ${held} for update`;
      expect(sqlStateOf(await watch.look().catch((error: unknown) => error))).toBe('55P03');
    });
    expect((await checkOf(free)).check).toMatchObject({ fault: 'signature-invalid' });
    expect((await checkOf(held)).check).toBeNull();
    web.passTime(6_000);
    await watch.look();
    expect((await checkOf(held)).check).toMatchObject({ fault: 'signature-invalid' });
  });

  it('made with a key that somebody registered in another’s name do not hold: the roster does not give it', async () => {
    const before = (await incidents()).length;
    const [own, foreign] = [desk.founders[1], newKey()];
    await web.db.credential.create({
      data: {
        id: foreign.credentialId,
        operatorId: desk.founders[2].actor.personId,
        publicKey: Buffer.from(foreign.publicKey),
        signCount: 0,
        backupEligible: false,
        backedUp: false,
        aaguid: '00000000-0000-0000-0000-000000000000',
        format: 'none',
        attestation: Buffer.alloc(0),
        status: 'pending',
        software: true,
        label: 'Another key',
      },
    });
    const journal = await forge({ keys: [own.key, foreign] });
    await look();
    expect((await checkOf(journal)).check).toMatchObject({ fault: 'key-unknown' });
    expect(await incidents()).toHaveLength(before + 1);
  });
});

describe('by the clock of the database', () => {
  it('a correction that has expired is raised by nobody', async () => {
    const expired = forge({ keys: [null, null], expiresAt: new Date(Date.now() - 1_000) });
    expect(sqlStateOf(await expired.catch((error: unknown) => error))).toBe('CS002');
  });

  it('one that has expired is not posted, however late it is for whoever approves it', async () => {
    const [ada, ben] = [desk.founders[1], desk.founders[2]];
    const wanted = { lines: [debit(suspense, '0.000000001'), credit(client, '0.000000001')] };
    const journals = await desk.owner.journal.count();
    const setGuard = (how: 'enable' | 'disable') =>
      desk.owner.$executeRawUnsafe(`alter table ledger_correction ${how} trigger guarded`);
    // Its clock stands, and has been moved ahead of the database's before.
    const back = correctionLifetimeMs + web.clock().getTime() - Date.now() + 1_000;
    web.passTime(-back);
    await setGuard('disable');
    const raised = await raise(ada, wanted, web);
    await setGuard('enable');
    if (!raised.ok) throw new Error(raised.refusal.sentence);
    const { correction } = raised.value;
    expect(await approve(ben, correction, web)).toMatchObject({
      refusal: { code: 'correction-expired' },
    });
    web.passTime(back);
    expect(await desk.owner.journal.count()).toBe(journals);
  });
});

describe('the database', () => {
  it('takes nothing from a suspense account that is not there', async () => {
    const from = `suspense/nowhere/${asset}`;
    await expect(forge({ keys: [null, null], lines: lines(3n, from) })).rejects.toThrow(
      /suspense-short/,
    );
    expect(await desk.owner.account.findUnique({ where: { id: from } })).toBeNull();
  });

  it('lets the worker alone say that a correction was verified, and only of one that is approved', async () => {
    const [ada] = [desk.founders[1]];
    const wanted = { lines: [debit(suspense, '0.000000001'), credit(client, '0.000000001')] };
    const raised = await raise(ada, wanted, web);
    if (!raised.ok) throw new Error(raised.refusal.sentence);
    const data = { correctionId: raised.value.correction, checkedAt: new Date() };
    const stateOf = async (writing: Promise<unknown>) =>
      sqlStateOf(await writing.catch((error: unknown) => error));
    expect(await stateOf(worker.ledgerCorrectionCheck.create({ data }))).toBe('CS002');
    expect(await stateOf(web.db.ledgerCorrectionCheck.create({ data }))).toBe('42501');
  });
});
