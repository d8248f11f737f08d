import { createHash, randomBytes } from 'node:crypto';

/** A new secret token: 32 random bytes as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a secret token, so that a stolen table opens nothing. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
