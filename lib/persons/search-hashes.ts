/** Keyed hashes of what people are found by. The key never leaves the key service. */
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { fieldOf, type FieldName, type SearchKind } from './field-map.ts';
import { searchValue } from './search-value.ts';

/** Half of an HMAC-SHA-256 tells people apart; the database checks that it is no more. */
const HASH_BYTES = 16;

/**
 * A keyed hash of a text as the database keeps it to be found by.
 * @param kind what the text is; the same text of another kind has another hash.
 */
export async function keyedHash(kind: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const [hash] = await keyedHashes(kind, [text]);
  if (!hash) throw new Error('The key service gave no hash.');
  return hash;
}

/** What the service hashes in one go. */
const HASHES_AT_ONCE = 10_000;

/** The same for many, in order. */
export async function keyedHashes(
  kind: string,
  texts: readonly string[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  const hashes: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < texts.length; at += HASHES_AT_ONCE) {
    const some = await dataKeys().fingerprint(kind, texts.slice(at, at + HASHES_AT_ONCE));
    for (const hash of some) hashes.push(hash.slice(0, HASH_BYTES));
  }
  if (hashes.length !== texts.length) throw new Error('The key service gave too few hashes.');
  return hashes;
}

/** The hash of one value that somebody is looked for by; null where nothing of it can be compared. */
export async function searchHash(
  kind: SearchKind,
  value: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const text = searchValue(kind, value);
  return text === '' ? null : keyedHash(kind, text);
}

/** The rows by which a person is found by these values. */
export async function searchHashes(
  values: readonly { field: FieldName; value: string }[],
): Promise<{ kind: SearchKind; hash: Uint8Array<ArrayBuffer> }[]> {
  const hashes = await Promise.all(
    values.map(async ({ field, value }) => {
      const { search } = fieldOf(field);
      if (!search) return null;
      const hash = await searchHash(search, value);
      return hash && { kind: search, hash };
    }),
  );
  return hashes.filter((one) => one !== null);
}
