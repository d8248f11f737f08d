/** Addresses and scripts of regtest, by bitcore-lib. */
import bitcore from 'bitcore-lib';

const NETWORK = 'regtest';

/** @returns the hex of the script an address stands for; null when it is no regtest address. */
export function scriptOfAddress(address: string): string | null {
  if (address.length > 100) return null;
  try {
    const script = bitcore.Script.fromAddress(bitcore.Address.fromString(address, NETWORK)).toHex();
    // Read back, because the library is lenient about which network's letters it takes.
    return addressOfScript(script) === address.toLowerCase() || addressOfScript(script) === address
      ? script
      : null;
  } catch {
    return null;
  }
}

/** @returns null for a script that pays no address. */
export function addressOfScript(script: string): string | null {
  try {
    const address = new bitcore.Script(Buffer.from(script, 'hex')).toAddress(NETWORK);
    return address ? address.toString() : null;
  } catch {
    return null;
  }
}

/** Core's names of the kinds of scripts. */
export type ScriptKind =
  | 'pubkeyhash'
  | 'scripthash'
  | 'witness_v0_keyhash'
  | 'witness_v0_scripthash'
  | 'witness_v1_taproot'
  | 'nulldata'
  | 'nonstandard';

const kinds: readonly [RegExp, ScriptKind][] = [
  [/^76a914[0-9a-f]{40}88ac$/, 'pubkeyhash'],
  [/^a914[0-9a-f]{40}87$/, 'scripthash'],
  [/^0014[0-9a-f]{40}$/, 'witness_v0_keyhash'],
  [/^0020[0-9a-f]{64}$/, 'witness_v0_scripthash'],
  [/^5120[0-9a-f]{64}$/, 'witness_v1_taproot'],
  [/^6a/, 'nulldata'],
];

export const kindOfScript = (script: string): ScriptKind =>
  kinds.find(([shape]) => shape.test(script))?.[1] ?? 'nonstandard';
