/**
 * Files that are sealed as they are written: AES-256-GCM in chunks, so that memory stays flat and what comes out was
 * checked before it comes out. A chunk can't be changed, moved, left out or put after the last one (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", 2015, with the counter and the last-chunk flag in the nonce as the age format has them).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const MAGIC = Buffer.from('CSSF\u0001', 'latin1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Sealed bytes that were changed, cut off, or are of another file or key. */
export class SealedStreamError extends Error {
  override name = 'SealedStreamError';
}

/** 32 random bytes to seal the files of one thing under. */
export const newStreamKey = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(KEY_BYTES));

/** Each file has a key of its own, so that nonces may begin anew and one file does not pass for another. */
function fileKey(key: Uint8Array, salt: Uint8Array, name: string): Buffer {
  if (key.length !== KEY_BYTES) throw new Error('A key of a sealed file has 32 bytes.');
  return Buffer.from(
    hkdfSync('sha256', key, salt, `countersign/sealed-file/v1/${name}`, KEY_BYTES),
  );
}

/** Counter in the first eleven bytes, whether it is the last chunk in the twelfth. */
function nonceOf(counter: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/**
 * Cuts bytes into chunks of one size; the last may be shorter. It is told apart by being held back until more comes.
 */
async function* inChunks(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ chunk: Buffer; isLast: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const bytes of source) {
    held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    length += bytes.length;
    if (length <= size) continue;
    let whole = Buffer.concat(held);
    while (whole.length > size) {
      yield { chunk: whole.subarray(0, size), isLast: false };
      whole = whole.subarray(size);
    }
    held = [whole];
    length = whole.length;
  }
  yield { chunk: Buffer.concat(held), isLast: true };
}

/**
 * Seals a stream; for a `pipeline`.
 * @param key 32 bytes. @param name of the file; the same has to be given to open it.
 */
export function sealingStream(
  key: Uint8Array,
  name: string,
): (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Buffer> {
  return async function* seal(source) {
    const salt = randomBytes(SALT_BYTES);
    const own = fileKey(key, salt, name);
    yield Buffer.concat([MAGIC, salt]);
    let counter = 0;
    for await (const { chunk, isLast } of inChunks(source, CHUNK_BYTES)) {
      const cipher = createCipheriv('aes-256-gcm', own, nonceOf(counter, isLast));
      yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
      counter += 1;
    }
  };
}

/**
 * Opens what `sealingStream` sealed. Each chunk comes out only when it is known to be whole; that the end is the end is
 * known when the stream ends without an error, so nobody may act for good on what came before.
 * @throws SealedStreamError
 */
export function openingStream(
  key: Uint8Array,
  name: string,
): (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Buffer> {
  return async function* open(source) {
    const rest = source[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    while (head.length < HEADER_BYTES) {
      const next = await rest.next();
      if (next.done === true) throw new SealedStreamError(`${name} is cut off at its beginning.`);
      head = Buffer.concat([head, next.value]);
    }
    if (!head.subarray(0, MAGIC.length).equals(MAGIC))
      throw new SealedStreamError(`${name} is no sealed file of this version.`);
    const own = fileKey(key, head.subarray(MAGIC.length, HEADER_BYTES), name);
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield head.subarray(HEADER_BYTES);
      yield* { [Symbol.asyncIterator]: () => rest };
    };
    let counter = 0;
    for await (const { chunk, isLast } of inChunks(body(), CHUNK_BYTES + TAG_BYTES)) {
      yield openChunk(own, chunk, nonceOf(counter, isLast), name);
      counter += 1;
    }
  };
}

function openChunk(key: Buffer, chunk: Buffer, nonce: Buffer, name: string): Buffer {
  if (chunk.length < TAG_BYTES) throw new SealedStreamError(`${name} is cut off.`);
  const cipher = createDecipheriv('aes-256-gcm', key, nonce);
  cipher.setAuthTag(chunk.subarray(chunk.length - TAG_BYTES));
  try {
    return Buffer.concat([
      cipher.update(chunk.subarray(0, chunk.length - TAG_BYTES)),
      cipher.final(),
    ]);
  } catch {
    throw new SealedStreamError(`${name} was changed or cut off, or is sealed under another key.`);
  }
}
