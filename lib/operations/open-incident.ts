import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';

export type NewIncident = {
  what:
    | 'freeze'
    | 'release'
    | 'break-glass'
    | 'unexplained-outflow'
    | 'unexplained-balance'
    | 'chain-reorganised'
    | 'token-differs'
    | 'deposit-reversed'
    | 'settlement-undone'
    | 'assets-mixed'
    | 'correction-unproved'
    | 'break-over-limit'
    | 'break-closing-unproved'
    | 'signature-unproved'
    | 'major-dropped'
    | 'key-refused';
  /** One line without personal data; it stays. */
  title: string;
  /** Person id, or `system`. */
  openedBy: string;
  /** Operations it is about; their rows must exist. */
  operations: readonly string[];
};

/** Opens a record that somebody has to answer for, in the caller's transaction. @returns its number. */
export async function openIncident(tx: Tx, incident: NewIncident, now: Date): Promise<string> {
  const id = randomUUID();
  const { what, title, openedBy } = incident;
  const { number } = await tx.incidentRecord.create({
    data: { id, what, title, openedAt: now, openedBy },
    select: { number: true },
  });
  await tx.incidentOperation.createMany({
    data: incident.operations.map((operationId) => ({ incidentId: id, operationId })),
  });
  await appendAudit(tx, {
    kind: 'incident-opened',
    subject: number,
    actor: openedBy,
    at: now,
    facts: { what, operation: incident.operations[0] ?? null },
  });
  await publish(tx, { topic: 'incidents', id });
  return number;
}
