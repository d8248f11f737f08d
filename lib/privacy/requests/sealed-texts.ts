/** How texts of events are sealed: bound to the file, the event and the field, with the salt of their commitment. */
import { randomBytes } from 'node:crypto';
import { commitmentOf } from '#lib/audit/salted-commitment.ts';
import type { Opened } from '#lib/platform/data-keys/data-keys.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { batches } from '#lib/platform/data-keys/sealed-parts.ts';

/** Before each text stands the salt of its commitment. */
export const SALT_BYTES = 32;

export type SealedText = { field: string; sealed: Uint8Array<ArrayBuffer>; commitment: string };

/** What the texts belong to, as their seals name it. */
export type TextHome = 'privacy-request' | 'privacy-hold' | 'privacy-breach';

type File = {
  /** A request where it is not said. */
  home?: TextHome;
  id: string;
  keyId: string;
  seq: number;
};

/** Under which context a text is sealed, so that it opens nowhere else. */
export const contextOf = (home: TextHome, id: string, seq: number, field: string): string =>
  `${home}/${id}/${seq}/${field}`;

/**
 * @param seq number of the event that they come with.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 */
export async function sealTexts(
  { home = 'privacy-request', id, keyId, seq }: File,
  texts: Readonly<Record<string, string>>,
): Promise<SealedText[]> {
  const made = Object.entries(texts).map(([field, text]) => {
    const salt = new Uint8Array(randomBytes(SALT_BYTES));
    const plain = new Uint8Array(Buffer.concat([salt, Buffer.from(text, 'utf8')]));
    return { field, plain, commitment: commitmentOf(text, salt) };
  });
  const sealed = await dataKeys().seal(
    made.map(({ field, plain }) => ({
      key: keyId,
      context: contextOf(home, id, seq, field),
      plain,
    })),
  );
  return made.flatMap(({ field, commitment }, index) => {
    const bytes = sealed[index];
    return bytes ? [{ field, commitment, sealed: bytes }] : [];
  });
}

/**
 * Opens texts, in order; null for one that was erased.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function openTexts<
  T extends { seq: number; field: string; sealed: Uint8Array | null },
>(
  id: string,
  rows: readonly T[],
  home: TextHome = 'privacy-request',
): Promise<(T & { text: string | null })[]> {
  const whole = rows.flatMap((row) =>
    row.sealed === null ? [] : [{ ...row, sealed: row.sealed }],
  );
  const opened: Opened[] = [];
  // A whole file may be more than the service opens in one go.
  for (const batch of batches(whole, ({ sealed }) => sealed.length))
    opened.push(
      ...(await dataKeys().open(
        batch.map(({ seq, field, sealed }) => ({
          context: contextOf(home, id, seq, field),
          sealed,
        })),
      )),
    );
  const byPlace = new Map(
    whole.map(({ seq, field }, index) => {
      const one = opened[index];
      return [
        `${seq} ${field}`,
        one?.state === 'open'
          ? new TextDecoder('utf-8', { fatal: true }).decode(one.plain.subarray(SALT_BYTES))
          : null,
      ];
    }),
  );
  return rows.map((row) => ({ ...row, text: byPlace.get(`${row.seq} ${row.field}`) ?? null }));
}
