/** Byte encodings on the wire: each value has exactly one spelling, anything else is refused. */
import { z } from 'zod';
import { base64urlnopad } from '@scure/base';

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

/** @returns the bytes, or null when the text is not canonical. */
export function decodeBase64url(text: string): Uint8Array | null {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return null;
  }
}

export const encodeBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Hex of a field that a schema has already checked. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'hex'));

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
