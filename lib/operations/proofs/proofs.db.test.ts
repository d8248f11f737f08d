import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { verifyControls } from '#lib/verify/verify-controls.ts';
import { verifyProof } from '#lib/verify/verify-proof.ts';
import { prepareFreeze } from '../prepare-freeze.ts';
import { advance, state, stateAll } from '../testing/party-desk.ts';
import { listSnapshots } from './list-snapshots.ts';
import { prepareProofOfControl } from './prepare-proof-of-control.ts';
import { requestSnapshot } from './request-snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { viewClientProof } from './view-client-proof.ts';
import { viewPublication } from './view-publication.ts';
import { openProofDesk, type ProofDesk } from './testing/proof-desk.ts';
import { viewSnapshot } from './view-snapshot.ts';

const vault = 'warm-1';
const amounts = { 'C-1001': 7_000_000_001n, 'C-1002': 5n, 'C-10030': 1_250_000_000n };

let desk: ProofDesk;

beforeAll(async () => {
  desk = await openProofDesk(vault, amounts);
});
afterAll(() => desk.close());

const pay = (client: string | null, amount: bigint) => desk.pay(client, amount);
const newSnapshot = () => desk.newSnapshot();

const prepare = (snapshot: string, of = vault) =>
  prepareProofOfControl(
    desk.people.ada.actor,
    { operation: randomUUID(), snapshot, vault: of },
    desk.context,
  );
const publicationOf = async (snapshot: string) =>
  valueOf(
    await viewPublication(desk.people.lena.actor, { snapshot, for: 'everybody' }, desk.context),
  );
const proofOf = (snapshot: string, client: string) =>
  viewClientProof(desk.people.lena.actor, { snapshot, client }, desk.context);

