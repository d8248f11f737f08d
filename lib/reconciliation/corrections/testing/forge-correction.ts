/** Corrections as a web server in hostile hands writes them into the database, past every use case. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { JournalLine } from '#lib/ledger/post-journal.ts';
import { postCorrection } from '#lib/ledger/post-correction.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { correctionDigest, type CorrectionDocument } from '#lib/protocol/correction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import type { Signer } from './press-correction.ts';

export type Forgery = {
  lines: readonly JournalLine[];
  /** What signs for each; null for a text that nothing signed, under the name of the person’s own key. */
  keys: readonly [SoftwareAuthenticator | null, SoftwareAuthenticator | null];
  break?: CorrectionDocument['break'];
  expiresAt?: Date;
};

/**
 * Raised and approved in the names of two people, and posted, in one transaction with the rights of the web server.
 * @returns the journal. @throws what the database refuses.
 */
export async function forgeCorrection(
  [one, other]: readonly [Signer, Signer],
  { lines, keys, break: answered = null, expiresAt }: Forgery,
  { db, settings }: Context,
): Promise<{ correction: string; journal: bigint }> {
  const [raiser, approver] = [one.actor.personId, other.actor.personId];
  const at = new Date();
  const { organisation, mode: environment, origin } = settings;
  const document: CorrectionDocument = {
    type: 'countersign/correction/v1',
    organisation,
    environment,
    correction: randomUUID(),
    lines: lines.map(({ account, amount }) => ({ account, amount: amount.toString() })),
    corrects: null,
    break: answered,
    reasonCommitment: 'ab'.repeat(32),
    raisedBy: raiser,
    expiresAt: (expiresAt ?? new Date(at.getTime() + 86_400_000)).toISOString(),
  };
  const { correction, corrects } = document;
  const digest = correctionDigest(document);
  const sign = (
    decision: 'raise' | 'approve',
    { actor, key: own }: Signer,
    key: SoftwareAuthenticator | null,
  ) => {
    const statement = {
      type: 'countersign/correction-statement/v1' as const,
      organisation,
      environment,
      correction,
      digest,
      decision,
      person: actor.personId,
      nonce: randomBytes(32).toString('base64url'),
      issuedAt: at.toISOString(),
    };
    const assertion = key?.assert({ challenge: challengeOf(statement), origin }) ?? {};
    const { credentialId } = key ?? own;
    return { document: canonicalize(statement), assertion: asJson(assertion), credentialId };
  };
  return inTransaction(db, async (tx) => {
    await tx.ledgerCorrection.create({
      data: {
        id: correction,
        number: `LC-${randomBytes(4).readUInt32BE().toString().padStart(6, '0')}`,
        document: canonicalize(document),
        digest,
        breakId: answered?.id ?? null,
        raisedBy: raiser,
        raisedAt: at,
        expiresAt: document.expiresAt,
      },
    });
    for (const [what, decision, signer, key] of [
      ['raised', 'raise', one, keys[0]],
      ['approved', 'approve', other, keys[1]],
    ] as const) {
      const event = await tx.ledgerCorrectionEvent.create({
        data: { correctionId: correction, what, actor: signer.actor.personId, at },
        select: { id: true },
      });
      await tx.ledgerCorrectionStatement.create({
        data: { eventId: event.id, ...sign(decision, signer, key) },
        select: { eventId: true },
      });
    }
    const posted = await postCorrection(tx, {
      correction,
      approver,
      lines: document.lines,
      corrects,
      at,
    });
    if (!posted.ok) throw new Error(posted.refusal.code);
    const { journal } = posted.value;
    await tx.ledgerCorrection.update({
      where: { id: correction },
      data: { state: 'approved', endedBy: approver, endedAt: at, journal },
    });
    return { correction, journal };
  });
}
