/** The worker's look at what was approved: both signatures of each correction are verified, once. */
import type { Context } from '#lib/platform/context.ts';
import { ProofWatch, type Proving } from '../proof/proof-watch.ts';
import { verifyCorrection, withProof, type WithProof } from './approved-corrections.ts';
import { approvalFaults, type ApprovalFault } from './find-approval-fault.ts';

const approved: Proving<WithProof, ApprovalFault> = {
  unchecked: (db, { resting, take }) =>
    db.ledgerCorrection.findMany({
      where: { state: 'approved', check: { is: null }, id: { notIn: resting } },
      orderBy: { journal: 'asc' },
      take,
      include: withProof,
    }),
  idOf: ({ id }) => id,
  findFault: (row, { counted }) => verifyCorrection(row, counted),
  subjectOf: ({ number }) => number,
  logged: 'a correction is not proved',
  incident: {
    what: 'correction-unproved',
    title: ({ number, journal }, fault) =>
      `${number}, posted as journal ${journal?.toString() ?? ''}, is not proved: ${approvalFaults[fault]}`,
  },
  keep: (tx, { id }, check) =>
    tx.ledgerCorrectionCheck.create({
      data: { correctionId: id, ...check },
      select: { correctionId: true },
    }),
  audit: {
    kind: 'correction-verified',
    facts: ({ id, digest }) => ({ correction: id, digest }),
  },
  told: ({ id }) => ({ topic: 'ledger', id }),
};

/** A correction that is not proved opens an incident. */
export class CorrectionWatch extends ProofWatch<WithProof, ApprovalFault> {
  constructor(needs: Pick<Context, 'db' | 'clock'>) {
    super(needs, approved);
  }
}
