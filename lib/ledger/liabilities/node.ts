/**
 * Leaves, padding and inner nodes of a liabilities tree. Each is hashed under a tag of its own, so
 * none can stand for another, and an inner node hashes both children's hashes and both sums: a node
 * that commits to the total alone lets whoever makes the tree state any sums beneath it
 * (Hu, Zhang, Guo: Breaking the Binding, eprint 2018/1139).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { addSums, SUM_BYTES, writeSum } from './sum.ts';

/** SHA-256. Whoever builds large trees passes a faster one of the same function. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export type SumNode = { hash: Uint8Array; sum: bigint };

/** 32 bytes per tag, so that what follows stands at fixed places. */
const tagOf = (name: string): Uint8Array =>
  sha256(utf8ToBytes(`countersign/liabilities/v1/${name}`));
const contextTag = tagOf('context');
const leafTag = tagOf('leaf');
const paddingTag = tagOf('padding');
const nodeTag = tagOf('node');

/** What a tree belongs to. */
export type TreeScope = {
  organisation: string;
  environment: string;
  /** Id of the snapshot. */
  snapshot: string;
  asset: string;
};

/** Length of a text in one byte, then the text: no two lists of texts share an encoding. */
function shortText(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  if (bytes.length > 255) throw new RangeError('A text in a tree has at most 255 bytes.');
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}

/** 32 bytes that go into each leaf: a leaf of one snapshot or asset is none of another. */
export const contextOf = ({ organisation, environment, snapshot, asset }: TreeScope): Uint8Array =>
  sha256(concatBytes(contextTag, ...[organisation, environment, snapshot, asset].map(shortText)));

export type LeafContent = {
  client: string;
  /** Number of the piece of this client's balance, from 0. */
  piece: number;
  amount: bigint;
  /** 32 secret bytes, another for each leaf: without them nobody can try out contents. */
  salt: Uint8Array;
};

/** @throws SumError for an amount that is negative or beyond the limit. */
export function leafNode(context: Uint8Array, content: LeafContent, hash: Hash = sha256): SumNode {
  const tail = new Uint8Array(2 + SUM_BYTES);
  new DataView(tail.buffer).setUint16(0, content.piece);
  writeSum(tail, 2, content.amount);
  const bytes = concatBytes(leafTag, context, content.salt, shortText(content.client), tail);
  return { hash: hash(bytes), sum: content.amount };
}

/** A leaf of nobody: worth nothing, and without its salt not to be told from a client's. */
export const paddingNode = (
  context: Uint8Array,
  salt: Uint8Array,
  hash: Hash = sha256,
): SumNode => ({
  hash: hash(concatBytes(paddingTag, context, salt)),
  sum: 0n,
});

const NODE_BYTES = 32 + 1 + 2 * (32 + SUM_BYTES);

/**
 * @param height of the new node, from 1 above the leaves: a node of one height is none of another.
 * @throws SumError when both sums together reach the limit.
 */
export function innerNode(
  height: number,
  [left, right]: readonly [SumNode, SumNode],
  hash: Hash = sha256,
): SumNode {
  const sum = addSums(left.sum, right.sum);
  const bytes = new Uint8Array(NODE_BYTES);
  bytes.set(nodeTag, 0);
  bytes[32] = height;
  bytes.set(left.hash, 33);
  writeSum(bytes, 65, left.sum);
  bytes.set(right.hash, 65 + SUM_BYTES);
  writeSum(bytes, 97 + SUM_BYTES, right.sum);
  return { hash: hash(bytes), sum };
}