describe('a snapshot of reserves and liabilities', () => {
  it('states what each vault holds and the root of what is owed, and every client’s proof fits it', async () => {
    await pay(null, 40n);
    const id = await newSnapshot();
    const publication = await publicationOf(id);
    const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0n);
    expect(publication.snapshot).toMatchObject({
      liabilities: [{ asset: 'SOL', total: total.toString() }],
      unclaimed: [{ asset: 'SOL', amount: '40' }],
      reserves: [{ vault, asset: 'SOL', amount: (total + 40n).toString() }],
      elsewhere: [],
    });
    for (const [client, amount] of Object.entries(amounts)) {
      const proof = valueOf(await proofOf(id, client));
      expect(verifyProof({ snapshot: publication.snapshot, proof })).toEqual({
        ok: true,
        client,
        balances: [{ asset: 'SOL', amount: amount.toString() }],
      });
      const others = Object.keys(amounts).filter((other) => other !== client);
      for (const other of others) expect(JSON.stringify(proof)).not.toContain(`"${other}"`);
    }
    const view = valueOf(await viewSnapshot(desk.people.lena.actor, id, desk.context));
    expect(view.coverage).toMatchObject([
      { asset: 'SOL', cover: 'equal', unclaimed: '0.000000040' },
    ]);
    expect(view.reserves).toMatchObject([{ vault, signature: null, open: null }]);
  });

  it('is built again to the same proofs whatever was booked since', async () => {
    const id = await newSnapshot();
    const before = valueOf(await proofOf(id, 'C-1001'));
    await pay('C-1001', 99n);
    await desk.owner.client.create({ data: { id: 'C-2001' } });
    await pay('C-2001', 1n);
    expect(valueOf(await proofOf(id, 'C-1001'))).toEqual(before);
    expect(await proofOf(id, 'C-2001')).toMatchObject({
      refusal: { code: 'client-not-in-snapshot' },
    });
    const seen = await desk.owner.auditEntry.count({ where: { kind: 'snapshot-proof-read' } });
    expect(seen).toBeGreaterThanOrEqual(2);
  });

  it('ends as one that could not be made where the books hold a negative amount, and keeps nobody waiting', async () => {
    const turn = (amount: bigint) =>
      postJournal(desk.worker.db, {
        key: `turn-${amount}`,
        kind: 'own-funds',
        operation: null,
        usesHold: false,
        lines: [
          { account: `vault/${vault}/SOL`, amount: -amount },
          { account: 'own-equity/own-funds/SOL', amount },
        ],
        corrects: null,
        at: desk.context.clock(),
      }).then(valueOf);
    // The books close by the database's clock, and a snapshot is of the first close after it was asked for.
    const catchUp = () => desk.context.passTime(Date.now() - desk.context.clock().getTime());
    await turn(10n ** 18n);
    catchUp();
    const id = await newSnapshot();
    const list = () => listSnapshots(desk.people.ada.actor, { before: null }, desk.context);
    expect(valueOf(await list())).toMatchObject({
      underWay: null,
      failed: { why: expect.stringContaining('negative') },
    });
    const row = { snapshotId: id, cause: 'document', failedAt: new Date() };
    await expect(desk.worker.db.snapshotFailure.create({ data: row })).rejects.toThrow();
    await turn(-(10n ** 18n));
    catchUp();
    await newSnapshot();
    expect(valueOf(await list())).toMatchObject({ underWay: null, failed: null });
  });

  it('is asked for now and one at a time, whatever the web server writes by itself', async () => {
    const ask = (at: string, rows = 1) =>
      desk.context.db.$executeRawUnsafe(
        `insert into snapshot_request (id, requested_by, requested_at)
          select gen_random_uuid(), $1, ${at} from generate_series(1, ${rows})`,
        desk.people.ada.actor.personId,
      );
    for (const at of [`'2999-01-01'`, `'2000-01-01'`, `'-infinity'`, `'infinity'`])
      await expect(ask(at), at).rejects.toThrow(/asked for now/);
    await expect(ask('now()', 2)).rejects.toThrow(/under way/);
    expect(await ask('now()')).toBe(1);
    await expect(ask('now()')).rejects.toThrow(/under way/);
    desk.context.passTime(Date.now() - desk.context.clock().getTime());
    await takeSnapshot(desk.worker);
    expect(
      await desk.owner.snapshotRequest.count({ where: { snapshot: null, failure: null } }),
    ).toBe(0);
  });

  it('that was asked for ahead of the clock or at no time ends as one that could not be made', async () => {
    const list = () => listSnapshots(desk.people.ada.actor, { before: null }, desk.context);
    const catchUp = () => desk.context.passTime(Date.now() - desk.context.clock().getTime());
    for (const at of [`'-infinity'`, `'2999-01-01'`, `'infinity'`]) {
      // The owner alone can write such rows.
      await desk.owner.$executeRawUnsafe(
        `insert into snapshot_request (id, requested_by, requested_at) values (gen_random_uuid(), $1, ${at})`,
        desk.people.ada.actor.personId,
      );
      expect(valueOf(await list()).snapshots.length, 'and the page can be read').toBeGreaterThan(0);
      catchUp();
      await takeSnapshot(desk.worker);
      expect(valueOf(await list())).toMatchObject({
        underWay: null,
        failed: { why: expect.stringContaining('not now') as string, isOfBooks: false },
      });
    }
  });

  it('is asked for one at a time, by who may, and never changes', async () => {
    const { ada } = desk.people;
    const nobody = { ...ada.actor, scopes: new Set<never>() };
    expect(await requestSnapshot(nobody, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    valueOf(await requestSnapshot(ada.actor, desk.context));
    expect(await requestSnapshot(ada.actor, desk.context)).toMatchObject({
      refusal: { code: 'snapshot-under-way' },
    });
    await takeSnapshot(desk.worker);
    const list = valueOf(await listSnapshots(ada.actor, { before: null }, desk.context));
    expect(list.underWay).toBeNull();
    expect(list.snapshots.length).toBeGreaterThanOrEqual(3);
    await expect(
      desk.owner.snapshotSeed.updateMany({ data: { seed: new Uint8Array(32) } }),
    ).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS001');
  });
});

describe('a proof of control', () => {
  it('is signed by the parties on three people’s word, kept, and verifies without the console', async () => {
    const id = await newSnapshot();
    const operation = await stateAll(desk, await prepare(id));
    expect(await advance(desk, operation)).toBe('done');
    const publication = await publicationOf(id);
    expect(verifyControls(publication)).toMatchObject({ ok: true, proved: [vault], unproved: [] });
    const view = valueOf(await viewSnapshot(desk.people.lena.actor, id, desk.context));
    expect(view.reserves).toMatchObject([{ vault, signature: { verifies: true, operation } }]);
    const list = valueOf(
      await listSnapshots(desk.people.lena.actor, { before: null }, desk.context),
    );
    expect(list.snapshots.find((line) => line.id === id)).toMatchObject({
      proved: 1,
      vaults: 1,
      unproved: [],
    });
    expect(list.snapshots.find((line) => line.id !== id)).toMatchObject({
      proved: 0,
      unproved: [{ vault, name: 'Warm 1' }],
    });
    const { number } = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    expect(number).toMatch(/^CP-\d{4}-000001$/);
  });

  it('is refused for a vault or snapshot that is not there, and to who may not raise it', async () => {
    const id = await newSnapshot();
    expect(await prepare(id, 'warm-9')).toMatchObject({
      refusal: { code: 'vault-not-in-snapshot' },
    });
    expect(await prepare(randomUUID())).toMatchObject({ refusal: { code: 'snapshot-unknown' } });
    const form = { operation: randomUUID(), snapshot: id, vault };
    const nobody = { ...desk.people.ada.actor, scopes: new Set<never>() };
    expect(await prepareProofOfControl(nobody, form, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });

  it('keeps no signature but that of its own operation, vault and snapshot', async () => {
    const [id, other] = [await newSnapshot(), await newSnapshot()];
    const operation = await stateAll(desk, await prepare(id));
    const row = { vaultId: vault, signature: new Uint8Array(64), signedAt: new Date() };
    const keep = (snapshotId: string) =>
      desk.worker.db.controlProof.create({ data: { operationId: operation, snapshotId, ...row } });
    // Not done yet, and then for another snapshot.
    await expect(keep(id)).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS002');
    expect(await advance(desk, operation)).toBe('done');
    await expect(keep(other)).rejects.toThrow();
  });

  it('stands still while its vault is frozen', async () => {
    const id = await newSnapshot();
    const freeze = await prepareFreeze(
      desk.people.ada.actor,
      { operation: randomUUID(), scope: { what: 'vault', vault }, reason: 'A drill of freezes.' },
      desk.context,
    );
    valueOf(await state(desk, 'ada', freeze));
    expect(await prepare(id)).toMatchObject({ refusal: { code: 'vault-frozen' } });
  });
});
