/** The worker's look at what was approved: both signatures of each correction are verified, once. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { ApprovalVerifier, withProof, type WithProof } from './approved-corrections.ts';
import { approvalFaults, type ApprovalFault } from './find-approval-fault.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const lookEveryMs = 5_000;
/** Verified in one look; the rest has its turn at the next. */
const atOnce = 50;
/** Failures after which a look ends, so that the worker's other duties do not wait for it. */
const failuresMax = 5;
/** Whoever holds a lock in the database holds up what is written down for so long, not what is found. */
const LOCK_WAIT = '500ms';
const UNIQUE_VIOLATION = '23505';

/** Called often; mostly it does nothing. A correction that is not proved opens an incident. */
export class CorrectionWatch {
  readonly #needs: Needs;
  readonly #turns = new Turns();
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** @throws the first failure of a look, once the others have had their turn. */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = now;
    const verifier = new ApprovalVerifier(db);
    const rows = await db.ledgerCorrection.findMany({
      where: { state: 'approved', check: { is: null }, id: { notIn: this.#turns.resting(now) } },
      orderBy: { journal: 'asc' },
      take: atOnce,
      include: withProof,
    });
    const failures: unknown[] = [];
    for (const row of rows) {
      if (failures.length === failuresMax) break;
      try {
        const fault = await verifier.findFault(row);
        // The log is out of reach for whoever has the database.
        if (fault) log.error({ correction: row.number, fault }, 'a correction is not proved');
        await record(row, fault, this.#needs);
        this.#turns.went(row.id);
      } catch (error) {
        this.#turns.failed(row.id, now);
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Once, whichever worker comes first: the row's key decides, and takes the other's incident back with it. */
async function record(
  { id, number, digest, journal }: WithProof,
  fault: ApprovalFault | null,
  { db, clock }: Needs,
): Promise<void> {
  const at = clock();
  const recording = inTransaction(db, async (tx) => {
    await tx.$executeRaw`select set_config('lock_timeout', ${LOCK_WAIT}, true)`;
    const incident =
      fault &&
      (await openIncident(
        tx,
        {
          what: 'correction-unproved',
          title: `${number}, posted as journal ${journal?.toString() ?? ''}, is not proved: ${approvalFaults[fault]}`,
          openedBy: 'system',
          operations: [],
        },
        at,
      ));
    await tx.ledgerCorrectionCheck.create({
      data: { correctionId: id, checkedAt: at, fault, incident },
      select: { correctionId: true },
    });
    await appendAudit(tx, {
      kind: 'correction-verified',
      subject: number,
      actor: 'worker',
      at,
      facts: { correction: id, digest, fault, incident },
    });
    await publish(tx, { topic: 'ledger', id });
  });
  await recording.catch((error: unknown) => {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
  });
}
