/** Keeps what a drill found: one row that is never changed, and an entry of the audit trail beside it. */
import { createHash } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { DrillKind, DrillOutcome } from './kinds.ts';

export type DrillRecord = {
  id: string;
  kind: DrillKind;
  startedAt: Date;
  endedAt: Date;
  /** Null for one that passed. */
  reason: string | null;
  /** Milliseconds until what was lost worked again; null where it came to nothing. */
  rtoMs: number | null;
  /** Milliseconds of work that are lost at the least; null where nothing was restored. */
  rpoMs: number | null;
  /** What was done and seen, as plain data without personal data: at most 256 KiB as canonical JSON. */
  facts: Readonly<Record<string, unknown>>;
};

/** The text that is kept as evidence, and its SHA-256 in hex. Pure. */
export function drillEvidence(record: DrillRecord): {
  outcome: DrillOutcome;
  evidence: string;
  digest: string;
} {
  const { id, kind, startedAt, endedAt, reason, rtoMs, rpoMs, facts } = record;
  const outcome = reason === null ? 'passed' : 'failed';
  const evidence = canonicalize({
    type: 'countersign/drill/v1',
    drill: id,
    kind,
    outcome,
    reason,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    rtoMs,
    rpoMs,
    facts,
  });
  return { outcome, evidence, digest: createHash('sha256').update(evidence).digest('hex') };
}

/**
 * @param db of the owner of the database; no role of the console may write a drill.
 * @throws the error of the database, such as a drill that did not end just now (CS002).
 */
export async function recordDrill(db: Database, record: DrillRecord): Promise<{ digest: string }> {
  const { id, kind, startedAt, endedAt, reason, rtoMs, rpoMs } = record;
  const { outcome, evidence, digest } = drillEvidence(record);
  const big = (ms: number | null): bigint | null => (ms === null ? null : BigInt(Math.round(ms)));
  await inTransaction(db, async (tx) => {
    await tx.drillRun.create({
      data: {
        id,
        kind,
        startedAt,
        endedAt,
        outcome,
        reason,
        rtoMs: big(rtoMs),
        rpoMs: big(rpoMs),
        evidence,
        digest,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'drill-run',
      subject: id,
      actor: 'system',
      at: endedAt,
      facts: { drill: kind, outcome, evidence: digest, rtoMs, rpoMs },
    });
  });
  return { digest };
}
