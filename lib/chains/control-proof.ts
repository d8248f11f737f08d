/**
 * Proofs of control on every chain: what a vault's key signs, and the signature in the one form in which it
 * is kept, published and checked.
 *
 * - Solana: the 64 bytes of the Ed25519 signature, in hex.
 * - Bitcoin: BIP322's simple form, `smp` and the witness in base64, as verifiers of signed messages take it.
 *   The witness alone is kept.
 * - Ethereum: 65 bytes in hex, r, s and the recovery id as 27 or 28, as `personal_sign` gives it.
 */
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { accountPath } from '#lib/protocol/account-path.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import type { VaultKey } from './account-context.ts';
import * as bitcoin from './bitcoin/control-message.ts';
import type { SigningPart } from './decoded.ts';
import { deriveKey } from './derive-key.ts';
import * as ethereum from './ethereum/control-message.ts';
import * as solana from './solana/control-message.ts';

/** The bytes as they travel to parties, and what the vault's key signs for them. */
export type ControlToSign = { message: Uint8Array; part: SigningPart };

type ControlForm = {
  toSign(intent: ProofOfControlIntent): ControlToSign | null;
  write(intent: ProofOfControlIntent, key: VaultKey, signature: Uint8Array): string;
  isProven(intent: ProofOfControlIntent, proof: string): boolean;
  toBytes(proof: string): Uint8Array;
  toText(kept: Uint8Array): string;
};

/** The address of a vault is the custodian's own account in it (decision 24). */
const ownPath = (): number[] => accountPath(null, 'receive');

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const bothOf = (message: Uint8Array | null, part: SigningPart | null): ControlToSign | null =>
  message && part ? { message, part } : null;

const onSolana: ControlForm = {
  toSign(intent) {
    const message = solana.controlMessage(intent);
    return message && { message, part: { bytes: hex(message), path: [], tweak: 'none' } };
  },
  write: (_intent, _key, signature) => hex(signature),
  isProven: (intent, proof) =>
    /^[0-9a-f]{128}$/.test(proof) && solana.isControlProven(intent, hexToBytes(proof)),
  toBytes: hexToBytes,
  toText: hex,
};

const onBitcoin: ControlForm = {
  toSign: (intent) => bothOf(bitcoin.controlDigest(intent), bitcoin.controlPart(intent, ownPath())),
  write(intent, { publicKey }, signature) {
    const own = deriveKey(hexToBytes(publicKey), ownPath());
    return bitcoin.controlProof(intent, own.publicKey, signature);
  },
  isProven: bitcoin.isControlProven,
  toBytes: (proof) => base64.decode(proof.slice(bitcoin.SIMPLE.length)),
  toText: (kept) => `${bitcoin.SIMPLE}${base64.encode(kept)}`,
};

const onEthereum: ControlForm = {
  toSign: (intent) =>
    bothOf(ethereum.controlMessage(intent), ethereum.controlPart(intent, ownPath())),
  write: (intent, _key, signature) => hex(ethereum.controlSignature(intent, signature)),
  isProven: (intent, proof) =>
    // The other spellings of a recovery id are none here: what is published has one form.
    /^[0-9a-f]{128}1[bc]$/.test(proof) && ethereum.isControlProven(intent, hexToBytes(proof)),
  toBytes: hexToBytes,
  toText: hex,
};

/** By CAIP-2 namespace. */
const forms: ReadonlyMap<string, ControlForm> = new Map([
  ['solana', onSolana],
  ['bip122', onBitcoin],
  ['eip155', onEthereum],
]);

const formOf = (chain: string): ControlForm | null => forms.get(chain.split(':')[0] ?? '') ?? null;

function knownForm(chain: string): ControlForm {
  const form = formOf(chain);
  if (!form) throw new TypeError(`No text is known that a key could sign on ${chain}.`);
  return form;
}

/**
 * What a vault's key signs to show that it can, a function of the intent alone: each party makes it for
 * itself.
 * @returns null for a chain without such a text, or an address that is none of the chain's.
 */
export const controlToSign = (intent: ProofOfControlIntent): ControlToSign | null =>
  formOf(intent.chain)?.toSign(intent) ?? null;

/**
 * A signature of the parties as it is published.
 * @param key of the vault.
 * @param signature over {@link controlToSign}'s part.
 * @throws when it does not prove the intent.
 */
export function writeControl(
  intent: ProofOfControlIntent,
  key: VaultKey,
  signature: Uint8Array,
): string {
  const proof = knownForm(intent.chain).write(intent, key, signature);
  if (!isControlProven(intent, proof))
    throw new Error(`The signature does not prove control of ${intent.address}.`);
  return proof;
}

/** Whether the intent's address signed its text, from public data alone. Never throws. */
export const isControlProven = (intent: ProofOfControlIntent, proof: string): boolean =>
  formOf(intent.chain)?.isProven(intent, proof) ?? false;

/** The bytes to keep of what {@link writeControl} gave. */
export const controlBytes = (chain: string, proof: string): Uint8Array =>
  knownForm(chain).toBytes(proof);

/** What was kept, as it is published. @throws for a chain without such proofs. */
export const controlWritten = (chain: string, kept: Uint8Array): string =>
  knownForm(chain).toText(kept);
