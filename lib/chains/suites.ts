/** Which suites of keys can move what lies on a chain (`docs/decisions/0025-suites-pairs-and-derivation.md`). */
import type { KeySuite } from '#lib/protocol/suites.ts';

/** By CAIP-2 namespace: the curve and the kind of signature that the chain itself checks. */
const byNamespace: Readonly<Record<string, readonly KeySuite[]>> = {
  solana: ['FROST-ED25519-SHA512-v1'],
  // Taproot takes BIP340 signatures, P2WPKH takes ECDSA.
  bip122: ['FROST-secp256k1-SHA256-TR-v1', 'DKLS23-secp256k1-SHA256-v1'],
  eip155: ['DKLS23-secp256k1-SHA256-v1'],
};

/**
 * The suites for a chain.
 * @param chain CAIP-2 id, such as `solana:sandbox`.
 * @returns none for a family of chains that is not known here.
 */
export function suitesFor(chain: string): readonly KeySuite[] {
  const [namespace = ''] = chain.split(':');
  return Object.hasOwn(byNamespace, namespace) ? (byNamespace[namespace] ?? []) : [];
}
