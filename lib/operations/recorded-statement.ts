/** A verified statement on its way into the database, and the rows every statement writes. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { textColumns, writeMentions, type KeptText } from '#lib/persons/texts/keep-texts.ts';
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
  note: KeptText | null;
  evidence: KeptText | null;
  assertion: AssertionJson;
};

/** Writes the statement, its note and its audit entry. The operation row must exist. */
export async function writeStatement(
  tx: Tx,
  recorded: RecordedStatement,
  now: Date,
): Promise<void> {
  const { statement, assertion, note, evidence } = recorded;
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
    await keepText(
      tx,
      statement,
      statement.decision === 'raise' ? 'reason' : 'rejection',
      note,
      now,
    );
  if (evidence) await keepText(tx, statement, 'evidence', evidence, now);
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

/** In a row of its own, which can be erased without touching what was signed. */
async function keepText(
  tx: Tx,
  { operation, person }: Statement,
  kind: 'reason' | 'rejection' | 'evidence',
  text: KeptText,
  now: Date,
): Promise<void> {
  await tx.operationNote.create({
    data: {
      id: randomUUID(),
      operationId: operation,
      kind,
      personId: person,
      ...textColumns(text),
      createdAt: now,
    },
  });
  await writeMentions(tx, 'operation_note', [text]);
}
