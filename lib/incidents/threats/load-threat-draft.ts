import { openTexts } from '#lib/audit/sealed-text.ts';
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

/**
 * What was last written into the notification of a threat; null where nothing was.
 * @throws DataKeysError where the key service can't be reached: nothing else may be taken for it.
 */
export async function loadThreatDraft(tx: Tx, incidentId: string): Promise<ThreatDraft | null> {
  const row = await tx.threatDraft.findFirst({
    where: { incidentId },
    orderBy: { version: 'desc' },
  });
  if (!row) return null;
  const [text = null] = await openTexts('threat_draft', [row]);
  return {
    version: row.version,
    values: text === null ? null : threatValues.parse(JSON.parse(text)),
    writtenBy: row.writtenBy,
    writtenAt: row.writtenAt.toISOString(),
  };
}
