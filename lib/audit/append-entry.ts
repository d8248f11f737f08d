import type { Tx } from '#lib/platform/db/transaction.ts';
import { auditLeaf, type AuditEntry } from './leaf.ts';

/**
 * Writes an audit entry in the caller's transaction, so that the change and its record stand or
 * fall together.
 * @throws AuditEntryError for an entry that must not be written.
 */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { bytes, hash } = auditLeaf(entry);
  await tx.auditEntry.create({
    data: {
      kind: entry.kind,
      subject: entry.subject,
      actor: entry.actor,
      at: entry.at,
      leaf: bytes,
      leafHash: hash,
    },
    select: { id: true },
  });
}
