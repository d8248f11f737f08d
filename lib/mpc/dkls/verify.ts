/** Whether 65 bytes are a signature as chains take it. */
import { secp256k1 } from '@noble/curves/secp256k1.js';

/** r and s, 32 bytes each, and the recovery id. */
const SIGNATURE = 65;

/**
 * Verifies with low s (BIP 62, EIP-2), and that the key comes back from the recovery id. Never throws.
 * @param publicKey compressed, 33 bytes.
 * @param digest what is signed: 32 bytes, hashed already.
 */
export function verifyEcdsa(
  publicKey: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== SIGNATURE || digest.length !== 32) return false;
  const compact = signature.subarray(0, SIGNATURE - 1);
  try {
    const options = { prehash: false, lowS: true } as const;
    if (!secp256k1.verify(compact, digest, publicKey, options)) return false;
    const recovered = secp256k1.Signature.fromBytes(compact, 'compact')
      .addRecoveryBit(signature[SIGNATURE - 1] ?? 0)
      .recoverPublicKey(digest);
    return Buffer.compare(recovered.toBytes(true), publicKey) === 0;
  } catch {
    return false;
  }
}
