/** The approval of a correction: everything is checked again, and its journal is posted in the same transaction. */
import type { Actor } from '#lib/identity/actor.ts';
import { findGrantEnd, loadGrantEnds } from '#lib/identity/grant-end.ts';
import { scopesOf } from '#lib/identity/roles.ts';
import { postCorrection, type PostCorrectionRefusal } from '#lib/ledger/post-correction.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { findStatementFault } from '#lib/protocol/check-correction.ts';
import type { CorrectionDocument, CorrectionStatement } from '#lib/protocol/correction.ts';
import { closeBreakByCorrection } from '../breaks/close-by-correction.ts';
import { findGroundFault, type GroundRefusal } from './check-ground.ts';
import {
  correctionUnknown,
  documentOf,
  findEnd,
  type CorrectionRow,
  type EndedRefusal,
} from './correction-row.ts';
import { samePerson } from './prepare-correction.ts';
import { recordEvent, tellOfStep, type CorrectionStep, type SignedText } from './record-step.ts';
import type { CorrectionOutcome } from './submit-correction.ts';

export type ApprovalRefusal =
  | GroundRefusal
  | EndedRefusal
  | PostCorrectionRefusal
  | 'correction-unknown'
  | 'same-person'
  | 'raiser-stopped'
  | 'raiser-not-allowed'
  | 'raise-not-proved';

type Approval = { actor: Actor; statement: CorrectionStatement; signed: SignedText; at: Date };

/** Of two who approve at once, the second waits for the first and is told that it was done. */
export async function approveCorrectionIn(
  tx: Tx,
  { actor, statement, signed, at }: Approval,
  context: Context,
): Promise<Result<CorrectionOutcome, ApprovalRefusal>> {
  const { correction } = statement;
  await tx.$queryRaw`select id from ledger_correction where id = ${correction}::uuid for no key update`;
  const row = await tx.ledgerCorrection.findUnique({ where: { id: correction } });
  if (!row || row.digest !== statement.digest) return correctionUnknown();
  const ended = findEnd(row, at);
  if (ended) return ended;
  if (row.raisedBy === actor.personId) return samePerson();
  const document = documentOf(row);
  // A run that looks at the break again comes before or after, not in between.
  if (row.breakId !== null)
    await tx.$queryRaw`select id from break_record where id = ${row.breakId}::uuid for no key update`;
  // Two that give away of the same entry meet here.
  if (document.corrects !== null) await lockNamed(tx, `correction of journal ${document.corrects}`);
  const fault =
    (await findRaiserFault(tx, { row, document, at }, context)) ??
    (await findGroundFault(tx, document, at));
  if (fault) return fault;
  const step: CorrectionStep = { what: 'approved', by: actor.personId, at, note: null, signed };
  // The database posts only what two have signed, so the approval stands before its journal; what it refuses
  // takes the approval back, while the challenge stays spent.
  await tx.$executeRaw`savepoint approval`;
  await recordEvent(tx, row.id, step);
  const posted = await postCorrection(tx, {
    correction,
    approver: actor.personId,
    lines: document.lines,
    corrects: document.corrects,
    at,
  });
  if (!posted.ok) {
    await tx.$executeRaw`rollback to savepoint approval`;
    return posted;
  }
  const { journal } = posted.value;
  await tx.ledgerCorrection.update({
    where: { id: row.id },
    data: { state: 'approved', endedBy: actor.personId, endedAt: at, journal },
    select: { id: true },
  });
  await tellOfStep(tx, row, step, { journal: journal.toString(), raisedBy: row.raisedBy });
  if (row.breakId !== null)
    await closeBreakByCorrection(
      tx,
      {
        id: row.breakId,
        correction,
        journal: journal.toString(),
        raiser: row.raisedBy,
        approver: actor.personId,
      },
      at,
    );
  return ok({ correction, number: row.number, journal: journal.toString() });
}

/** Whether the raise is proved still: by the key that signed it, of somebody who may still act and raise. */
async function findRaiserFault(
  tx: Tx,
  { row, document, at }: { row: CorrectionRow; document: CorrectionDocument; at: Date },
  { settings }: Context,
): Promise<Refused<'raiser-stopped' | 'raiser-not-allowed' | 'raise-not-proved'> | null> {
  const event = await tx.ledgerCorrectionEvent.findUnique({
    where: { correctionId_what: { correctionId: row.id, what: 'raised' } },
    include: { statement: true },
  });
  const kept = event?.statement;
  const credential =
    kept &&
    (await tx.credential.findUnique({
      where: { id: kept.credentialId },
      include: { operator: true },
    }));
  if (
    !kept ||
    credential?.operatorId !== row.raisedBy ||
    findStatementFault(
      { text: kept.document, assertion: kept.assertion, credential },
      {
        document,
        decision: 'raise',
        person: row.raisedBy,
        origin: settings.origin,
        rpId: settings.rpId,
      },
    ) !== null
  )
    return refuse(
      'raise-not-proved',
      'The statement of who raised this correction does not verify, so somebody may have written it past the console. Approve nothing, and tell whoever answers for the database.',
    );
  const grants = { operatorId: row.raisedBy, credentialId: credential.id };
  if (
    credential.status !== 'active' ||
    credential.operator.status !== 'active' ||
    findGrantEnd(await loadGrantEnds(tx, grants), at)
  )
    return refuse(
      'raiser-stopped',
      'Who raised this correction, or the key they signed it with, has been stopped since. Decline it, and raise it again if it holds.',
    );
  if (scopesOf(credential.operator.roles).has('correction:raise')) return null;
  return refuse(
    'raiser-not-allowed',
    'Who raised this correction may raise none any more. Decline it, and raise it again if it holds.',
  );
}
