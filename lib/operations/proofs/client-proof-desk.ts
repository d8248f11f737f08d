/**
 * The worker's part in clients' proofs. A proof takes a pass over all balances, minutes for a million
 * clients, so it is made beside the worker's other duties, which wait for nothing of it, and all that wait for
 * one snapshot are made in one pass. What waits is a row; a worker that was stopped goes on from there.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { BalanceError } from '#lib/ledger/liabilities/build-tree.ts';
import { Beside } from '#lib/platform/beside.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { LiabilityProof } from '#lib/protocol/reserves.ts';
import { Turns } from '../worker/turns.ts';
import { KEPT_MS } from './asked-proofs.ts';
import { BooksDifferError, composeProofs } from './compose-proofs.ts';

const lookEveryMs = 2_000;
/** Made in one pass: the paths of so many fit into memory with room to spare. */
const together = 200;
/** What failed can be asked for again sooner, once what it failed of was looked at. */
const failedKeptMs = 3_600_000;

type Needs = Pick<Context, 'db' | 'clock'>;
type Fault = 'not-in-snapshot' | 'seed-gone' | 'books';
type Made = { client: string } & (
  | { document: string; fault: null }
  | { document: null; fault: Fault }
);

export class ClientProofDesk {
  readonly #needs: Needs;
  readonly #turns = new Turns();
  readonly #beside = new Beside({ everyMs: lookEveryMs });
  #failure: unknown = null;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Begins what there is to do, unless it is at it. @throws while some of it fails; that rests, and is tried again. */
  look(): void {
    this.#beside.look((signal) => this.#pass(signal));
  }

  /** Waits for what is being made. */
  async settled(): Promise<void> {
    await this.#beside.settled();
  }

  /** Leaves off soon; a later start makes what waits. */
  async stop(): Promise<void> {
    await this.#beside.stop();
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#needs;
    const before = (ms: number) => ({ lt: new Date(clock().getTime() - ms) });
    await db.clientProof.deleteMany({
      where: {
        OR: [
          { endedAt: before(KEPT_MS) },
          { fault: { not: null }, endedAt: before(failedKeptMs) },
          // A seed is destroyed so that nobody has a proof of that snapshot any more.
          { document: { not: null }, snapshot: { seed: null } },
        ],
      },
    });
    const resting = this.#turns.resting(clock().getTime());
    const oldest = (snapshotId: { notIn: string[] } | { in: string[] }) =>
      db.clientProof.findFirst({
        where: { endedAt: null, snapshotId },
        orderBy: { requestedAt: 'asc' },
        select: { snapshotId: true },
      });
    const next = await oldest({ notIn: resting });
    if (next) return this.#carryOut(next.snapshotId, signal);
    if (await oldest({ in: resting })) throw this.#failure;
  }

  async #carryOut(snapshotId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#make(snapshotId, signal);
      this.#turns.went(snapshotId);
    } catch (error) {
      this.#turns.failed(snapshotId, this.#needs.clock().getTime());
      this.#failure = error;
      throw error;
    }
  }

  async #make(snapshotId: string, signal: AbortSignal): Promise<void> {
    const { db } = this.#needs;
    const waiting = await db.clientProof.findMany({
      where: { snapshotId, endedAt: null },
      orderBy: { clientId: 'asc' },
      take: together,
      select: { clientId: true },
    });
    const clients = waiting.map(({ clientId }) => clientId);
    const made = await this.#compose(snapshotId, { clients, signal });
    for (const one of made) await this.#keep(snapshotId, one);
  }

  async #compose(
    snapshotId: string,
    { clients, signal }: { clients: readonly string[]; signal: AbortSignal },
  ): Promise<Made[]> {
    const { db } = this.#needs;
    const none = (fault: Fault): Made[] =>
      clients.map((client) => ({ client, document: null, fault }));
    const row = await db.reservesSnapshot.findUniqueOrThrow({
      where: { id: snapshotId },
      include: { seed: true },
    });
    if (!row.seed) return none('seed-gone');
    const { document, digest } = row;
    const seed = new Uint8Array(row.seed.seed);
    try {
      const proofs = await composeProofs(db, { document, digest, seed, signal }, clients);
      return clients.map((client) => madeOf(client, proofs.get(client)));
    } catch (error) {
      if (!(error instanceof BooksDifferError) && !(error instanceof BalanceError)) throw error;
      log.error({ err: error, snapshot: snapshotId }, 'a snapshot can no longer be proved');
      return none('books');
    }
  }

  /** Once, whichever worker comes first. */
  async #keep(snapshotId: string, { client, document, fault }: Made): Promise<void> {
    const { db, clock } = this.#needs;
    const at = clock();
    await inTransaction(db, async (tx) => {
      const { count } = await tx.clientProof.updateMany({
        where: { snapshotId, clientId: client, endedAt: null },
        data: { endedAt: at, document, fault },
      });
      if (count === 0) return;
      await appendAudit(tx, {
        kind: 'snapshot-proof-made',
        subject: snapshotId,
        actor: 'worker',
        at,
        facts: { client, fault },
      });
      await publish(tx, { topic: 'proofs', id: snapshotId });
    });
  }
}

const madeOf = (client: string, proof: LiabilityProof | undefined): Made =>
  proof
    ? { client, document: canonicalize(proof), fault: null }
    : { client, document: null, fault: 'not-in-snapshot' };
