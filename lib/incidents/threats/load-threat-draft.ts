import type { Tx } from '#lib/platform/db/transaction.ts';
import type { ThreatValues } from '../report/threat-notification.ts';
import { threatValues } from './threat-values.ts';

export type ThreatDraft = {
  version: number;
  /** Null once they were erased. */
  values: ThreatValues | null;
  writtenBy: string;
  /** ISO instant. */
  writtenAt: string;
};

/** What was last written into the notification of a threat; null where nothing was. */
export async function loadThreatDraft(tx: Tx, incidentId: string): Promise<ThreatDraft | null> {
  const row = await tx.threatDraft.findFirst({
    where: { incidentId },
    orderBy: { version: 'desc' },
  });
  return (
    row && {
      version: row.version,
      values: row.text === null ? null : threatValues.parse(JSON.parse(row.text)),
      writtenBy: row.writtenBy,
      writtenAt: row.writtenAt.toISOString(),
    }
  );
}
