import { randomBytes } from 'node:crypto';
import { commitmentOf } from './salted-commitment.ts';

/** A text with a salt of its own and the commitment that stays when both are erased, as columns. */
export function committed(text: string) {
  const salt = new Uint8Array(randomBytes(32));
  return { text, salt, commitment: commitmentOf(text, salt) };
}
