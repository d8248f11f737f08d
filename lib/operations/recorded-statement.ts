/** A verified statement on its way into the database, and the rows every statement writes. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { AssertionJson, Statement } from '#lib/protocol/statement.ts';

export type RecordedStatement = {
  statement: Statement;
  /** Canonical text of the statement. */
  document: string;
  intent: Intent;
  intentText: string;
  note: { text: string; salt: string } | null;
  assertion: AssertionJson;
};

/** Writes the statement, its note and its audit entry. The operation row must exist. */
export async function writeStatement(
  tx: Tx,
  recorded: RecordedStatement,
  now: Date,
): Promise<void> {
  const { statement, assertion, note } = recorded;
  await tx.operationStatement.create({
    data: {
      operationId: statement.operation,
      personId: statement.person,
      decision: statement.decision,
      attempt: statement.attempt,
      document: recorded.document,
      assertion: asJson(assertion),
      credentialId: assertion.id,
      recordedAt: now,
    },
  });
  if (note)
    await tx.operationNote.create({
      data: {
        id: randomUUID(),
        operationId: statement.operation,
        kind: statement.decision === 'raise' ? 'reason' : 'rejection',
        personId: statement.person,
        text: note.text,
        salt: new Uint8Array(Buffer.from(note.salt, 'base64url')),
        createdAt: now,
      },
    });
  await appendAudit(tx, {
    kind: 'statement-recorded',
    subject: statement.operation,
    actor: statement.person,
    at: now,
    facts: {
      decision: statement.decision,
      attempt: statement.attempt,
      intentDigest: statement.intentDigest,
      credential: assertion.id,
      rosterVersion: statement.rosterVersion,
      policyVersion: statement.policyVersion,
      noteCommitment: statement.reason?.noteCommitment ?? null,
    },
  });
}
