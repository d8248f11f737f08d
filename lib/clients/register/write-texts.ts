import { keepTexts, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Texts } from './texts.ts';

/**
 * Keeps the first version of each text beside its case or step, with the commitment that stays when
 * the text is erased.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
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
  const given = Object.entries(texts);
  const kept = await keepTexts(
    tx,
    'register_text',
    given.map(([, text]) => text),
  );
  if (kept.length === 0) return;
  const data = kept.map((text, index) => ({
    caseId,
    seq,
    kind: given[index]?.[0] ?? '',
    version: 1,
    writtenBy: by,
    writtenAt: at,
    ...textColumns(text),
  }));
  await tx.registerText.createMany({ data });
  await writeMentions(tx, 'register_text', kept);
}
