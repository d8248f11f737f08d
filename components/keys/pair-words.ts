/** With whom a party can sign with an ECDSA key, in sentences. Pure. */
import type { HeldPair } from '#lib/operations/keys/key-reports.ts';
import { inWords } from '#lib/operations/policy-words.ts';

/**
 * @param missing parties of the key with whom it has no pair.
 * @returns what it can and what it can't; each may be empty.
 */
export function pairWords(
  pairs: readonly HeldPair[],
  missing: readonly string[],
): { can: string; cannot: string } {
  const peers = (...states: HeldPair['state'][]): string[] =>
    pairs.filter(({ state }) => states.includes(state)).map(({ peer }) => peer);
  const [live, banned, givenUp] = [peers('set-up', 'used'), peers('banned'), peers('given-up')];
  const sentences = [
    banned.length > 0 &&
      `Not with ${inWords(banned)}: a check failed, so the pair was destroyed. Find out why, then refresh the key.`,
    givenUp.length > 0 &&
      `Not with ${inWords(givenUp)} before the key is refreshed: a share was repaired.`,
    missing.length > 0 && `No pair with ${inWords(missing)} yet.`,
  ];
  return {
    can: live.length > 0 ? `Signs with ${inWords(live)}.` : '',
    cannot: sentences.filter((sentence) => sentence !== false).join(' '),
  };
}
