/** The worker's look at what was approved: both signatures of each correction are verified, once. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ApprovalVerifier, withProof, type WithProof } from './approved-corrections.ts';
import { approvalFaults, type ApprovalFault } from './find-approval-fault.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const lookEveryMs = 5_000;
/** Verified in one look; the rest has its turn at the next. */
const atOnce = 50;

/** Called often; mostly it does nothing. A correction that is not proved opens an incident. */
export class CorrectionWatch {
  readonly #needs: Needs;
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = now;
    const verifier = new ApprovalVerifier(db);
    const rows = await db.ledgerCorrection.findMany({
      where: { state: 'approved', check: { is: null } },
      orderBy: { journal: 'asc' },
      take: atOnce,
      include: withProof,
    });
    for (const row of rows) await record(row, await verifier.findFault(row), this.#needs);
  }
}

async function record(
  { id, number, digest, journal }: WithProof,
  fault: ApprovalFault | null,
  { db, clock }: Needs,
): Promise<void> {
  const at = clock();
  await inTransaction(db, async (tx) => {
    // One worker after the other, so that what is wrong opens one incident.
    await lockNamed(tx, `check of correction ${id}`);
    if (await tx.ledgerCorrectionCheck.findUnique({ where: { correctionId: id } })) return;
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
}
