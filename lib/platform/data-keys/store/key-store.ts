/**
 * The keys of the data-key service: the tree, its copies and its short-lived backups, changed by one step at a time.
 */
import { createHmac } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  DataKeysError,
  type KeyId,
  type Opened,
  type ShredReceipt,
  type ToOpen,
  type ToSeal,
} from '../data-keys.ts';
import { faultIn, mirror } from './copies.ts';
import { makeFolder, namesIn, type Durability } from './durable-files.ts';
import { isProvedId } from './id-proof.ts';
import { KeyStoreFault } from './key-store-fault.ts';
import { KeyTree } from './key-tree.ts';
import type { TreeFolders } from './look-at.ts';
import { openNewest } from './newest-place.ts';
import { readPlaces, writePlaces } from './places.ts';
import { NONCE_BYTES, openBytes, sealBytes, TAG_BYTES } from './seal-bytes.ts';

export type KeyStoreOptions = Durability & {
  folders: TreeFolders;
  /** Where all of it is kept a second time; none is allowed only in the sandbox. */
  copies: readonly TreeFolders[];
  /** Folder of backups of the keys; the root key is in none of them. */
  backups: string | null;
  now: () => Date;
};

export type StoreHealth = {
  generation: number;
  keys: number;
  copies: readonly { place: string; fault: string | null }[];
  /** Whether a copy may still hold what was destroyed. */
  isShreddingPending: boolean;
  /** The copy that was newer at the start, and was taken; null for none. */
  takenFrom: string | null;
};

/** A backup of keys lives no longer, whether something was destroyed since or not. */
const BACKUP_DAYS = 7;
const DAY = 86_400_000;
const VERSION = 1;
const KEY_ID_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

const isBelow = (inner: string, outer: string): boolean => {
  const way = relative(outer, inner);
  return way === '' || !way.startsWith('..');
};

const aboutOf = (keyId: string, context: string): string =>
  `countersign/data/v1/${keyId}/${context}`;

