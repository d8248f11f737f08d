/** How files of a request are sealed: in parts, bound to the request, the event and their place. */
import { createHash, randomBytes } from 'node:crypto';
import { openWholes, sealWholes } from '#lib/platform/data-keys/sealed-parts.ts';

const SALT_BYTES = 32;

export type SealedFile = { commitment: string; parts: Uint8Array<ArrayBuffer>[] };

/** Under which context a part of a file is sealed, by its place from 1 on. */
export const fileContext =
  (id: string, seq: number) =>
  (part: number): string =>
    `privacy-request/${id}/${seq}/file/${part}`;

/** @throws DataKeysError where the key service can't be reached; nothing is kept in clear then. */
export async function sealFile(
  { id, keyId, seq }: { id: string; keyId: string; seq: number },
  bytes: Uint8Array,
): Promise<SealedFile> {
  const plain = new Uint8Array(Buffer.concat([randomBytes(SALT_BYTES), bytes]));
  const [parts] = await sealWholes([{ key: keyId, contextOf: fileContext(id, seq), plain }]);
  if (!parts) throw new Error('The key service sealed nothing.');
  return { commitment: createHash('sha256').update(plain).digest('hex'), parts };
}

/**
 * The bytes of a file; null where its key or a part of it is gone.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function unsealFile(
  { id, seq }: { id: string; seq: number },
  parts: readonly { part: number; sealed: Uint8Array | null }[],
  commitment: string,
): Promise<Uint8Array | null> {
  const sealed = parts
    .toSorted((one, other) => one.part - other.part)
    .flatMap((one) => (one.sealed ? [one.sealed] : []));
  if (sealed.length < parts.length) return null;
  const [whole = null] = await openWholes([{ contextOf: fileContext(id, seq), parts: sealed }]);
  if (whole === null) return null;
  if (createHash('sha256').update(whole).digest('hex') !== commitment)
    throw new Error('A file is not what its event says.');
  return whole.subarray(SALT_BYTES);
}
