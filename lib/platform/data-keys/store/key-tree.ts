/**
 * An erasable tree of keys on the disk. Data keys stand in buckets, each sealed under a key of its own; those keys stand
 * in the top, sealed under the root key; the root key stands in a folder of its own. To destroy a data key its bucket is
 * written without it under a new bucket key, the top under a new root key, and the old root key is overwritten and
 * removed. From then on no earlier copy of bucket or top opens any more, in whatever backup, snapshot or corner of a
 * disk it lies: only the 32 bytes of one root key ever have to be destroyed, and they are always the same 32.
 *
 * One process writes it. Every step is on the disk before the next; a crash in between leaves the state before or the
 * one after, and what is left over is cleared at the next opening.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  bucketOf,
  BUCKETS,
  countIn,
  emptyBucket,
  ID_BYTES,
  isBucket,
  keyIn,
  withKeys,
  withoutKeys,
  type Bucket,
} from './bucket.ts';
import {
  destroyFile,
  makeFolder,
  namesIn,
  readIfThere,
  removeFiles,
  writeWhole,
  type Durability,
} from './durable-files.ts';
import { KeyStoreFault } from './key-store-fault.ts';
import { KEY_BYTES, openBytes, sealBytes } from './seal-bytes.ts';
import {
  bucketAbout,
  bucketName,
  generationIn,
  readTop,
  rootName,
  topAbout,
  topName,
  writeTop,
  type BucketEntry,
  type Top,
} from './top.ts';

export type TreeFolders = {
  /** Buckets and tops. */
  keys: string;
  /** Root keys; never below `keys`, and on another disk where there is one. */
  root: string;
};

/** Bytes of opened buckets that are kept at hand; a million keys are 48 MB. */
const CACHE_BYTES_MAX = 64 * 1024 * 1024;

export class KeyTree {
  readonly folders: TreeFolders;
  readonly #durability: Durability;
  #generation: number;
  #root: Buffer;
  #top: Top;
  readonly #cache = new Map<number, Bucket>();
  /** How often a bucket was written: what was read before a write is not kept after it. */
  #writes = 0;
  #changed = new Set<string>();

  private constructor(
    folders: TreeFolders,
    durability: Durability,
    state: { generation: number; root: Buffer; top: Top },
  ) {
    this.folders = folders;
    this.#durability = durability;
    this.#generation = state.generation;
    this.#root = state.root;
    this.#top = state.top;
  }

  /** Generation of the root key, which grows with each destruction and rotation. */
  get generation(): number {
    return this.#generation;
  }

  get fingerprintKey(): Uint8Array {
    return this.#top.fingerprintKey;
  }

  /**
   * Opens the tree that is there.
   * @returns null where neither folder holds anything of one.
   * @throws KeyStoreFault where something is there that does not open: never is a new one made over it.
   */
  static async open(folders: TreeFolders, durability: Durability): Promise<KeyTree | null> {
    const [inKeys, inRoot] = await Promise.all([namesIn(folders.keys), namesIn(folders.root)]);
    const tops = inKeys.flatMap((name) => generationIn(name, 'top') ?? []);
    const roots = inRoot.flatMap((name) => generationIn(name, 'root') ?? []);
    const generation = tops.filter((one) => roots.includes(one)).toSorted((a, b) => b - a)[0];
    if (generation === undefined) {
      const isUntouched = (names: readonly string[]): boolean =>
        names.every((name) => name.endsWith('.new'));
      if (isUntouched(inKeys) && isUntouched(inRoot)) return null;
      throw new KeyStoreFault(
        roots.length === 0 ? 'root-missing' : 'top-missing',
        roots.length === 0
          ? `No root key lies in ${folders.root}, but keys do in ${folders.keys}. Put the root key’s folder back; without it nothing opens.`
          : `No top of the keys in ${folders.keys} belongs to a root key in ${folders.root}. Put both folders back from the same copy.`,
      );
    }
    if (tops.some((one) => one > generation))
      throw new KeyStoreFault(
        'root-missing',
        `The keys in ${folders.keys} are of a later root key than any in ${folders.root}. Put the newest root key back; an older one would bring back what was destroyed.`,
      );
    const root = await readIfThere(join(folders.root, rootName(generation)));
    const sealed = await readIfThere(join(folders.keys, topName(generation)));
    if (root?.length !== KEY_BYTES || sealed === null)
      throw new KeyStoreFault('root-damaged', `The root key in ${folders.root} is damaged.`);
    const plain = openBytes(root, topAbout(generation), sealed);
    const top = plain && readTop(plain);
    if (!top)
      throw new KeyStoreFault(
        'top-damaged',
        `The top of the keys in ${folders.keys} does not open with the root key in ${folders.root}: one of them is wrong or damaged. Put both back from the same copy.`,
      );
    const tree = new KeyTree(folders, durability, { generation, root, top });
    await tree.#checkFiles(inKeys);
    await tree.#clear();
    return tree;
  }

