/** Puts on record whom texts name that are sealed under the key of their file, so that an erasure finds them. */
import { NamesErasedError } from '#lib/persons/texts/names-erased.ts';
import type { FileTextTable } from '#lib/persons/texts/mentions.ts';
import { namedIn } from '#lib/persons/texts/people-in.ts';
import { writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { openTexts, type SealedText, type TextHome } from './sealed-texts.ts';

const tableOf = {
  'privacy-breach': 'privacy_breach_text',
  'privacy-hold': 'privacy_hold_text',
} as const satisfies Partial<Record<TextHome, FileTextTable>>;

/**
 * In the transaction that keeps the texts.
 * @param about the event that they come with.
 * @param waitedSince when they were sealed, where they waited for a signature.
 * @throws DataKeysError where the key service can't be reached, and NamesErasedError where somebody was erased meanwhile.
 */
export async function mentionTexts(
  tx: Tx,
  { home, id, seq }: { home: keyof typeof tableOf; id: string; seq: number },
  texts: readonly SealedText[],
  waitedSince: string | null,
): Promise<void> {
  if (texts.length === 0) return;
  const opened = await openTexts(
    id,
    texts.map((text) => ({ ...text, seq })),
    home,
  );
  // The file got another key meanwhile, since something went from its texts.
  if (opened.some(({ text }) => text === null)) throw new NamesErasedError();
  const named = await namedIn(
    tx,
    opened.map(({ text }) => text ?? ''),
  );
  await writeMentions(
    tx,
    tableOf[home],
    opened.map(({ commitment }, index) => ({
      commitment,
      people: (named[index] ?? []).map(({ person }) => person),
      keys: (named[index] ?? []).map(({ key }) => key),
    })),
  );
  if (waitedSince !== null) await refuseErasedSince(tx, waitedSince);
}

/**
 * For texts that waited for a signature: whom they name is looked up now, and who was erased in between is not found any
 * more, so nobody may have been.
 * @throws NamesErasedError where somebody was.
 */
export async function refuseErasedSince(tx: Tx, waitedSince: string): Promise<void> {
  const since = await tx.personErasure.count({
    where: { removedAt: { gte: new Date(waitedSince) } },
  });
  if (since > 0) throw new NamesErasedError();
}
