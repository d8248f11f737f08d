/**
 * How a client's balance becomes leaves: cut into several pieces at random places, each under a salt
 * of its own. Everything random comes from the snapshot's seed, so the same balances and seed give
 * the same leaves.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { leafNode, paddingNode, type Hash, type LeafContent, type SumNode } from './node.ts';

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
export function pieceCount(amount: bigint, total: bigint): number {
  let count = PIECES_LEAST;
  for (let part = 1n; part <= PARTS && total > 0n && amount * PARTS >= part * total; part += 1n)
    count += 1;
  return count;
}

/** What all leaves of one tree are made with. */
export type TreeSecrets = { seed: Uint8Array; context: Uint8Array; hash?: Hash };

const tagOf = (name: string): Uint8Array =>
  sha256(utf8ToBytes(`countersign/liabilities/v1/${name}`));
const ownerTag = tagOf('owner');
const purposes = { salt: tagOf('salt'), cutA: tagOf('cut-a'), cutB: tagOf('cut-b') };

/** Never leaves the house. The seed comes first and has a fixed length, as everything but the owner. */
const secretOf = ({ seed, context, hash = sha256 }: TreeSecrets, owner: string): Uint8Array =>
  hash(concatBytes(seed, ownerTag, context, utf8ToBytes(owner)));

/**
 * 32 bytes for one purpose and number. Inputs have one length, so what somebody learns of one (each
 * client gets their salts) tells nothing about the secret or about another.
 */
function draw(
  secret: Uint8Array,
  purpose: keyof typeof purposes,
  index: number,
  hash: Hash = sha256,
): Uint8Array {
  const bytes = new Uint8Array(68);
  bytes.set(secret, 0);
  bytes.set(purposes[purpose], 32);
  new DataView(bytes.buffer).setUint32(64, index);
  return hash(bytes);
}

/** A number from 0 to `most`. 512 bits are drawn for at most 260, so none is likelier than another. */
function drawUpTo(secret: Uint8Array, index: number, most: bigint, hash?: Hash): bigint {
  const [high, low] = [draw(secret, 'cutA', index, hash), draw(secret, 'cutB', index, hash)];
  return BigInt(`0x${bytesToHex(high)}${bytesToHex(low)}`) % (most + 1n);
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
  { total, ...secrets }: TreeSecrets & { total: bigint },
): { content: LeafContent; node: SumNode }[] {
  const { context, hash } = secrets;
  const secret = secretOf(secrets, `client/${client}`);
  const count = pieceCount(amount, total);
  const cuts = Array.from({ length: count - 1 }, (_, index) =>
    drawUpTo(secret, index, amount, hash),
  );
  const ends = [...cuts.sort(ascending), amount];
  return ends.map((end, piece) => {
    const part = end - (ends[piece - 1] ?? 0n);
    const content = { client, piece, amount: part, salt: draw(secret, 'salt', piece, hash) };
    return { content, node: leafNode(context, content, hash) };
  });
}

/** What fills a tree up to a power of two, so that the number of clients does not show. */
export function* paddingOf(count: number, secrets: TreeSecrets): Generator<SumNode> {
  const { context, hash } = secrets;
  const secret = secretOf(secrets, 'padding');
  for (let index = 0; index < count; index += 1)
    yield paddingNode(context, draw(secret, 'salt', index, hash), hash);
}
