/**
 * Builds the liabilities tree of one asset, and on the way the proofs of the clients asked for. Memory
 * is that of one bucket of leaves, of the path up and of the proofs, however many clients there are.
 */
import { hash as digest } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { bytesToHex } from '@noble/hashes/utils.js';
import { DEPTH_MAX, GrowingTree } from './grow.ts';
import { contextOf, type LeafContent, type SumNode, type TreeScope } from './node.ts';
import { paddingOf, piecesOf, SEED_BYTES, type Balance } from './pieces.ts';
import { LeafSorter, type Shelf } from './shelf.ts';
import { isSum } from './sum.ts';

/** The runtime's own SHA-256, several times as fast as one in JavaScript. */
const sha256 = (bytes: Uint8Array): Uint8Array => digest('sha256', bytes, 'buffer');

/** A tree has at least 2^7 leaves, so that few clients do not show by how low it is. */
const DEPTH_LEAST = 7;

/**
 * Balances in parts of any size, client by client in ascending order of UTF-16 code units; gives the
 * same each time it is called.
 */
export type BalanceSource = () => AsyncIterable<readonly Balance[]>;

/** Balances that no tree can be made of: a fault of the books or of their reader. */
export class BalanceError extends Error {
  override name = 'BalanceError';
}

export type TreeInput = {
  scope: TreeScope;
  /** {@link SEED_BYTES} random bytes. */
  seed: Uint8Array;
  balances: BalanceSource;
  shelf: Shelf;
  /** Clients whose proofs are wanted. */
  proofsFor?: ReadonlySet<string>;
  /** Ends the work between two parts of it, with the reason of the signal. */
  signal?: AbortSignal | undefined;
};

/** In the form of `lib/protocol/reserves.ts`. */
export type LiabilityRoot = { asset: string; depth: number; hash: string; total: string };
export type AssetProof = {
  asset: string;
  amount: string;
  pieces: {
    piece: number;
    amount: string;
    salt: string;
    position: number;
    path: { hash: string; sum: string }[];
  }[];
};

export type BuiltTree = { root: LiabilityRoot; clients: number; proofs: Map<string, AssetProof> };

async function* untilAborted<T>(
  parts: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  for await (const part of parts) {
    signal?.throwIfAborted();
    yield part;
  }
}

/** Every balance, with what no tree may be built on refused. */
async function* sound(balances: BalanceSource): AsyncGenerator<Balance> {
  let before: string | null = null;
  for await (const part of balances()) {
    for (const balance of part) {
      if (!isSum(balance.amount)) throw new BalanceError('A balance is negative or too large.');
      // In ascending order no client can be there twice.
      if (before !== null && balance.client <= before)
        throw new BalanceError('Clients are not in ascending order.');
      before = balance.client;
      yield balance;
    }
  }
}

async function totalOf(balances: BalanceSource): Promise<bigint> {
  let total = 0n;
  for await (const { amount } of sound(balances)) total += amount;
  if (!isSum(total)) throw new BalanceError('The balances together are too large.');
  return total;
}

function depthFor(leaves: number): number {
  let depth = DEPTH_LEAST;
  while (2 ** depth < leaves) depth += 1;
  return depth;
}

/** What a client's proof needs of a leaf, by the leaf's hash. */
type Wanted = { content: LeafContent; position: number };

function proofOf(asset: string, wanted: readonly Wanted[], tree: GrowingTree): AssetProof {
  return {
    asset,
    amount: wanted.reduce((sum, { content }) => sum + content.amount, 0n).toString(),
    pieces: wanted.map(({ content: { piece, amount, salt }, position }) => ({
      piece,
      amount: amount.toString(),
      salt: bytesToHex(salt),
      position,
      path: tree.pathOf(position).map(({ hash, sum }) => ({
        hash: bytesToHex(hash),
        sum: sum.toString(),
      })),
    })),
  };
}

/** @throws BalanceError */
export async function buildTree(input: TreeInput): Promise<BuiltTree> {
  const { scope, seed, shelf, proofsFor = new Set(), signal } = input;
  const balances = () => untilAborted(input.balances(), signal);
  if (seed.length !== SEED_BYTES) throw new RangeError('A seed has 32 bytes.');
  const context = contextOf(scope);
  const secrets = { seed, context, hash: sha256 };
  const total = await totalOf(balances);
  const sorter = new LeafSorter(shelf);
  const byHash = new Map<string, Wanted>();
  const byClient = new Map<string, Wanted[]>();
  let clients = 0;
  let again = 0n;
  for await (const balance of sound(balances)) {
    const pieces = piecesOf(balance, { ...secrets, total });
    for (const { node } of pieces) sorter.put(node);
    clients += 1;
    again += balance.amount;
    if (!proofsFor.has(balance.client)) continue;
    const wanted = pieces.map(({ content }) => ({ content, position: -1 }));
    byClient.set(balance.client, wanted);
    for (const [index, { node }] of pieces.entries()) {
      const of = wanted[index];
      if (of) byHash.set(bytesToHex(node.hash), of);
    }
  }
  if (again !== total) throw new BalanceError('The balances changed while the tree was built.');
  const depth = depthFor(sorter.count);
  if (depth > DEPTH_MAX) throw new BalanceError('There are more clients than a tree can hold.');
  await pad(sorter, paddingOf(2 ** depth - sorter.count, secrets), signal);
  const tree = await growFrom(sorter, { depth, byHash, signal });
  const { hash, sum } = tree.root();
  if (sum !== total) throw new BalanceError('The root does not add up to the balances.');
  const root = { asset: scope.asset, depth, hash: bytesToHex(hash), total: total.toString() };
  const proofs = new Map(
    [...byClient].map(([client, wanted]) => [client, proofOf(scope.asset, wanted, tree)]),
  );
  return { root, clients, proofs };
}

/** Leaves of nobody that are made before others of this process get a turn. */
const PADDING_AT_ONCE = 10_000;

async function pad(
  sorter: LeafSorter,
  padding: Iterable<SumNode>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let made = 0;
  for (const node of padding) {
    sorter.put(node);
    made += 1;
    if (made % PADDING_AT_ONCE !== 0) continue;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

async function growFrom(
  sorter: LeafSorter,
  {
    depth,
    byHash,
    signal,
  }: {
    depth: number;
    byHash: ReadonlyMap<string, Wanted>;
    signal: AbortSignal | undefined;
  },
): Promise<GrowingTree> {
  const tree = new GrowingTree(depth, sha256);
  const grow = (leaf: SumNode): void => {
    const wanted = byHash.size === 0 ? undefined : byHash.get(bytesToHex(leaf.hash));
    if (wanted) wanted.position = tree.keepNextPath();
    tree.add(leaf);
  };
  for (const part of sorter.take()) {
    for (const leaf of part) grow(leaf);
    // Whoever else this process serves gets a turn.
    await setImmediate();
    signal?.throwIfAborted();
  }
  return tree;
}