export class KeyStore {
  #tree: KeyTree;
  readonly #takenFrom: string | null;
  readonly #options: KeyStoreOptions;
  /** What keeps each copy from being whole, by its place. */
  readonly #faults = new Map<string, string>();
  /** Copies that need only what was written since. */
  readonly #whole = new Set<string>();
  /** Copies that were whole once. */
  readonly #known: Set<string>;
  /** A change that failed may be on the disk all the same, so the disk is read again before the next. */
  #isDoubtful = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    tree: KeyTree,
    options: KeyStoreOptions,
    from: { known: Set<string>; takenFrom: string | null },
  ) {
    this.#tree = tree;
    this.#options = options;
    this.#known = from.known;
    this.#takenFrom = from.takenFrom;
  }

  /**
   * Opens the newest keys that any place holds, or makes some where none holds any, and brings all places up to them.
   * @throws KeyStoreFault where there is something that does not open, and for folders inside one another.
   */
  static async open(options: KeyStoreOptions): Promise<KeyStore> {
    const { folders, copies } = options;
    for (const { keys, root } of [folders, ...copies])
      if (isBelow(keys, root) || isBelow(root, keys))
        throw new KeyStoreFault(
          'folders-nested',
          'The root key and the keys under it need folders that are not inside one another.',
        );
    const known = await readPlaces(folders.keys);
    const { tree, takenFrom } = await openNewest(folders, copies, options);
    const store = new KeyStore(tree ?? (await KeyTree.create(folders, options)), options, {
      known,
      takenFrom,
    });
    // What was brought up to a copy holds no list of them any more.
    if (takenFrom !== null) await writePlaces(folders.keys, known, options);
    await store.bringCopiesUp();
    return store;
  }

  make(count: number): Promise<KeyId[]> {
    return this.#oneAtATime(async () => {
      const made = await this.#tree.make(count);
      await this.#mirror();
      return made;
    });
  }

  async seal(items: readonly ToSeal[]): Promise<Uint8Array<ArrayBuffer>[]> {
    const keys = await this.#keysOf(items.map(({ key }) => key));
    return items.map(({ key, context, plain }) => {
      const own = keys.get(key);
      if (!own)
        throw new DataKeysError('key-unknown', 'There is no such key, so nothing was sealed.');
      return new Uint8Array(
        Buffer.concat([
          Buffer.of(VERSION),
          Buffer.from(key, 'hex'),
          sealBytes(own, aboutOf(key, context), plain),
        ]),
      );
    });
  }

  async open(items: readonly ToOpen[]): Promise<Opened[]> {
    const heads = items.map(({ sealed }) => keyIdOf(sealed));
    const keys = await this.#keysOf(heads);
    return items.map(({ context, sealed }, index) => {
      const id = heads[index] ?? '';
      const own = keys.get(id);
      if (!own) return { state: 'shredded' };
      const plain = openBytes(own, aboutOf(id, context), sealed.subarray(HEAD_BYTES));
      if (!plain)
        throw new DataKeysError(
          'seal-broken',
          'What is stored was changed, or stands in another place.',
        );
      return { state: 'open', plain };
    });
  }

  fingerprint(kind: string, values: readonly string[]): Uint8Array<ArrayBuffer>[] {
    return values.map(
      (value) =>
        new Uint8Array(
          createHmac('sha256', this.#tree.fingerprintKey)
            .update(`${kind.length}/${kind}/`)
            .update(value, 'utf8')
            .digest(),
        ),
    );
  }

  /** Which of these keys are no more, or never were. */
  async missing(keys: readonly KeyId[]): Promise<KeyId[]> {
    const there = await this.#keysOf(keys);
    return keys.filter((key) => !there.has(key));
  }

  /** Which of these ids were never given to a key here; of keys that were made before ids had a proof, too. */
  neverMade(keys: readonly KeyId[]): KeyId[] {
    return keys.filter((key) => !isProvedId(key, this.#tree.fingerprintKey));
  }

  /** Which keys there are in one bucket, of 256. */
  list(bucket: number): Promise<KeyId[]> {
    return this.#tree.idsOf(bucket);
  }

  shred(keys: readonly KeyId[]): Promise<ShredReceipt> {
    return this.#oneAtATime(async () => {
      const asked = new Set(keys);
      const before = this.#tree.generation;
      const destroyed = await this.#tree.destroy(asked);
      await this.#mirror();
      const backup = await this.#renewBackups();
      const { copies, folders } = this.#options;
      return {
        destroyed,
        absent: [...asked].filter((key) => !destroyed.includes(key)),
        rootBefore: before,
        rootAfter: this.#tree.generation,
        places: [
          { place: folders.keys, done: true },
          ...copies.map(({ keys: place }) => placeOf(place, this.#faults.get(place))),
          ...(backup === null ? [] : [backup]),
        ],
        at: this.#options.now().toISOString(),
      };
    });
  }

  /** A new root key over the same keys. */
  rotate(): Promise<ShredReceipt> {
    return this.shred([]);
  }

  /** Brings copies up that were not there, so that what was destroyed is destroyed in them as well. */
  bringCopiesUp(): Promise<void> {
    return this.#oneAtATime(() => this.#mirror());
  }

  /**
   * For a copy that is lost for good, such as a broken disk that was destroyed: it is begun anew where it stood.
   * @throws DataKeysError `key-unknown` for a place that is no copy.
   */
  renewCopy(place: string): Promise<void> {
    return this.#oneAtATime(async () => {
      if (!this.#options.copies.some(({ keys }) => keys === place))
        throw new DataKeysError('key-unknown', 'There is no such copy.');
      this.#known.delete(place);
      await this.#mirror();
    });
  }

  /** Changes the root key where it is older than so many days, by its file. */
  rotateWhenDue(days: number): Promise<ShredReceipt | null> {
    return this.#tree
      .rootAge(this.#options.now())
      .then((age) => (age > days * DAY ? this.rotate() : null));
  }

  /**
   * Writes a backup where the newest is a day old, and removes those that are too old.
   * @param isDue writes one whatever the newest is.
   */
  backUp({ isDue = false }: { isDue?: boolean } = {}): Promise<void> {
    return this.#oneAtATime(async () => {
      const { backups, now } = this.#options;
      if (backups === null) return;
      const newest = (await namesIn(backups)).at(-1);
      const age = newest === undefined ? DAY : now().getTime() - timeOf(newest);
      if (isDue || age >= DAY) await this.#writeBackup(backups);
      for (const name of await namesIn(backups))
        if (now().getTime() - timeOf(name) > BACKUP_DAYS * DAY)
          await rm(join(backups, name), { recursive: true, force: true });
    });
  }

  async health(): Promise<StoreHealth> {
    return {
      generation: this.#tree.generation,
      keys: await this.#tree.count(),
      copies: this.#options.copies.map(({ keys: place }) => ({
        place,
        fault: this.#faults.get(place) ?? null,
      })),
      isShreddingPending: this.#faults.size > 0,
      takenFrom: this.#takenFrom,
    };
  }

  async #keysOf(ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const keys = new Map<string, Uint8Array>();
    for (const id of new Set(ids)) {
      const key = await this.#tree.keyOf(id);
      if (key) keys.set(id, key);
    }
    return keys;
  }

  async #mirror(): Promise<void> {
    const changed = this.#tree.takeChanged();
    for (const copy of this.#options.copies) {
      const isWhole = this.#whole.has(copy.keys);
      const isKnown = this.#known.has(copy.keys);
      const since = isWhole ? changed : null;
      const fault = await mirror(this.#tree, copy, since, this.#options, isKnown);
      if (fault === null) {
        this.#whole.add(copy.keys);
        this.#faults.delete(copy.keys);
        if (!isKnown) {
          this.#known.add(copy.keys);
          await writePlaces(this.#options.folders.keys, this.#known, this.#options);
        }
      } else {
        this.#whole.delete(copy.keys);
        this.#faults.set(copy.keys, fault);
      }
    }
  }

  /** Earlier backups open no more; they are taken away, and one of the keys that are left is written. */
  async #renewBackups(): Promise<ShredReceipt['places'][number] | null> {
    const { backups } = this.#options;
    if (backups === null) return null;
    try {
      const earlier = await namesIn(backups);
      await this.#writeBackup(backups);
      for (const name of earlier) await rm(join(backups, name), { recursive: true, force: true });
      return { place: backups, done: true };
    } catch (error) {
      return placeOf(backups, faultIn(error));
    }
  }

  async #writeBackup(folder: string): Promise<void> {
    await makeFolder(folder);
    const name = this.#options.now().toISOString().replace(/[:.]/g, '-');
    const { keys } = this.#tree.files();
    for (const file of keys)
      await cp(join(this.#tree.folders.keys, file), join(folder, name, file), { force: true });
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const settled = async (): Promise<T> => {
      if (this.#isDoubtful) {
        const tree = await KeyTree.open(this.#options.folders, this.#options);
        if (tree) this.#tree = tree;
        this.#whole.clear();
        this.#isDoubtful = false;
      }
      await this.#tree.requirePlace();
      try {
        return await work();
      } catch (error) {
        this.#isDoubtful = true;
        throw error;
      }
    };
    const turn = this.#turn.then(settled, settled);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

const placeOf = (place: string, fault: string | undefined) =>
  fault === undefined ? { place, done: true } : { place, done: false, fault };

/** The instant in the name of a backup, in milliseconds; 0 for a name that is none. */
function timeOf(name: string): number {
  const [day = '', time = ''] = name.split('T');
  const [hours = '', minutes = '', seconds = '', rest = ''] = time.replace('Z', '').split('-');
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${rest}Z`);
  return Number.isFinite(at) ? at : 0;
}

function keyIdOf(sealed: Uint8Array): string {
  if (sealed[0] !== VERSION || sealed.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES)
    throw new DataKeysError('seal-broken', 'What is stored was never sealed.');
  return Buffer.from(sealed.subarray(1, HEAD_BYTES)).toString('hex');
}
