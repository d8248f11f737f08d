/**
 * The text by which the key of a Bitcoin account shows that it can sign: BIP322 (version 2.0.0), in its simple
 * form. What is signed looks like a transaction, `to_sign`, that spends the one output of another, `to_spend`.
 *
 * It can never move anything. `to_spend` spends outpoint ffffffff of the transaction id 0, which is none: only the
 * first transaction of a block may name it, and that has to begin with the block's height (BIP34), where this one
 * has a zero and the hash of the text. Its output holds nothing, and so does the output of `to_sign`. Both have
 * version 0, so no party's decoder takes `to_sign` for a payment; and the digest commits to all of it, so a
 * signature for it serves no other transaction.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { RawOldTx, RawWitness } from '@scure/btc-signer/script.js';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { controlText } from '../control-text.ts';
import type { SigningPart } from '../decoded.ts';
import { readAddress } from './address.ts';
import { bitcoinNetwork } from './networks.ts';
import { readScript, type AccountKind } from './script.ts';
import { sighashes } from './sighash.ts';
import { BitcoinSignatureError, witnessOf } from './signature.ts';
import { transactionIdOf } from './transaction-reader.ts';

const TAG = 'BIP0322-signed-message';
/** Says which form of BIP322 a signature has; the witness in base64 comes behind it. */
export const SIMPLE = 'smp';
/** Far more than a key and a signature need. */
const PROOF_CHARACTERS_MAX = 300;
const OP_RETURN = 0x6a;
const SIGHASH_ALL = 0x01;

type Account = { kind: AccountKind; script: Uint8Array; program: Uint8Array };

/**
 * The digest that BIP322 has a key sign for a message.
 * @param script of the address that is proven.
 */
export function messageDigest(
  message: Uint8Array,
  script: Uint8Array,
  kind: AccountKind,
): Uint8Array {
  const hash = schnorr.utils.taggedHash(TAG, message);
  const toSpend = RawOldTx.encode({
    version: 0,
    inputs: [
      {
        txid: new Uint8Array(32),
        index: 0xffffffff,
        // OP_0, then a push of 32 bytes.
        finalScriptSig: concatBytes(Uint8Array.of(0x00, hash.length), hash),
        sequence: 0,
      },
    ],
    outputs: [{ amount: 0n, script }],
    lockTime: 0,
  });
  const toSign = {
    version: 0,
    inputs: [{ txid: transactionIdOf(toSpend), vout: 0, script: new Uint8Array(), sequence: 0 }],
    outputs: [{ amount: 0n, script: Uint8Array.of(OP_RETURN) }],
    lockTime: 0,
  };
  const [digest] = sighashes(toSign, [{ amount: 0n, script }], kind);
  if (!digest) throw new Error('A message has one input');
  return digest;
}

/**
 * The 32 bytes to sign, a function of the intent alone: each party makes them for itself.
 * @returns null where the vault is on no Bitcoin chain, or its address is of no kind that accounts have.
 */
export function controlDigest(intent: ProofOfControlIntent): Uint8Array | null {
  const account = accountOf(intent);
  return account && messageDigest(utf8ToBytes(controlText(intent)), account.script, account.kind);
}

/**
 * The same as what the vault's key signs.
 * @param path of the address, as the party derived it.
 */
export function controlPart(
  intent: ProofOfControlIntent,
  path: readonly number[],
): SigningPart | null {
  const account = accountOf(intent);
  const digest = controlDigest(intent);
  if (!account || !digest) return null;
  return {
    bytes: bytesToHex(digest),
    path: [...path],
    tweak: account.kind === 'p2tr' ? 'taproot' : 'none',
  };
}

/**
 * The signature as any wallet's verifier takes it: `smp`, then the witness in base64.
 * @param publicKey 33 bytes, derived for the address; not tweaked.
 * @param signature as for an input of a payment.
 * @throws BitcoinSignatureError when it is not the address's over this intent's text.
 */
export function controlProof(
  intent: ProofOfControlIntent,
  publicKey: Uint8Array,
  signature: Uint8Array,
): string {
  const account = accountOf(intent);
  const digest = controlDigest(intent);
  if (!account || !digest) throw new TypeError('The address is no account on a Bitcoin chain');
  const witness = witnessOf({ kind: account.kind, publicKey, digest, signature });
  const proof = `${SIMPLE}${base64.encode(RawWitness.encode(witness))}`;
  // The key could be another's than the address's.
  if (!isControlProven(intent, proof))
    throw new BitcoinSignatureError('wrong', "The key is not the address's");
  return proof;
}

/** Whether the intent's address signed its text, from public data alone. Never throws. */
export function isControlProven(intent: ProofOfControlIntent, proof: string): boolean {
  const account = accountOf(intent);
  const digest = controlDigest(intent);
  if (!account || !digest) return false;
  if (proof.length > PROOF_CHARACTERS_MAX || !proof.startsWith(SIMPLE)) return false;
  try {
    const witness = RawWitness.decode(base64.decode(proof.slice(SIMPLE.length)));
    return account.kind === 'p2tr'
      ? isSchnorrWitness(witness, digest, account.program)
      : isEcdsaWitness(witness, digest, account.program);
  } catch {
    return false;
  }
}

function accountOf({ chain, address }: ProofOfControlIntent): Account | null {
  if (!bitcoinNetwork(chain)) return null;
  const read = readAddress(address, chain);
  if (!read.ok || read.address !== address) return null;
  const { kind, script } = read;
  const program = readScript(script)?.program;
  if (!program || (kind !== 'p2tr' && kind !== 'p2wpkh')) return null;
  return { kind, script, program };
}

function isSchnorrWitness(witness: Uint8Array[], digest: Uint8Array, key: Uint8Array): boolean {
  const [signature] = witness;
  if (witness.length !== 1 || signature?.length !== 64) return false;
  return schnorr.verify(signature, digest, key);
}

function isEcdsaWitness(witness: Uint8Array[], digest: Uint8Array, keyHash: Uint8Array): boolean {
  const [signature, key] = witness;
  if (witness.length !== 2 || !signature || key?.length !== 33) return false;
  const isOfKey = ripemd160(sha256(key)).every((byte, at) => byte === keyHash[at]);
  if (!isOfKey || signature.at(-1) !== SIGHASH_ALL) return false;
  return secp256k1.verify(signature.slice(0, -1), digest, key, {
    format: 'der',
    prehash: false,
    lowS: true,
  });
}
