/** Gives out what somebody signs to raise or approve a correction. Nothing changes until it comes back signed. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { keysRefusal, type KeysRefusal } from '#lib/persons/keys-refusal.ts';
import { keepText } from '#lib/persons/texts/keep-texts.ts';
import { toPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { correctionDigest, type CorrectionDocument } from '#lib/protocol/correction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex } from '#lib/protocol/scalars.ts';
import { findGroundFault, type GroundRefusal } from './check-ground.ts';
import { correctionTarget, raiseFields } from './correction-form.ts';
import {
  correctionLifetimeMs,
  correctionUnknown,
  documentOf,
  findEnd,
  type EndedRefusal,
} from './correction-row.ts';
import { issueCorrectionChallenge, type CorrectionRequest } from './issue-challenge.ts';
import { readLines } from './read-lines.ts';

const raiseForm = z.strictObject({ decision: z.literal('raise'), ...raiseFields });
const form = z.discriminatedUnion('decision', [
  raiseForm,
  /** With the digest that the page showed: nothing else is signed. */
  z.strictObject({ decision: z.literal('approve'), ...correctionTarget, digest: digestHex }),
]);

export type PrepareRefusal =
  | GroundRefusal
  | EndedRefusal
  | 'not-allowed'
  | 'form-invalid'
  | 'correction-unknown'
  | 'same-person'
  | KeysRefusal
  | 'too-many-challenges';

export async function prepareCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<CorrectionRequest, PrepareRefusal>> {
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse(
      'form-invalid',
      parsed.error.issues[0]?.message ?? 'Fill in the lines, and say why.',
    );
  const wanted = parsed.data;
  return wanted.decision === 'raise'
    ? prepareRaise(actor, wanted, context)
    : prepareApproval(actor, wanted, context);
}

async function prepareRaise(
  actor: Actor,
  wanted: z.infer<typeof raiseForm>,
  context: Context,
): Promise<Result<CorrectionRequest, PrepareRefusal>> {
  const refused = lacksScope(actor, 'correction:raise');
  if (refused) return refused;
  const lines = readLines(wanted.lines);
  if (!lines.ok) return lines;
  const { db, clock, settings } = context;
  const answered =
    wanted.break === null
      ? null
      : await db.breakRecord.findUnique({
          where: { id: wanted.break },
          select: { id: true, number: true, content: true },
        });
  if (wanted.break !== null && !answered) return refuse('break-unknown', 'There is no such break.');
  const at = clock();
  const kept = await keysRefusal(async () =>
    ok(await keepText(db, 'ledger_correction_note', wanted.reason)),
  );
  if (!kept.ok) return kept;
  const document: CorrectionDocument = {
    type: 'countersign/correction/v1',
    organisation: settings.organisation,
    environment: settings.mode,
    correction: randomUUID(),
    lines: lines.value,
    corrects: wanted.corrects,
    break: answered,
    reasonCommitment: kept.value.commitment,
    raisedBy: actor.personId,
    expiresAt: new Date(at.getTime() + correctionLifetimeMs).toISOString(),
  };
  const fault = await findGroundFault(db, document, at);
  if (fault) return fault;
  const payload = {
    decision: 'raise',
    document: canonicalize(document),
    note: toPayload(kept.value),
  } as const;
  return issueCorrectionChallenge(
    actor,
    statementOf(document, 'raise', actor, context),
    payload,
    context,
  );
}

async function prepareApproval(
  actor: Actor,
  { id, digest }: { id: string; digest: string },
  context: Context,
): Promise<Result<CorrectionRequest, PrepareRefusal>> {
  const refused = lacksScope(actor, 'correction:approve');
  if (refused) return refused;
  const at = context.clock();
  // At one moment: what another approval has just posted is not taken for a fault of the ground.
  const read = await inSnapshot(context.db, async (tx) => {
    const row = await tx.ledgerCorrection.findUnique({ where: { id } });
    if (!row || row.digest !== digest) return correctionUnknown();
    const ended = findEnd(row, at);
    if (ended) return ended;
    if (row.raisedBy === actor.personId) return samePerson();
    const found = documentOf(row);
    return (await findGroundFault(tx, found, at)) ?? ok(found);
  });
  if (!read.ok) return read;
  const document = read.value;
  const statement = statementOf(document, 'approve', actor, context);
  return issueCorrectionChallenge(actor, statement, { decision: 'approve' }, context);
}

export const samePerson = () =>
  refuse(
    'same-person',
    'You raised this correction, so somebody else has to approve or decline it. You can withdraw it.',
  );

const statementOf = (
  document: CorrectionDocument,
  decision: 'raise' | 'approve',
  actor: Actor,
  { settings, clock }: Context,
) => ({
  type: 'countersign/correction-statement/v1' as const,
  organisation: settings.organisation,
  environment: settings.mode,
  correction: document.correction,
  digest: correctionDigest(document),
  decision,
  person: actor.personId,
  nonce: newNonce(),
  issuedAt: clock().toISOString(),
});
