/** Hashing without ambiguity: a tag and every part carry their length, so no two inputs meet. */
import { createHash } from 'node:crypto';

export type HashPart = string | number | Uint8Array;

function bytesOf(part: HashPart): Uint8Array {
  return part instanceof Uint8Array ? part : new TextEncoder().encode(String(part));
}

/** Each part behind its length as 32-bit big-endian; the encoding under every hash, signature and AAD of the parties. */
export function lengthPrefixed(tag: string, ...parts: readonly HashPart[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const part of [tag, ...parts]) {
    const bytes = bytesOf(part);
    const header = new Uint8Array(4);
    new DataView(header.buffer).setUint32(0, bytes.length);
    chunks.push(header, bytes);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Lower-case hex SHA-256 over the length-prefixed tag and parts. */
export function taggedHash(tag: string, ...parts: readonly HashPart[]): string {
  return createHash('sha256')
    .update(lengthPrefixed(tag, ...parts))
    .digest('hex');
}
