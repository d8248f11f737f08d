import { committed } from '#lib/audit/committed-text.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Texts } from './texts.ts';

/**
 * Keeps the first version of each text beside its case or step, with the commitment that stays when
 * the text is erased.
 */
export async function writeTexts(
  tx: Tx,
  {
    caseId,
    seq,
    texts,
    by,
    at,
  }: { caseId: string; seq: number; texts: Texts; by: string; at: Date },
): Promise<void> {
  const data = Object.entries(texts).map(([kind, text]) => ({
    caseId,
    seq,
    kind,
    version: 1,
    writtenBy: by,
    writtenAt: at,
    ...committed(text),
  }));
  if (data.length > 0) await tx.registerText.createMany({ data });
}
