/** How threshold keys are made and sign: the names that ceremonies, receipts and backups carry. */
import { z } from 'zod';

export const keySuite = z.enum([
  /** RFC 9591 with Ed25519: signatures verify as plain Ed25519. */
  'FROST-ED25519-SHA512-v1',
  /** RFC 9591 key generation on secp256k1, BIP340 signatures under keys derived from it. */
  'FROST-secp256k1-SHA256-TR-v1',
  /** The same key generation, pairs set up with oblivious transfer, ECDSA signatures (DKLs23). */
  'DKLS23-secp256k1-SHA256-v1',
]);
export type KeySuite = z.infer<typeof keySuite>;

/** What parties of this version make keys of; the rest is known by name, for records and documents. */
export const suitesMade: readonly KeySuite[] = [
  'FROST-ED25519-SHA512-v1',
  'FROST-secp256k1-SHA256-TR-v1',
  'DKLS23-secp256k1-SHA256-v1',
];

/** True where a signature takes more rounds than documents can carry to a party without a network. */
export const isInteractive = (suite: KeySuite): boolean => suite === 'DKLS23-secp256k1-SHA256-v1';
