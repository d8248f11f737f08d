/** A digest as words, for people who compare it by eye or read it out. */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { digestHex } from './scalars.ts';

const WORDS = 6;
const BITS = 11n;

/**
 * The first bits of a digest as words of the BIP-39 English list, 11 bits each.
 *
 * Six words (66 bits) tell apart what nobody can choose freely: finding another digest with the
 * same words takes 2^66 tries. Who can choose both documents needs the root of that, so twelve
 * words are asked for where words decide. On operations the whole digest stands beside six, and
 * decides: see "Words and digests" in docs/threat-model.md.
 * @throws RangeError unless given a digest in lower-case hex.
 */
export function digestWords(hex: string, count: 6 | 12 = WORDS): string[] {
  if (!digestHex.safeParse(hex).success)
    throw new RangeError('A digest is 64 lower-case hex digits.');
  const digest = BigInt(`0x${hex}`);
  return Array.from({ length: count }, (_, place) => {
    const index = (digest >> (256n - BITS * BigInt(place + 1))) & 0x7ffn;
    return wordlist[Number(index)] as string;
  });
}
