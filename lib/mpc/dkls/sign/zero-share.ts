/** Shares of zero: each pair draws one number; the lower member adds it and the higher takes it away. */
import { hashToScalars, ORDER } from '../scalars.ts';
import { pairWith, type Session } from './session.ts';

/**
 * ζ: added to the key share, so that what a signer shows of it, and what it multiplies by, is fresh
 * in every session. Over the quorum the shares add up to zero.
 */
export function zeroShare(session: Session): bigint {
  let sum = 0n;
  for (const peer of session.peers) {
    const pair = pairWith(session, peer);
    const [drawn = 0n] = hashToScalars(
      'countersign/dkls/zero-share/v1',
      1,
      session.name,
      pair.id,
      pair.secrets().zeroSeed,
    );
    sum += session.index < peer ? drawn : ORDER - drawn;
  }
  return sum % ORDER;
}
