import { createHash, randomBytes } from 'node:crypto';

/**
 * Commits to a text without telling it: SHA-256(salt ‖ UTF-8 of the text) with 32 fresh random
 * bytes. Text and salt live in a row that can be erased; then the commitment says nothing any more.
 * @returns the salt as base64url and the commitment as lower-case hex.
 */
export function commit(text: string): { salt: string; commitment: string } {
  const salt = randomBytes(32);
  return { salt: salt.toString('base64url'), commitment: commitmentOf(text, salt) };
}

/** The commitment that a salt and a text give, to compare with the one that was signed. */
export function commitmentOf(text: string, salt: Uint8Array): string {
  return createHash('sha256').update(salt).update(text, 'utf8').digest('hex');
}
