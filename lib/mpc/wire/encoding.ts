/** Byte encodings on the wire: each value has exactly one spelling, anything else is refused. */
import { z } from 'zod';

/** Lower-case hex of exactly `length` bytes. */
export const hexOf = (length: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${length * 2}}$`, 'u'));

/** Canonical base64url of 1 to `maximum` bytes: no padding, no stray bits. */
export const base64urlBytes = (maximum: number) =>
  z
    .string()
    .max(Math.ceil((maximum * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/u)
    .refine((text) => {
      const bytes = decodeBase64url(text);
      return bytes !== null && bytes.length <= maximum;
    }, 'must be canonical base64url');

/**
 * Node's own codec, since messages of a payment with many coins are close to a megabyte. It skips what it can't
 * read, so a text counts only where its bytes are spelled like that again.
 * @returns the bytes, or null when the text is not canonical.
 */
export function decodeBase64url(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : null;
}

export const encodeBase64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

/** Hex of a field that a schema has already checked. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'hex'));

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
