/** A verified statement on its way into the database, and the rows every statement writes. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { textColumns, writeMentions, type KeptText } from '#lib/persons/texts/keep-texts.ts';
import { NamesErasedError } from '#lib/persons/texts/names-erased.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { log } from '#lib/platform/log.ts';
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

const stops: ReadonlySet<Intent['kind']> = new Set(['freeze', 'revocation']);

/** What only makes safer never waits for a text: where it can't be kept, its commitment is what stays of it. */
export const goesWithoutText = ({ kind }: Intent, decision: Statement['decision']): boolean =>
  decision === 'raise' && stops.has(kind);

/**
 * Writes the statement, its note and its audit entry. The operation row must exist.
 * @throws NamesErasedError where the note names somebody who was erased since it was written.
 */
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
  const kind = statement.decision === 'raise' ? 'reason' : 'rejection';
  if (note) await keepNote(tx, recorded, { kind, text: note, now });
  if (evidence) await keepText(tx, statement, { kind: 'evidence', text: evidence, now });
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

type Kept = { kind: 'reason' | 'rejection' | 'evidence'; text: KeptText; now: Date };

async function keepNote(
  tx: Tx,
  { statement, intent }: RecordedStatement,
  kept: Kept,
): Promise<void> {
  try {
    await keepText(tx, statement, kept);
  } catch (error) {
    if (!(error instanceof NamesErasedError) || !goesWithoutText(intent, statement.decision))
      throw error;
    log.warn(
      { operation: statement.operation },
      'a stop goes out without its text: it names somebody who was erased meanwhile',
    );
  }
}

/** In a row of its own, which can be erased without touching what was signed. */
async function keepText(
  tx: Tx,
  { operation, person }: Statement,
  { kind, text, now }: Kept,
): Promise<void> {
  // Before the row, so that a text that may not stay leaves nothing.
  await writeMentions(tx, 'operation_note', [text]);
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
}
