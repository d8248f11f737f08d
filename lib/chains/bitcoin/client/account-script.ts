import { bytesToHex } from '@noble/hashes/utils.js';
import { readAddress } from '../address.ts';

/** Hex of the script that an address stands for. @throws TypeError when it is no address of the chain. */
export function addressScript(address: string, chain: string): string {
  const read = readAddress(address, chain);
  if (!read.ok) throw new TypeError(`No address of this chain: ${read.refusal}`);
  return bytesToHex(read.script);
}
