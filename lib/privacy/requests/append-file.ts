import type { Tx } from '#lib/platform/db/transaction.ts';
import { appendEvent } from './append-event.ts';
import type { Seat } from './clock.ts';
import type { KeptType } from './kept-file.ts';
import type { SealedFile } from './sealed-files.ts';
import type { SealedText } from './sealed-texts.ts';

/** A file with its texts, sealed for the event that it comes with. */
export type FileToAppend = {
  mediaType: KeptType;
  /** Bytes of the plain file. */
  size: number;
  file: SealedFile;
  texts: readonly SealedText[];
};

/**
 * Writes a file with its event, in the caller's transaction.
 * @param about the request as it was just read under its lock.
 * @returns the number of the event.
 * @throws what the database's guards refuse.
 */
export async function appendFile(
  tx: Tx,
  about: { id: string; number: string; seq: number },
  { mediaType, size, file, texts }: FileToAppend,
  { by, at, seat }: { by: string; at: Date; seat: Seat | null },
): Promise<number> {
  const { commitment, parts } = file;
  const facts = { mediaType, size, commitment, parts: parts.length };
  const seq = await appendEvent(tx, about, { kind: 'file-added', facts, texts, by, at }, seat);
  await tx.privacyRequestFile.createMany({
    data: parts.map((sealed, index) => ({ requestId: about.id, seq, part: index + 1, sealed })),
  });
  return seq;
}
