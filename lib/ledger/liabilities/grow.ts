/** Grows a tree from its leaves in their order, keeping one unfinished node per height and nothing else. */
import { innerNode, type Hash, type SumNode } from './node.ts';

/** The node beside each node on the way up from one leaf, from the leaf on. */
export type Path = SumNode[];

/** More heights than any tree of people has: 2^40 leaves. */
export const DEPTH_MAX = 40;

/** A place among the nodes of one height. Places stay below 2^40, so a number holds both exactly. */
const placeKey = (height: number, index: number): number => index * 64 + height;

const halved = (index: number): number => Math.floor(index / 2);
const beside = (index: number): number => (index % 2 === 0 ? index + 1 : index - 1);

export class GrowingTree {
  readonly #depth: number;
  readonly #hash: Hash | undefined;
  /** The left sibling that waits at each height. */
  readonly #waiting: (SumNode | null)[];
  readonly #wanted = new Set<number>();
  readonly #kept = new Map<number, SumNode>();
  #leaves = 0;
  #root: SumNode | null = null;

  /** @param depth heights above the leaves: the tree has 2^depth leaves. */
  constructor(depth: number, hash?: Hash) {
    if (depth < 0 || depth > DEPTH_MAX) throw new RangeError('A tree has 0 to 40 heights.');
    this.#depth = depth;
    this.#hash = hash;
    this.#waiting = Array.from({ length: depth }, () => null);
  }

  /** Keeps the path of the leaf that is added next. Call it right before that leaf is added. */
  keepNextPath(): number {
    const position = this.#leaves;
    for (let height = 0, index = position; height < this.#depth; height += 1) {
      const place = placeKey(height, beside(index));
      this.#wanted.add(place);
      // A left sibling that was finished before is the one that waits there.
      const earlier = this.#waiting[height];
      if (index % 2 === 1 && earlier) this.#kept.set(place, earlier);
      index = halved(index);
    }
    return position;
  }

  add(leaf: SumNode): void {
    if (this.#leaves >= 2 ** this.#depth) throw new RangeError('The tree has all its leaves.');
    let node = leaf;
    let index = this.#leaves;
    for (let height = 0; height < this.#depth; height += 1) {
      const place = placeKey(height, index);
      if (this.#wanted.has(place)) this.#kept.set(place, node);
      const left = this.#waiting[height];
      if (!left) {
        this.#waiting[height] = node;
        this.#leaves += 1;
        return;
      }
      this.#waiting[height] = null;
      node = innerNode(height + 1, [left, node], this.#hash);
      index = halved(index);
    }
    this.#root = node;
    this.#leaves += 1;
  }

  /** The root of the finished tree. */
  root(): SumNode {
    if (!this.#root) throw new RangeError('The tree has not all its leaves.');
    return this.#root;
  }

  /** @param position that {@link keepNextPath} named. */
  pathOf(position: number): Path {
    const path: Path = [];
    for (let height = 0, index = position; height < this.#depth; height += 1) {
      const node = this.#kept.get(placeKey(height, beside(index)));
      if (!node) throw new RangeError('The path of this leaf was not kept.');
      path.push(node);
      index = halved(index);
    }
    return path;
  }
}

/** The root that a leaf and its path give. @throws SumError when a sum leaves the range. */
export function climb(leaf: SumNode, position: number, path: readonly SumNode[]): SumNode {
  let node = leaf;
  let index = position;
  for (const [height, sibling] of path.entries()) {
    node = innerNode(height + 1, index % 2 === 0 ? [node, sibling] : [sibling, node]);
    index = halved(index);
  }
  return node;
}
