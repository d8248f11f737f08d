/** How a rebuilt key shows that it is the key of its address, on every family of chains. */
import { randomBytes } from 'node:crypto';
import { base58, base64 } from '@scure/base';
import { RawWitness } from '@scure/btc-signer/script.js';
import { bitcoinKind } from '#lib/chains/account-address.ts';
import { accountScript } from '#lib/chains/bitcoin/address.ts';
import { messageDigest } from '#lib/chains/bitcoin/control-message.ts';
import { witnessOf } from '#lib/chains/bitcoin/signature.ts';
import { deriveKey } from '#lib/chains/derive-key.ts';
import { textDigest, walletSignature } from '#lib/chains/ethereum/control-message.ts';
import { offchainMessage, proofText } from '#lib/mpc/backup/address-proof.ts';
import { extendedPublicKey, signBelow } from '#lib/mpc/backup/below-scalar.ts';
import type { RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { signWithScalar } from '#lib/mpc/backup/scalar-signature.ts';
import { accountPath } from '#lib/protocol/account-path.ts';

const fresh = (): Uint8Array => new Uint8Array(randomBytes(32));

const heading = ({ parties, address }: RebuiltKey): string =>
  `The key is rebuilt from the shares of ${parties.join(' and ')}, and it is the key of ${address}:`;

function proveOnSolana(key: RebuiltKey): string[] {
  const text = proofText(key, new Date());
  const message = offchainMessage(key.address, text);
  const { scalar, publicKey } = key;
  const signature = signWithScalar({ scalar, publicKey, message, random: fresh() });
  return [
    heading(key),
    `it signed this off-chain message, which is no transaction, and the signature verifies under the address.`,
    `message    ${text}`,
    `signature  ${base58.encode(signature)}`,
  ];
}

/** BIP322's simple form, which any verifier of signed messages takes. */
function proveOnBitcoin(key: RebuiltKey): string[] {
  const kind = bitcoinKind(key.suite);
  if (!kind) throw new Error('No key of this suite has an address on Bitcoin.');
  const path = accountPath(null, 'receive');
  const text = proofText(key, new Date());
  const { publicKey } = deriveKey(new Uint8Array(Buffer.from(key.publicKey, 'hex')), path);
  const bytes = new TextEncoder().encode(text);
  const digest = messageDigest(bytes, accountScript(publicKey, kind), kind);
  const tweak = kind === 'p2tr' ? 'taproot' : 'none';
  const part = { bytes: Buffer.from(digest).toString('hex'), path, tweak } as const;
  const signature = signBelow({ ...key, part, random: fresh() });
  const witness = witnessOf({ kind, publicKey, digest, signature });
  return [
    heading(key),
    `it signed this message (BIP322, simple), which is no transaction, and the signature verifies under the address.`,
    `message    ${text}`,
    `signature  ${base64.encode(RawWitness.encode(witness))}`,
    `All addresses of the vault follow from this extended public key (BIP32):`,
    `extended   ${extendedPublicKey(key.publicKey, key.chain)}`,
  ];
}

/** As wallets sign texts (EIP-191), with the recovery id that their verifiers ask for. */
function proveOnEthereum(key: RebuiltKey): string[] {
  const path = accountPath(null, 'receive');
  const text = proofText(key, new Date());
  const digest = textDigest(new TextEncoder().encode(text));
  const part = { bytes: Buffer.from(digest).toString('hex'), path, tweak: 'none' } as const;
  const compact = signBelow({ ...key, part, random: fresh() });
  const signature = walletSignature(compact, digest, key.address);
  return [
    heading(key),
    `it signed this message (EIP-191), which is no transaction, and the signature verifies under the address.`,
    `message    ${text}`,
    `signature  0x${Buffer.from(signature).toString('hex')}`,
    `All addresses of the vault follow from this extended public key (BIP32):`,
    `extended   ${extendedPublicKey(key.publicKey, key.chain)}`,
  ];
}

/** The lines to print. */
export function prove(key: RebuiltKey): string[] {
  if (key.chain.startsWith('solana:')) return proveOnSolana(key);
  if (key.chain.startsWith('bip122:')) return proveOnBitcoin(key);
  if (key.chain.startsWith('eip155:')) return proveOnEthereum(key);
  // That the scalar is the one of the address was checked when the key was rebuilt.
  return [heading(key), `extended   ${extendedPublicKey(key.publicKey, key.chain)}`];
}
