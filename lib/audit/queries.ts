import type { Database } from '#lib/platform/db/client.ts';
import type { AuditFacts } from './leaf.ts';

export type AuditEntryView = {
  id: string;
  kind: string;
  actor: string;
  /** ISO instant. */
  at: string;
  facts: AuditFacts;
  /** Lower-case hex. */
  leafHash: string;
};

export type AuditPage = {
  entries: AuditEntryView[];
  /** Pass as `before` for the next, older page; null at the end. */
  next: string | null;
};

const pageMax = 100;

/** Entries about one subject, newest first. @param wanted.kinds all of them when left out. */
export async function auditOf(
  db: Database,
  wanted: { subject: string; kinds?: readonly string[]; before?: string; limit?: number },
): Promise<AuditPage> {
  const limit = Math.min(wanted.limit ?? 50, pageMax);
  const rows = await db.auditEntry.findMany({
    where: {
      subject: wanted.subject,
      ...(wanted.kinds === undefined ? {} : { kind: { in: [...wanted.kinds] } }),
      ...(wanted.before === undefined ? {} : { id: { lt: BigInt(wanted.before) } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    entries: page.map((row) => ({
      id: row.id.toString(),
      kind: row.kind,
      actor: row.actor,
      at: row.at.toISOString(),
      facts: (JSON.parse(Buffer.from(row.leaf).toString('utf8')) as { facts: AuditFacts }).facts,
      leafHash: Buffer.from(row.leafHash).toString('hex'),
    })),
    next: rows.length > limit ? (page.at(-1)?.id.toString() ?? null) : null,
  };
}
