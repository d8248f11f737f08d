/** How files of a request are sealed: in parts, bound to the request, the event and their place. */
import { createHash, randomBytes } from 'node:crypto';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';

const SALT_BYTES = 32;
/** The service seals at most a mebibyte at once. */
const PART_BYTES = 1_000_000;

export type SealedFile = { commitment: string; parts: Uint8Array<ArrayBuffer>[] };

const contextOf = (id: string, seq: number, part: number): string =>
  `privacy-request/${id}/${seq}/file/${part}`;

/** @throws DataKeysError where the key service can't be reached; nothing is kept in clear then. */
export async function sealFile(
  { id, keyId, seq }: { id: string; keyId: string; seq: number },
  bytes: Uint8Array,
): Promise<SealedFile> {
  const whole = new Uint8Array(Buffer.concat([randomBytes(SALT_BYTES), bytes]));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < whole.length; at += PART_BYTES) {
    const [sealed] = await dataKeys().seal([
      {
        key: keyId,
        context: contextOf(id, seq, parts.length + 1),
        plain: whole.subarray(at, at + PART_BYTES),
      },
    ]);
    if (!sealed) throw new Error('The key service sealed nothing.');
    parts.push(sealed);
  }
  return { commitment: createHash('sha256').update(whole).digest('hex'), parts };
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
  const plain: Uint8Array[] = [];
  for (const { part, sealed } of parts) {
    if (sealed === null) return null;
    const [opened] = await dataKeys().open([{ context: contextOf(id, seq, part), sealed }]);
    if (opened?.state !== 'open') return null;
    plain.push(opened.plain);
  }
  const whole = Buffer.concat(plain);
  if (createHash('sha256').update(whole).digest('hex') !== commitment)
    throw new Error('A file is not what its event says.');
  return new Uint8Array(whole.subarray(SALT_BYTES));
}
