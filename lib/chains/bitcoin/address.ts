/**
 * Bitcoin addresses: those of our own accounts, and the reading of a recipient's. Segwit addresses follow
 * BIP173 (version 0) and BIP350 (from version 1), older ones base58 with a checksum.
 */
import { schnorr } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58, bech32, bech32m, createBase58check } from '@scure/base';
import { p2wpkh } from '@scure/btc-signer';
import { taprootKey } from '../derive-key.ts';
import { bitcoinNetwork, type BitcoinNetwork } from './networks.ts';
import { readScript, scriptOf, type AccountKind, type ScriptKind } from './script.ts';

export type AddressRefusal =
  | 'address-unreadable'
  | 'address-mixed-case'
  | 'address-checksum-wrong'
  | 'address-wrong-network'
  | 'address-witness-version-unknown'
  | 'address-program-length-wrong'
  /** A taproot address without a key behind it: what goes there is lost. */
  | 'address-off-curve';

export type AddressReading =
  /** `address` is its one spelling here: segwit addresses may be typed in capitals. */
  | { ok: true; address: string; script: Uint8Array; kind: ScriptKind }
  | { ok: false; refusal: AddressRefusal };

const refused = (refusal: AddressRefusal): AddressReading => ({ ok: false, refusal });

const base58check = createBase58check(sha256);
/** BIP173: more characters than this and the checksum finds fewer mistakes. */
const SEGWIT_CHARACTERS_MAX = 90;
const BASE58_CHARACTERS_MAX = 35;
const BASE58_BYTES = 25;
const SEGWIT_PREFIX = /^(?:bc|tb|bcrt)1/;

/**
 * The script that pays to a key. P2TR applies the tweak without a script tree (BIP86, BIP341), so only the
 * key can spend.
 * @param publicKey 33 bytes, compressed, already derived for the account's branch.
 * @throws when it is no point of secp256k1.
 */
export function accountScript(publicKey: Uint8Array, kind: AccountKind): Uint8Array {
  if (publicKey.length !== 33) throw new TypeError('A public key of secp256k1 has 33 bytes');
  if (kind === 'p2tr') return scriptOf(kind, taprootKey(publicKey).publicKey.subarray(1));
  return Uint8Array.from(p2wpkh(publicKey).script);
}

/**
 * The address of an account's branch.
 * @throws when the key is no point of secp256k1 or the chain is none of Bitcoin's.
 */
export function addressOf(of: { publicKey: Uint8Array; kind: AccountKind; chain: string }): string {
  const address = addressOfScript(accountScript(of.publicKey, of.kind), of.chain);
  if (address === null) throw new TypeError('The chain is none of Bitcoin');
  return address;
}

/** @returns null where the script is of none of the kinds, or the chain none of Bitcoin's. */
export function addressOfScript(script: Uint8Array, chain: string): string | null {
  const network = bitcoinNetwork(chain);
  const read = readScript(script);
  if (!network || !read) return null;
  const { kind, program } = read;
  switch (kind) {
    case 'p2pkh':
      return base58check.encode(concatBytes(Uint8Array.of(network.keyHashVersion), program));
    case 'p2sh':
      return base58check.encode(concatBytes(Uint8Array.of(network.scriptHashVersion), program));
    case 'p2wpkh':
    case 'p2wsh':
      return bech32.encode(network.prefix, [0, ...bech32.toWords(program)]);
    case 'p2tr':
      return bech32m.encode(network.prefix, [1, ...bech32m.toWords(program)]);
  }
}

/**
 * Reads a recipient's address. Addresses from before segwit are taken as well: exchanges still use them.
 * @throws when the chain is none of Bitcoin's: a broken invariant.
 */
export function readAddress(text: string, chain: string): AddressReading {
  const network = bitcoinNetwork(chain);
  if (!network) throw new TypeError('The chain is none of Bitcoin');
  return SEGWIT_PREFIX.test(text.toLowerCase())
    ? readSegwit(text, network)
    : readBase58(text, network);
}

function readSegwit(text: string, network: BitcoinNetwork): AddressReading {
  if (text.length > SEGWIT_CHARACTERS_MAX) return refused('address-unreadable');
  const address = text.toLowerCase();
  if (text !== address && text !== text.toUpperCase()) return refused('address-mixed-case');
  const [older, newer] = [bech32.decodeUnsafe(address), bech32m.decodeUnsafe(address)];
  const read = older ?? newer;
  if (!read) return refused('address-checksum-wrong');
  if (read.prefix !== network.prefix) return refused('address-wrong-network');
  const [version, ...words] = read.words;
  if (version === undefined) return refused('address-unreadable');
  if (version > 1) return refused('address-witness-version-unknown');
  // BIP350: a version takes one of the two checksums, or a mistyped letter could pass for the other.
  if ((version === 0) !== (older !== undefined)) return refused('address-checksum-wrong');
  const program = bech32.fromWordsUnsafe(words);
  if (!program) return refused('address-unreadable');
  const kind = segwitKind(version, program.length);
  if (!kind) return refused('address-program-length-wrong');
  if (kind === 'p2tr' && !isOnCurve(program)) return refused('address-off-curve');
  return { ok: true, address, script: scriptOf(kind, Uint8Array.from(program)), kind };
}

function segwitKind(version: number, programBytes: number): ScriptKind | null {
  if (version === 1) return programBytes === 32 ? 'p2tr' : null;
  if (programBytes === 20) return 'p2wpkh';
  return programBytes === 32 ? 'p2wsh' : null;
}

function isOnCurve(x: Uint8Array): boolean {
  try {
    schnorr.utils.lift_x(bytesToNumberBE(x));
    return true;
  } catch {
    return false;
  }
}

function readBase58(text: string, network: BitcoinNetwork): AddressReading {
  // Length first: base58 decoding takes quadratic time.
  if (text.length > BASE58_CHARACTERS_MAX || !/^[1-9A-HJ-NP-Za-km-z]+$/.test(text))
    return refused('address-unreadable');
  const bytes = base58.decode(text);
  if (bytes.length !== BASE58_BYTES) return refused('address-unreadable');
  const sum = sha256(sha256(bytes.subarray(0, -4)));
  if (!bytes.subarray(-4).every((byte, at) => byte === sum[at]))
    return refused('address-checksum-wrong');
  const kind = base58Kind(bytes[0], network);
  if (!kind) return refused('address-wrong-network');
  return { ok: true, address: text, script: scriptOf(kind, bytes.slice(1, -4)), kind };
}

function base58Kind(version: number | undefined, network: BitcoinNetwork): ScriptKind | null {
  if (version === network.keyHashVersion) return 'p2pkh';
  return version === network.scriptHashVersion ? 'p2sh' : null;
}