  /** Makes a tree in folders that hold nothing. */
  static async create(folders: TreeFolders, durability: Durability): Promise<KeyTree> {
    await Promise.all([makeFolder(folders.keys), makeFolder(folders.root)]);
    const root = randomBytes(KEY_BYTES);
    const top: Top = { fingerprintKey: randomBytes(KEY_BYTES), buckets: new Map() };
    const tree = new KeyTree(folders, durability, { generation: 1, root, top });
    await writeWhole(join(folders.root, rootName(1)), root, durability);
    await tree.#writeTop(top, 1, root);
    return tree;
  }

  /** @returns null for a key that is not there: it was destroyed, or never was. */
  async keyOf(id: string): Promise<Uint8Array | null> {
    return keyIn(await this.#bucket(bucketOf(id)), id);
  }

  /** Every bucket that has keys, with how many. */
  async count(): Promise<number> {
    let keys = 0;
    for (const bucket of this.#top.buckets.keys()) keys += countIn(await this.#bucket(bucket));
    return keys;
  }

  /** Makes keys. @returns their ids, in hex. */
  async make(count: number): Promise<string[]> {
    const made = Array.from({ length: count }, () => ({
      id: randomBytes(ID_BYTES).toString('hex'),
      key: randomBytes(KEY_BYTES),
    }));
    const fresh = new Map<number, BucketEntry>();
    for (const [number, added] of Map.groupBy(made, ({ id }) => bucketOf(id))) {
      const entry = this.#top.buckets.get(number) ?? {
        generation: this.#generation,
        key: randomBytes(KEY_BYTES),
      };
      const bucket = withKeys(await this.#bucket(number), added);
      await this.#writeBucket(number, entry, bucket);
      if (this.#top.buckets.has(number)) this.#keep(number, bucket);
      else fresh.set(number, entry);
    }
    if (fresh.size > 0) {
      // A bucket that the top does not name is nobody's; so it is written first, and counts from here on.
      const top = { ...this.#top, buckets: new Map([...this.#top.buckets, ...fresh]) };
      await this.#writeTop(top, this.#generation, this.#root);
      this.#top = top;
    }
    return made.map(({ id }) => id);
  }

  /**
   * Destroys keys; with none to destroy it only changes the root key.
   * @returns those that were there.
   */
  async destroy(ids: ReadonlySet<string>): Promise<string[]> {
    const there: string[] = [];
    for (const id of ids) if ((await this.keyOf(id)) !== null) there.push(id);
    const before = this.#generation;
    const after = before + 1;
    const root = randomBytes(KEY_BYTES);
    await writeWhole(join(this.folders.root, rootName(after)), root, this.#durability);
    const buckets = new Map(this.#top.buckets);
    for (const [number, gone] of Map.groupBy(there, bucketOf)) {
      const entry = { generation: after, key: randomBytes(KEY_BYTES) };
      const bucket = withoutKeys(await this.#bucket(number), new Set(gone));
      await this.#writeBucket(number, entry, bucket);
      buckets.set(number, entry);
    }
    const top = { ...this.#top, buckets };
    await this.#writeTop(top, after, root);
    // From here on the new state counts, and the old one is taken away.
    this.#root = root;
    this.#top = top;
    this.#generation = after;
    this.#writes += 1;
    this.#cache.clear();
    await destroyFile(join(this.folders.root, rootName(before)), this.#durability);
    await this.#clear();
    return there;
  }

  /** Names of all files that belong to the state now, by their folder. */
  files(): { keys: string[]; root: string[] } {
    const buckets = [...this.#top.buckets].map(([number, { generation }]) =>
      bucketName(number, generation),
    );
    return { keys: [topName(this.#generation), ...buckets], root: [rootName(this.#generation)] };
  }

  /** Names of key files that were written since this was asked last. */
  takeChanged(): string[] {
    const changed = [...this.#changed];
    this.#changed = new Set();
    return changed;
  }

  async #bucket(number: number): Promise<Bucket> {
    const kept = this.#cache.get(number);
    if (kept) return kept;
    const entry = this.#top.buckets.get(number);
    if (!entry) return emptyBucket;
    const { generation, key } = entry;
    const seen = this.#writes;
    const sealed = await readIfThere(join(this.folders.keys, bucketName(number, generation)));
    const bucket = sealed && openBytes(key, bucketAbout(number, generation), sealed);
    // It was written anew under another key while it was read.
    if (this.#top.buckets.get(number) !== entry) return this.#bucket(number);
    if (!bucket || !isBucket(bucket))
      throw new KeyStoreFault(
        'bucket-damaged',
        `The file ${bucketName(number, generation)} in ${this.folders.keys} is missing or damaged. Put it back from a copy; its keys are not lost while one is left.`,
      );
    if (seen === this.#writes) this.#keep(number, bucket);
    return bucket;
  }

  #keep(number: number, bucket: Bucket): void {
    this.#cache.delete(number);
    this.#cache.set(number, bucket);
    let bytes = [...this.#cache.values()].reduce((sum, one) => sum + one.length, 0);
    for (const [oldest, { length }] of this.#cache) {
      if (bytes <= CACHE_BYTES_MAX || oldest === number) return;
      this.#cache.delete(oldest);
      bytes -= length;
    }
  }

  async #writeBucket(number: number, { generation, key }: BucketEntry, bucket: Bucket) {
    const name = bucketName(number, generation);
    await writeWhole(
      join(this.folders.keys, name),
      sealBytes(key, bucketAbout(number, generation), bucket),
      this.#durability,
    );
    this.#writes += 1;
    this.#cache.delete(number);
    this.#changed.add(name);
  }

  async #writeTop(top: Top, generation: number, root: Buffer): Promise<void> {
    await writeWhole(
      join(this.folders.keys, topName(generation)),
      sealBytes(root, topAbout(generation), writeTop(top)),
      this.#durability,
    );
    this.#changed.add(topName(generation));
  }

  /** A bucket that is named and not there would make its keys look destroyed. */
  async #checkFiles(there: readonly string[]): Promise<void> {
    if (this.#top.buckets.size > BUCKETS)
      throw new KeyStoreFault('top-damaged', 'Too many buckets.');
    const missing = this.files().keys.find((name) => !there.includes(name));
    if (missing !== undefined)
      throw new KeyStoreFault(
        'bucket-damaged',
        `The file ${missing} is missing in ${this.folders.keys}. Put it back from a copy.`,
      );
  }

  /** Takes away what a crash left, and what the state before left. Roots first: they are what still opens something. */
  async #clear(): Promise<void> {
    const { keys, root } = this.files();
    const stale = (await namesIn(this.folders.root)).filter((name) => !root.includes(name));
    for (const name of stale) await destroyFile(join(this.folders.root, name), this.#durability);
    const others = (await namesIn(this.folders.keys)).filter((name) => !keys.includes(name));
    await removeFiles(this.folders.keys, others, this.#durability);
  }
}
