/** Whether what parties call signatures are the ones that were asked for. */
import type { SigningPart } from '#lib/chains/decoded.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { keyAt } from '../frost/derive.ts';
import { suiteOf } from '../frost/suite.ts';
import { verifierOf } from '../frost/verifier.ts';
import { fromHex, toHex } from '../wire/encoding.ts';

export type ToVerify = {
  /** Of the vault's key; Ed25519 where nothing is said. */
  suite?: KeySuite;
  /** What the vault's key signs, as the chain's decoder gives it; the whole message where nothing is said. */
  parts?: readonly SigningPart[];
};

/**
 * @param publicKey of the vault, hex.
 * @param signatures hex, one for each part.
 */
export function areSignatures(
  publicKey: string,
  of: { message: Uint8Array } & ToVerify,
  signatures: readonly string[],
): boolean {
  const { message, suite: name = 'FROST-ED25519-SHA512-v1' } = of;
  const parts = of.parts ?? [{ bytes: toHex(message), path: [], tweak: 'none' as const }];
  const verify = verifierOf(name);
  const suite = suiteOf(name);
  if (!suite.arithmetic.isSoundPoint(publicKey)) return false;
  return (
    parts.length > 0 &&
    parts.length === signatures.length &&
    parts.every((part, at) =>
      verify(keyAt(suite, publicKey, part), fromHex(part.bytes), fromHex(signatures[at] ?? '')),
    )
  );
}
