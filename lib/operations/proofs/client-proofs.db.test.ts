import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { verifyProof } from '#lib/verify/verify-proof.ts';
import { KEPT_MS } from './asked-proofs.ts';
import { ClientProofDesk } from './client-proof-desk.ts';
import { requestClientProof } from './request-client-proof.ts';
import { openProofDesk, type ProofDesk } from './testing/proof-desk.ts';
import { viewClientProof } from './view-client-proof.ts';
import { viewPublication } from './view-publication.ts';
import { viewSnapshot } from './view-snapshot.ts';

describe('a client’s proof that takes longer than a page may', () => {
  let desk: ProofDesk;
  let id: string;

  beforeAll(async () => {
    desk = await openProofDesk('warm-1', { 'C-1001': 7_000_000_001n, 'C-1002': 5n });
    id = await desk.newSnapshot();
  });
  afterAll(() => desk.close());
  afterEach(async () => {
    await desk.owner.clientProof.deleteMany();
  });

  const ask = (snapshot: string, client: string) =>
    requestClientProof(desk.people.lena.actor, { snapshot, client }, desk.context);
  /** As of a snapshot that is too large for the web server to build. */
  const saved = (snapshot: string, client: string) =>
    viewClientProof(desk.people.lena.actor, { snapshot, client }, desk.context, 0);
  /** As the web server builds it. */
  const built = (client: string) =>
    viewClientProof(desk.people.lena.actor, { snapshot: id, client }, desk.context);
  const publication = async () =>
    valueOf(
      await viewPublication(
        desk.people.lena.actor,
        { snapshot: id, for: 'everybody' },
        desk.context,
      ),
    );
  const listed = async (snapshot: string) =>
    valueOf(await viewSnapshot(desk.people.lena.actor, snapshot, desk.context)).proofs;

  async function work(
    needs: Pick<ProofDesk['worker'], 'db' | 'clock'> = desk.worker,
  ): Promise<void> {
    const proofs = new ClientProofDesk(needs);
    proofs.look();
    await proofs.settled();
    proofs.look();
    await proofs.stop();
  }

  it('is made by the worker, all that wait for a snapshot in one pass, and is the one that is built at once', async () => {
    expect(await saved(id, 'C-1001')).toMatchObject({ refusal: { code: 'proof-not-made' } });
    for (const client of ['C-1001', 'C-1002'])
      expect(valueOf(await ask(id, client)).waitsSince).not.toBeNull();
    expect(await listed(id)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
    await work();
    const { snapshot } = await publication();
    for (const client of ['C-1001', 'C-1002']) {
      const proof = valueOf(await saved(id, client));
      expect(proof).toEqual(valueOf(await built(client)));
      expect(verifyProof({ snapshot, proof })).toMatchObject({ ok: true, client });
      expect(valueOf(await ask(id, client))).toEqual({ waitsSince: null });
    }
    expect(await listed(id)).toMatchObject([{ state: 'made' }, { state: 'made' }]);
    expect(await desk.owner.clientProof.count({ where: { snapshotId: id } })).toBe(2);
  });

  it('is one request whoever asks at the same time, and nobody asks for a client who is not in it', async () => {
    const asked = await Promise.all([ask(id, 'C-1002'), ask(id, 'C-1002')]);
    const [one, other] = asked.map(valueOf);
    expect(one).toEqual(other);
    expect(await desk.owner.clientProof.count({ where: { snapshotId: id } })).toBe(1);
    await desk.owner.client.create({ data: { id: 'C-3001' } });
    expect(await ask(id, 'C-3001')).toMatchObject({ refusal: { code: 'client-not-in-snapshot' } });
    const stopped = new ClientProofDesk(desk.worker);
    await stopped.stop();
    stopped.look();
    await stopped.settled();
    expect(await saved(id, 'C-1002')).toMatchObject({ refusal: { code: 'proof-not-made' } });
    await work();
    valueOf(await saved(id, 'C-1002'));
  });

  it('shows as failing while a pass fails, and is made once it can be', async () => {
    valueOf(await ask(id, 'C-1001'));
    const proofs = new ClientProofDesk(desk.worker);
    await desk.owner.$executeRawUnsafe('revoke select on posting from countersign_worker');
    try {
      proofs.look();
      await proofs.settled();
      for (let time = 0; time < 3; time += 1) expect(() => proofs.look()).toThrow('failed');
    } finally {
      await desk.owner.$executeRawUnsafe('grant select on posting to countersign_worker');
      await proofs.stop();
    }
    expect(await listed(id)).toMatchObject([{ state: 'waiting' }]);
    await work();
    valueOf(await saved(id, 'C-1001'));
  });

  it('is kept for a week, and made again when it is asked for after that', async () => {
    valueOf(await ask(id, 'C-1001'));
    await work();
    const first = valueOf(await saved(id, 'C-1001'));
    const later = {
      ...desk.worker,
      clock: () => new Date(desk.context.clock().getTime() + KEPT_MS + 1),
    };
    await work(later);
    expect(await listed(id)).toEqual([]);
    valueOf(await ask(id, 'C-1001'));
    await work();
    expect(valueOf(await saved(id, 'C-1001'))).toEqual(first);
  });

  it('is neither asked for nor saved by an administrator, who is told whom it is for', async () => {
    const { actor } = desk.people.ada;
    const administrator = { ...actor, scopes: scopesOf(['administrator']) };
    valueOf(await ask(id, 'C-1001'));
    await work();
    const refusal = {
      code: 'not-allowed',
      sentence:
        'This is for custody officers, managers and auditors. Roles change by a roster operation.',
    };
    const of = { snapshot: id, client: 'C-1001' };
    const tries = [
      requestClientProof(administrator, { ...of, client: 'C-1002' }, desk.context),
      viewClientProof(administrator, of, desk.context),
      viewClientProof(administrator, of, desk.context, 0),
    ];
    for (const attempt of tries) expect(await attempt).toMatchObject({ refusal });
    expect(await viewSnapshot(administrator, id, desk.context)).toMatchObject({
      value: { proofs: [], noProofs: refusal.sentence },
    });
    for (const role of ['officer', 'manager', 'auditor'] as const) {
      const other = { ...actor, scopes: scopesOf([role]) };
      valueOf(await viewClientProof(other, of, desk.context));
      expect(valueOf(await viewSnapshot(other, id, desk.context)).noProofs).toBeNull();
    }
  });

  it('is not kept, nor said to be, once the seed of its snapshot was destroyed', async () => {
    const gone = await desk.newSnapshot();
    valueOf(await ask(gone, 'C-1001'));
    await work();
    valueOf(await ask(gone, 'C-1002'));
    await desk.owner.snapshotSeed.delete({ where: { snapshotId: gone } });
    const words = expect.stringContaining('seed of this snapshot was destroyed') as string;
    const failed = { state: 'failed', why: words, until: null };
    expect(await listed(gone)).toMatchObject([failed, failed]);
    await work();
    expect(
      await desk.context.db.clientProof.findMany({ where: { snapshotId: gone } }),
    ).toMatchObject([{ clientId: 'C-1002', document: null, fault: 'seed-gone' }]);
    expect(await saved(gone, 'C-1001')).toMatchObject({ refusal: { code: 'snapshot-seed-gone' } });
    expect(
      valueOf(await viewSnapshot(desk.people.lena.actor, gone, desk.context)).noProofs,
    ).toEqual(words);
  });

  it('ends in a sentence where the books no longer give what the snapshot states', async () => {
    const { snapshot } = await publication();
    const other = randomUUID();
    const stated = canonicalize({ ...snapshot, snapshot: other });
    const now = new Date();
    // The owner alone can write a snapshot of somebody else's roots.
    const by = desk.people.ada.actor.personId;
    await desk.owner.snapshotRequest.create({
      data: { id: other, requestedBy: by, requestedAt: now },
    });
    await desk.owner.reservesSnapshot.create({
      data: {
        id: other,
        document: stated,
        digest: digestOf(JSON.parse(stated)),
        clients: 3,
        takenAt: now,
      },
    });
    await desk.owner.snapshotSeed.create({ data: { snapshotId: other, seed: new Uint8Array(32) } });
    valueOf(await ask(other, 'C-1001'));
    await work();
    expect(await listed(other)).toMatchObject([
      { state: 'failed', why: expect.stringContaining('no longer give') as string },
    ]);
    expect(await ask(other, 'C-1001')).toMatchObject({ refusal: { code: 'proof-failed' } });
  });

  it('is neither dated nor flooded nor written by the web server itself', async () => {
    const by = desk.people.ada.actor.personId;
    const write = (at: string, clients = `'C-1001'`) =>
      desk.context.db.$executeRawUnsafe(
        `insert into client_proof (snapshot_id, client_id, requested_by, requested_at)
          select $1::uuid, c, $2, ${at} from (select ${clients} as c) s`,
        id,
        by,
      );
    for (const at of [`'2999-01-01'`, `'2000-01-01'`, `'-infinity'`, `'infinity'`])
      await expect(write(at), at).rejects.toThrow(/asked for now/);
    await desk.owner.client.createMany({
      data: Array.from({ length: 201 }, (_, place) => ({ id: `C-${50_000 + place}` })),
    });
    await expect(write('now()', `'C-' || generate_series(50000, 50200)`)).rejects.toThrow(
      /enough proofs/,
    );
    expect(await write('now()')).toBe(1);
    const end = (digest: string) =>
      desk.worker.db.clientProof.updateMany({
        where: { snapshotId: id },
        data: {
          endedAt: new Date(),
          document: JSON.stringify({
            type: 'countersign/liability-proof/v1',
            client: 'C-1001',
            snapshotDigest: digest,
          }),
        },
      });
    await expect(end('00')).rejects.toThrow(/of the snapshot/);
    await work();
    const { digest } = await desk.owner.reservesSnapshot.findUniqueOrThrow({ where: { id } });
    await expect(end(digest)).rejects.toThrow(/ends once/);
  });
});
