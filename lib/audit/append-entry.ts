import type { Tx } from '#lib/platform/db/transaction.ts';
import { auditLeaf, type AuditEntry } from './leaf.ts';

/**
 * Writes an audit entry in the caller's transaction, so that the change and its record stand or
 * fall together.
 * @throws AuditEntryError for an entry that must not be written.
 */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.auditEntry.create({ data: columnsOf(entry), select: { id: true } });
}

/**
 * The same for many entries, in their order, in one statement.
 * @throws AuditEntryError where one of them must not be written; then none is.
 */
export async function appendAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await tx.auditEntry.createMany({ data: entries.map(columnsOf) });
}

function columnsOf(entry: AuditEntry) {
  const { kind, subject, actor, at } = entry;
  const { bytes, hash } = auditLeaf(entry);
  return { kind, subject, actor, at, leaf: bytes, leafHash: hash };
}
