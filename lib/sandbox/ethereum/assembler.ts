/**
 * A small assembler for the Ethereum machine, for the sandbox's token: no compiler comes with the
 * project. Opcodes are those of the yellow paper, appendix H.
 *
 * A program is words between spaces: names of opcodes, `0x…` and decimal numbers, which are pushed in
 * as few bytes as they take, `name:` for a place to jump to and `@name` to push that place. What
 * follows a semicolon on a line is a comment.
 */

const opcodes: Readonly<Record<string, number>> = {
  stop: 0x00,
  add: 0x01,
  sub: 0x03,
  lt: 0x10,
  eq: 0x14,
  iszero: 0x15,
  or: 0x17,
  shr: 0x1c,
  caller: 0x33,
  callvalue: 0x34,
  calldataload: 0x35,
  calldatasize: 0x36,
  codecopy: 0x39,
  pop: 0x50,
  mstore: 0x52,
  sload: 0x54,
  sstore: 0x55,
  jump: 0x56,
  jumpi: 0x57,
  gas: 0x5a,
  jumpdest: 0x5b,
  dup1: 0x80,
  dup2: 0x81,
  dup3: 0x82,
  swap1: 0x90,
  log3: 0xa3,
  call: 0xf1,
  return: 0xf3,
  revert: 0xfd,
};

const PUSH1 = 0x60;
/** Places are pushed in two bytes, so that their length does not depend on where they are. */
const PUSH2 = 0x61;
const PLACE_BYTES = 3;

/** @throws Error naming a word that is none of the above. */
export function assembleProgram(program: string): Uint8Array {
  const words = program
    .split('\n')
    .flatMap((line) => (line.split(';')[0] ?? '').split(/\s+/))
    .filter((word) => word !== '');
  const places = new Map<string, number>();
  let size = 0;
  for (const word of words) {
    if (word.endsWith(':')) places.set(word.slice(0, -1), size);
    size += encode(word, () => 0).length;
  }
  const placeOf = (name: string): number => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`No place is called ${name}`);
    return place;
  };
  return Uint8Array.from(words.flatMap((word) => encode(word, placeOf)));
}

function encode(word: string, placeOf: (name: string) => number): number[] {
  if (word.endsWith(':')) return [opcodes['jumpdest'] ?? 0];
  if (word.startsWith('@')) {
    const place = placeOf(word.slice(1));
    return [PUSH2, place >> 8, place & 0xff].slice(0, PLACE_BYTES);
  }
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(word)) return push(BigInt(word));
  const opcode = Object.hasOwn(opcodes, word) ? opcodes[word] : undefined;
  if (opcode === undefined) throw new Error(`${word} is no opcode`);
  return [opcode];
}

function push(value: bigint): number[] {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  if (bytes.length > 32) throw new Error('A word has 32 bytes at most');
  return [PUSH1 + bytes.length - 1, ...bytes];
}
