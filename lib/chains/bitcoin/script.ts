/** The scripts that a payment may go to, byte for byte, and the least that each may hold. */
import { concatBytes } from '@noble/hashes/utils.js';

/** How an output is locked; an account's own outputs are of the kinds with a witness and one key. */
export type ScriptKind = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr';
export type AccountKind = Extract<ScriptKind, 'p2wpkh' | 'p2tr'>;

type Template = { before: readonly number[]; programBytes: number; after: readonly number[] };

/** Opcodes around the hash or key: DUP HASH160 … EQUALVERIFY CHECKSIG, HASH160 … EQUAL, then versions 0 and 1. */
const templates: Readonly<Record<ScriptKind, Template>> = {
  p2pkh: { before: [0x76, 0xa9, 20], programBytes: 20, after: [0x88, 0xac] },
  p2sh: { before: [0xa9, 20], programBytes: 20, after: [0x87] },
  p2wpkh: { before: [0x00, 20], programBytes: 20, after: [] },
  p2wsh: { before: [0x00, 32], programBytes: 32, after: [] },
  p2tr: { before: [0x51, 32], programBytes: 32, after: [] },
};
const kinds = ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh', 'p2tr'] as const satisfies ScriptKind[];

/**
 * Satoshi below which nodes don't pass an output on, as Bitcoin Core works it out (`GetDustThreshold`) at its
 * usual 3,000 satoshi per 1,000 virtual bytes: what spending the output would cost, and the output itself.
 */
export const dustLimit: Readonly<Record<ScriptKind, bigint>> = {
  p2pkh: 546n,
  p2sh: 540n,
  p2wpkh: 294n,
  p2wsh: 330n,
  p2tr: 330n,
};

/** @throws when the hash or key has another length than the kind asks. */
export function scriptOf(kind: ScriptKind, program: Uint8Array): Uint8Array {
  const { before, programBytes, after } = templates[kind];
  if (program.length !== programBytes)
    throw new TypeError(`A ${kind} script holds ${programBytes} bytes`);
  return concatBytes(Uint8Array.from(before), program, Uint8Array.from(after));
}

/** @returns kind and hash or key; null for a script of any other form. */
export function readScript(script: Uint8Array): { kind: ScriptKind; program: Uint8Array } | null {
  for (const kind of kinds) {
    const { before, programBytes, after } = templates[kind];
    const end = before.length + programBytes;
    const isOfKind =
      script.length === end + after.length &&
      before.every((byte, at) => script[at] === byte) &&
      after.every((byte, at) => script[end + at] === byte);
    if (isOfKind) return { kind, program: script.slice(before.length, end) };
  }
  return null;
}
