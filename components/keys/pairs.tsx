import type { HeldPair } from '#lib/operations/keys/key-reports.ts';
import { pairWords } from './pair-words.ts';

/** With whom a party can sign with an ECDSA key, by its own word, and with whom not and why. */
export function Pairs({
  pairs,
  missing = [],
}: {
  pairs: readonly HeldPair[];
  /** Parties of the key with whom it has none. */
  missing?: readonly string[];
}) {
  const { can, cannot } = pairWords(pairs, missing);
  return (
    <>
      {can}
      {can !== '' && cannot !== '' && ' '}
      {cannot !== '' && <span className="text-caution">{cannot}</span>}
    </>
  );
}
