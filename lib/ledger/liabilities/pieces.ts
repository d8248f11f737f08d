/**
 * How a client's balance becomes leaves: cut into several pieces at random places, each under a salt
 * of its own. Everything random comes from the snapshot's seed, so the same balances and seed give
 * the same leaves.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { leafNode, paddingNode, type LeafContent, type SumNode } from './node.ts';

/** Pieces that each balance is cut into, whatever it is: a balance of 0 gives as many. */
export const PIECES_LEAST = 4;

/** A balance gets one more piece for each such part of the total, so that no leaf shows a large one. */
export const PARTS = 64n;

/** Random bytes of a snapshot's seed. Whoever has it can open every leaf. */
export const SEED_BYTES = 32;

/** Published with a snapshot: with it somebody who is shown the seed can tell that it is the one. */
export const seedCommitmentOf = (seed: Uint8Array): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes('countersign/liabilities/v1/seed'), seed)));

/** @param total of all balances of the asset. */
export const pieceCount = (amount: bigint, total: bigint): number =>
  PIECES_LEAST + (total === 0n ? 0 : Number((amount * PARTS) / total));

const secretOf = (seed: Uint8Array, context: Uint8Array, owner: string): Uint8Array =>
  hmac(sha256, seed, concatBytes(context, utf8ToBytes(owner)));

/** 32 bytes for one purpose and number; they tell nothing about the secret or about other numbers. */
function draw(secret: Uint8Array, purpose: 'salt' | 'cut-a' | 'cut-b', index: number): Uint8Array {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, index);
  return hmac(sha256, secret, concatBytes(utf8ToBytes(purpose), number));
}

/** A number from 0 to `most`. 512 bits are drawn for at most 260, so none is likelier than another. */
function drawUpTo(secret: Uint8Array, index: number, most: bigint): bigint {
  const bytes = concatBytes(draw(secret, 'cut-a', index), draw(secret, 'cut-b', index));
  return BigInt(`0x${bytesToHex(bytes)}`) % (most + 1n);
}

const ascending = (left: bigint, right: bigint): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

export type Balance = {
  /** Pseudonymous client number. */
  client: string;
  /** Smallest unit; not negative. */
  amount: bigint;
};

/** The leaves of one client, in the order of their pieces. @throws SumError */
export function piecesOf(
  { client, amount }: Balance,
  { seed, context, total }: { seed: Uint8Array; context: Uint8Array; total: bigint },
): { content: LeafContent; node: SumNode }[] {
  const secret = secretOf(seed, context, `client/${client}`);
  const count = pieceCount(amount, total);
  const cuts = Array.from({ length: count - 1 }, (_, index) => drawUpTo(secret, index, amount));
  const ends = [...cuts.sort(ascending), amount];
  return ends.map((end, piece) => {
    const part = end - (ends[piece - 1] ?? 0n);
    const content = { client, piece, amount: part, salt: draw(secret, 'salt', piece) };
    return { content, node: leafNode(context, content) };
  });
}

/** What fills a tree up to a power of two, so that the number of clients does not show. */
export function* paddingOf(
  count: number,
  { seed, context }: { seed: Uint8Array; context: Uint8Array },
): Generator<SumNode> {
  const secret = secretOf(seed, context, 'padding');
  for (let index = 0; index < count; index += 1)
    yield paddingNode(context, draw(secret, 'salt', index));
}
