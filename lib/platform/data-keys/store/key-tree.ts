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
  countOf,
  emptyBucket,
  freshIds,
  idsIn,
  isBucket,
  keyIn,
  withKeys,
  withoutKeys,
  type Bucket,
} from './bucket.ts';
import {
  changedAt,
  destroyFile,
  lengthOf,
  makeFolder,
  namesIn,
  readIfThere,
  removeFiles,
  writeWhole,
  type Durability,
} from './durable-files.ts';
import { KeyStoreFault } from './key-store-fault.ts';
import { BEGUN_NAME, lookAt, type TreeFolders } from './look-at.ts';
import { PLACES_NAME } from './places.ts';
import { KEY_BYTES, NONCE_BYTES, openBytes, sealBytes, TAG_BYTES } from './seal-bytes.ts';
import {
  bucketAbout,
  bucketName,
  bucketNames,
  rootName,
  topAbout,
  topName,
  writeTop,
  type BucketEntry,
  type Top,
} from './top.ts';

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

  /** Count of its changes; of two copies of one generation the one with more is the newer. */
  get change(): number {
    return this.#top.change;
  }

  /**
   * Opens the tree that is there, and clears what a crash left.
   * @returns null where neither folder holds anything of one.
   * @throws KeyStoreFault where something is there that does not open: never is a new one made over it.
   */
  static async open(folders: TreeFolders, durability: Durability): Promise<KeyTree | null> {
    const found = await lookAt(folders);
    if (found.state === 'empty') return null;
    if (found.state === 'fault') throw found.fault;
    const tree = new KeyTree(folders, durability, found);
    await tree.#clear();
    return tree;
  }

  /** Makes a tree in folders that hold nothing. */
  static async create(folders: TreeFolders, durability: Durability): Promise<KeyTree> {
    await Promise.all([makeFolder(folders.keys), makeFolder(folders.root)]);
    const root = randomBytes(KEY_BYTES);
    const top: Top = { change: 0, fingerprintKey: randomBytes(KEY_BYTES), buckets: new Map() };
    const tree = new KeyTree(folders, durability, { generation: 1, root, top });
    await writeWhole(join(folders.keys, BEGUN_NAME), new Uint8Array(), durability);
    await writeWhole(join(folders.root, rootName(1)), root, durability);
    await tree.#writeTop(top, 1, root);
    await tree.#clear();
    return tree;
  }

  /** @returns null for a key that is not there: it was destroyed, or never was. */
  async keyOf(id: string): Promise<Uint8Array | null> {
    return keyIn(await this.#bucket(bucketOf(id)), id);
  }

  /** Ids of the keys of one bucket. */
  async idsOf(number: number): Promise<string[]> {
    return idsIn(await this.#bucket(number));
  }

  /** @throws KeyStoreFault where the folders are not those that were opened, such as where a disk is away. */
  async requirePlace(): Promise<void> {
    const { root } = this.files();
    const there = await Promise.all([namesIn(this.folders.keys), namesIn(this.folders.root)]);
    if (there[0].includes(topName(this.#generation)) && root.every((one) => there[1].includes(one)))
      return;
    throw new KeyStoreFault(
      'top-missing',
      `The keys in ${this.folders.keys} are away, so nothing is changed.`,
    );
  }

  /** Milliseconds since the root key was made, by its file. */
  async rootAge(now: Date): Promise<number> {
    const made = await changedAt(join(this.folders.root, rootName(this.#generation)));
    return now.getTime() - made.getTime();
  }

  /** How many keys there are, by the lengths of the buckets' files; counted anew where a file is written anew meanwhile. */
  async count(): Promise<number> {
    const top = this.#top;
    let keys = 0;
    try {
      for (const [number, { generation }] of top.buckets) {
        const length = await lengthOf(join(this.folders.keys, bucketName(number, generation)));
        keys += countOf(length - NONCE_BYTES - TAG_BYTES);
      }
    } catch (error) {
      if (this.#top !== top) return this.count();
      throw error;
    }
    return keys;
  }

  /** Makes keys. @returns their ids, in hex. */
  async make(count: number): Promise<string[]> {
    const made = freshIds(count, this.fingerprintKey).map((id) => ({
      id,
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
    // A bucket that the top does not name is nobody's; so it is written first, and counts from here on.
    const top = {
      ...this.#top,
      change: this.#top.change + 1,
      buckets: new Map([...this.#top.buckets, ...fresh]),
    };
    await this.#writeTop(top, this.#generation, this.#root);
    this.#top = top;
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
    const top = { ...this.#top, change: this.#top.change + 1, buckets };
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
    return {
      keys: [topName(this.#generation), ...bucketNames(this.#top)],
      root: [rootName(this.#generation)],
    };
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

  /** Takes away what a crash left, and what the state before left. Roots first: they are what still opens something. */
  async #clear(): Promise<void> {
    const { keys, root } = this.files();
    const stale = (await namesIn(this.folders.root)).filter((name) => !root.includes(name));
    for (const name of stale) await destroyFile(join(this.folders.root, name), this.#durability);
    const wanted = new Set([...keys, PLACES_NAME]);
    const others = (await namesIn(this.folders.keys)).filter((name) => !wanted.has(name));
    await removeFiles(this.folders.keys, others, this.#durability);
  }
}
