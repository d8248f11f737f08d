/** What the envelopes of a key refresh carry; the package of round 1 is in `frost/refresh.ts`. */
import { z } from 'zod';
import { digestHex, vaultKeyHex } from '#lib/protocol/scalars.ts';
import type { Suite } from '../frost/suite.ts';
import { hexOf } from './encoding.ts';

/** Round 0: a promise of what round 1 will reveal, and what the sender had confirmed before. */
export const refreshPromise = z.strictObject({
  /** 32 fresh bytes; all of them together make the id of the refresh. */
  nonce: hexOf(32),
  /** Commitment to the package of round 1. */
  commitment: digestHex,
  /** Ceremony of the coming epoch that the sender confirmed last, or null. */
  prepared: digestHex.nullable(),
  /**
   * Others that it confirmed before and keeps. Whatever is in neither it never confirmed, and never
   * will: it holds nothing any more with which it could.
   */
  setAside: z.array(digestHex).max(15),
});

/** Round 3: the hash of everything the sender saw, and its nonces for the test signature. */
export const refreshEcho = ({ pointBytes }: Suite) =>
  z.strictObject({
    transcript: digestHex,
    publicKey: vaultKeyHex,
    hiding: hexOf(pointBytes),
    binding: hexOf(pointBytes),
  });
export type RefreshEcho = z.infer<ReturnType<typeof refreshEcho>>;

/** Round 4: the sender's share of the test signature. */
export const refreshProofShare = z.strictObject({ share: hexOf(32) });

/** Rounds 5 and 6: the sender has stored the new epoch; the sender uses it. */
export const refreshWord = z.strictObject({ transcript: digestHex, publicKey: vaultKeyHex });
export type RefreshWord = z.infer<typeof refreshWord>;
