import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DataKeysError } from '../data-keys.ts';
import { bucketOf, countIn, emptyBucket, keyIn, withKeys, withoutKeys } from './bucket.ts';
import { KeyStore, type KeyStoreOptions } from './key-store.ts';
import type { TreeFolders } from './look-at.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const foldersIn = (name: string): TreeFolders => ({
  keys: join(folder, name, 'keys'),
  root: join(folder, name, 'root'),
});
const options = (more: Partial<KeyStoreOptions> = {}): KeyStoreOptions => ({
  syncs: false,
  folders: foldersIn('own'),
  copies: [],
  backups: null,
  now: () => new Date(),
  ...more,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function sealOne(
  store: KeyStore,
  text = 'Änne Müller',
): Promise<{ key: string; sealed: Uint8Array }> {
  const [key = ''] = await store.make(1);
  const [sealed] = await store.seal([{ key, context: 'a', plain: bytes(text) }]);
  return { key, sealed: sealed ?? new Uint8Array() };
}

async function openOne(store: KeyStore, sealed: Uint8Array, context = 'a'): Promise<string> {
  const [opened] = await store.open([{ context, sealed }]);
  return opened?.state === 'open' ? new TextDecoder().decode(opened.plain) : 'shredded';
}

const faultOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as DataKeysError).fault ?? (error as { code: string }).code,
  );

describe('what is sealed', () => {
  it('opens again, also after the store was opened anew', async () => {
    const store = await KeyStore.open(options());
    const { sealed } = await sealOne(store);
    expect(await openOne(store, sealed)).toBe('Änne Müller');
    expect(await openOne(await KeyStore.open(options()), sealed)).toBe('Änne Müller');
  });

  it('does not open in another place, or with one bit changed', async () => {
    const store = await KeyStore.open(options());
    const { sealed } = await sealOne(store);
    expect(await faultOf(store.open([{ context: 'b', sealed }]))).toBe('seal-broken');
    for (let at = 17; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed, (byte, place) => (place === at ? byte ^ 1 : byte));
      expect(await faultOf(store.open([{ context: 'a', sealed: changed }]))).toBe('seal-broken');
    }
    for (const never of [bytes('plain text in a column'), new Uint8Array(), sealed.subarray(0, 20)])
      expect(await faultOf(store.open([{ context: 'a', sealed: never }]))).toBe('seal-broken');
  });

  it('is never the same twice', async () => {
    const store = await KeyStore.open(options());
    const [key = ''] = await store.make(1);
    const item = { key, context: 'a', plain: bytes('x') };
    const [one, other] = await store.seal([item, item]);
    expect(one).not.toEqual(other);
  });

  it('is sealed under a key that is there, or not at all', async () => {
    const store = await KeyStore.open(options());
    const [key = ''] = await store.make(1);
    const item = { context: 'a', plain: bytes('x') };
    const asked = store.seal([
      { ...item, key },
      { ...item, key: 'ab'.repeat(16) },
    ]);
    expect(await faultOf(asked)).toBe('key-unknown');
  });
});

describe('a key that was destroyed', () => {
  it('opens nothing, here or with any earlier copy of the keys, while others go on', async () => {
    const store = await KeyStore.open(options());
    const gone = await sealOne(store, 'Gone');
    const kept = await sealOne(store, 'Kept');
    cpSync(foldersIn('own').keys, foldersIn('stolen').keys, { recursive: true });
    const receipt = await store.shred([gone.key, 'cd'.repeat(16)]);
    expect(receipt).toMatchObject({
      destroyed: [gone.key],
      absent: ['cd'.repeat(16)],
      rootBefore: 1,
      rootAfter: 2,
    });
    expect(await openOne(store, gone.sealed)).toBe('shredded');
    expect(await openOne(store, kept.sealed)).toBe('Kept');
    // Whoever kept a copy of the keys from before has everything but the one root key that is no more.
    cpSync(foldersIn('own').root, foldersIn('stolen').root, { recursive: true });
    expect(await faultOf(KeyStore.open(options({ folders: foldersIn('stolen') })))).toBe(
      'top-missing',
    );
    const later = await KeyStore.open(options());
    expect(await openOne(later, gone.sealed)).toBe('shredded');
    expect(await openOne(later, kept.sealed)).toBe('Kept');
  });

  it('leaves no file of before behind, in the store or in a copy', async () => {
    const copies = [foldersIn('copy')];
    const store = await KeyStore.open(options({ copies }));
    const { key } = await sealOne(store);
    await store.shred([key]);
    for (const { keys, root } of [foldersIn('own'), ...copies]) {
      expect(readdirSync(root)).toEqual(['root-0000000002']);
      const names = readdirSync(keys).filter((name) => name !== 'places');
      expect(names.every((name) => name.endsWith('-0000000002'))).toBe(true);
    }
  });

  it('can be asked for again without harm', async () => {
    const store = await KeyStore.open(options());
    const { key } = await sealOne(store);
    await store.shred([key]);
    expect(await store.shred([key])).toMatchObject({ destroyed: [], absent: [key] });
  });

  it('is destroyed in a copy that was away, once it is back', async () => {
    const copies = [foldersIn('copy')];
    const store = await KeyStore.open(options({ copies }));
    const { key, sealed } = await sealOne(store);
    cpSync(join(folder, 'copy'), join(folder, 'away'), { recursive: true });
    rmSync(join(folder, 'copy'), { recursive: true });
    writeFileSync(join(folder, 'copy'), 'no folder');
    const receipt = await store.shred([key]);
    expect(receipt.places.find(({ place }) => place === copies[0]?.keys)?.done).toBe(false);
    expect((await store.health()).isShreddingPending).toBe(true);
    rmSync(join(folder, 'copy'));
    cpSync(join(folder, 'away'), join(folder, 'copy'), { recursive: true });
    await store.bringCopiesUp();
    expect((await store.health()).isShreddingPending).toBe(false);
    const fromCopy = await KeyStore.open(options({ folders: foldersIn('copy') }));
    expect(await openOne(fromCopy, sealed)).toBe('shredded');
  });

  it('takes every backup with it, and one without it is written', async () => {
    const backups = join(folder, 'backups');
    const store = await KeyStore.open(options({ backups }));
    const gone = await sealOne(store, 'Gone');
    await store.backUp();
    const [before = ''] = readdirSync(backups);
    await store.shred([gone.key]);
    expect(readdirSync(backups)).toHaveLength(1);
    expect(readdirSync(backups)).not.toContain(before);
  });
});

it('a backup of keys is a day apart from the next and lives seven days', async () => {
  const backups = join(folder, 'backups');
  let now = Date.parse('2026-12-01T00:00:00.000Z');
  const store = await KeyStore.open(options({ backups, now: () => new Date(now) }));
  await sealOne(store);
  for (let hours = 0; hours < 24 * 12; hours += 6) {
    await store.backUp();
    now += 6 * 3_600_000;
  }
  const names = readdirSync(backups);
  expect(names.length).toBeLessThanOrEqual(8);
  expect(names[0]?.slice(0, 10)).toBe('2026-12-06');
});

describe('a store that does not open is never begun anew', () => {
  const damage: [string, string, (own: TreeFolders) => void][] = [
    ['whose root key is gone', 'root-missing', ({ root }) => rmSync(root, { recursive: true })],
    [
      'whose root key is another',
      'top-damaged',
      ({ root }) => writeFileSync(join(root, 'root-0000000001'), Buffer.alloc(32)),
    ],
    [
      'whose root key is cut off',
      'root-damaged',
      ({ root }) => writeFileSync(join(root, 'root-0000000001'), Buffer.alloc(31)),
    ],
    ['whose keys are gone', 'top-missing', ({ keys }) => rmSync(keys, { recursive: true })],
    [
      'whose top is damaged',
      'top-damaged',
      ({ keys }) => writeFileSync(join(keys, 'top-0000000001'), 'x'.repeat(200)),
    ],
    [
      'with a bucket that is gone',
      'bucket-damaged',
      ({ keys }) => {
        for (const name of readdirSync(keys)) if (name.startsWith('b')) rmSync(join(keys, name));
      },
    ],
  ];
  it.each(damage)('%s', async (_, code, spoil) => {
    const store = await KeyStore.open(options());
    await sealOne(store);
    spoil(foldersIn('own'));
    expect(await faultOf(KeyStore.open(options()))).toBe(code);
  });

  it('whose root key is of before the last destruction', async () => {
    const store = await KeyStore.open(options());
    const { key } = await sealOne(store);
    cpSync(foldersIn('own').root, join(folder, 'old'), { recursive: true });
    await store.shred([key]);
    rmSync(foldersIn('own').root, { recursive: true });
    cpSync(join(folder, 'old'), foldersIn('own').root, { recursive: true });
    expect(await faultOf(KeyStore.open(options()))).toBe('root-missing');
  });

  it('with one folder inside the other', async () => {
    const keys = join(folder, 'all');
    mkdirSync(keys);
    const nested = { keys, root: join(keys, 'root') };
    expect(await faultOf(KeyStore.open(options({ folders: nested })))).toBe('folders-nested');
  });

  it('and a damaged bucket answers with its fault, and no key of it counts as destroyed', async () => {
    const first = await KeyStore.open(options());
    const { sealed } = await sealOne(first);
    const { keys } = foldersIn('own');
    for (const name of readdirSync(keys).filter((one) => one.startsWith('bucket')))
      writeFileSync(join(keys, name), Buffer.alloc(60));
    const store = await KeyStore.open(options());
    expect(await faultOf(store.open([{ context: 'a', sealed }]))).toBe('bucket-damaged');
  });
});

it('no file holds a key in clear but the root, and none holds what was sealed', async () => {
  const store = await KeyStore.open(options({ backups: join(folder, 'backups') }));
  await sealOne(store, 'Nobody may read this');
  await store.backUp();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/(?:top|bucket|root)-/.test(name)) continue;
    expect(readFileSync(join(folder, name)).includes('Nobody')).toBe(false);
  }
});

describe('keyed hashes', () => {
  it('are the same for the same value of the same kind, and of one store only', async () => {
    const store = await KeyStore.open(options());
    const other = await KeyStore.open(options({ folders: foldersIn('other') }));
    const of = (one: KeyStore, kind: string, value: string): string =>
      Buffer.from(one.fingerprint(kind, [value])[0] ?? []).toString('hex');
    expect(of(store, 'name', 'anna')).toBe(of(store, 'name', 'anna'));
    expect(of(store, 'name', 'anna')).not.toBe(of(store, 'email', 'anna'));
    expect(of(store, 'name', 'anna')).not.toBe(of(other, 'name', 'anna'));
    expect(of(store, 'name', 'x/y')).not.toBe(of(store, 'name/x', 'y'));
  });

  it('stay when keys are destroyed', async () => {
    const store = await KeyStore.open(options());
    const before = store.fingerprint('name', ['anna']);
    await store.rotate();
    expect((await KeyStore.open(options())).fingerprint('name', ['anna'])).toEqual(before);
  });
});

describe('a crash after any step of', () => {
  /** Every state the disk went through while `work` ran, opened as a start after a crash would. */
  async function afterEachStep(
    work: (store: KeyStore) => Promise<unknown>,
    look: (store: KeyStore, isLast: boolean) => Promise<void>,
    prepare: (store: KeyStore) => Promise<unknown>,
  ): Promise<number> {
    let steps = 0;
    let isWatched = false;
    const onStep = (): void => {
      if (!isWatched) return;
      cpSync(join(folder, 'own'), join(folder, `state-${steps}`), { recursive: true });
      steps += 1;
    };
    const store = await KeyStore.open(options({ onStep }));
    await prepare(store);
    isWatched = true;
    await work(store);
    for (let step = 0; step < steps; step += 1) {
      const folders = foldersIn(`state-${step}`);
      const isDone = step === steps - 1;
      await look(await KeyStore.open(options({ folders })), isDone);
      // What the crash left over is gone after the next start.
      const { length } = readdirSync(folders.root);
      expect(length).toBe(1);
    }
    return steps;
  }

  it('a destruction leaves the key as it was or gone, and every other one as it was', async () => {
    const made: { key: string; sealed: Uint8Array }[] = [];
    const seen: string[] = [];
    const steps = await afterEachStep(
      (store) => store.shred([made[0]?.key ?? '']),
      async (store, isLast) => {
        const [gone, ...kept] = made;
        const shown = await openOne(store, gone?.sealed ?? new Uint8Array());
        seen.push(shown);
        if (isLast) expect(shown).toBe('shredded');
        for (const { sealed } of kept) expect(await openOne(store, sealed)).toMatch(/^Kept/);
      },
      async (store) => {
        made.push(await sealOne(store, 'Gone'));
        for (let place = 0; place < 6; place += 1) made.push(await sealOne(store, `Kept ${place}`));
      },
    );
    expect(steps).toBeGreaterThan(6);
    // Once it is gone after a crash it never comes back at a later step.
    const first = seen.indexOf('shredded');
    expect(seen.slice(first).every((one) => one === 'shredded')).toBe(true);
    expect(seen.slice(0, first).every((one) => one === 'Gone')).toBe(true);
  });

  it('the making of keys leaves all that were there', async () => {
    const kept: Uint8Array[] = [];
    await afterEachStep(
      (store) => store.make(20),
      async (store) => {
        for (const sealed of kept) expect(await openOne(store, sealed)).toMatch(/^Kept/);
      },
      async (store) => {
        for (let place = 0; place < 5; place += 1)
          kept.push((await sealOne(store, `Kept ${place}`)).sealed);
      },
    );
  });
});

it('many at once make, seal, open and destroy without losing or keeping a key', async () => {
  const store = await KeyStore.open(options());
  const kept: { sealed: Uint8Array }[] = [];
  const gone: { sealed: Uint8Array }[] = [];
  await Promise.all(
    Array.from({ length: 40 }, async (_, place) => {
      const one = await sealOne(store, `Person ${place}`);
      if (place % 4 === 0) await store.shred([one.key]);
      (place % 4 === 0 ? gone : kept).push(one);
      await Promise.all(kept.map(({ sealed }) => openOne(store, sealed)));
    }),
  );
  for (const { sealed } of kept) expect(await openOne(store, sealed)).toMatch(/^Person/);
  for (const { sealed } of gone) expect(await openOne(store, sealed)).toBe('shredded');
  const later = await KeyStore.open(options());
  for (const { sealed } of kept) expect(await openOne(later, sealed)).toMatch(/^Person/);
  for (const { sealed } of gone) expect(await openOne(later, sealed)).toBe('shredded');
});

it('a bucket finds what was put into it and nothing else', () => {
  const id = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((one) => Buffer.from(one).toString('hex'));
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { maxLength: 60 }),
      fc.uniqueArray(id, { maxLength: 60 }),
      (ids, others) => {
        const key = (one: string): Uint8Array => Buffer.from(one + one, 'hex');
        const bucket = withKeys(
          emptyBucket,
          ids.map((one) => ({ id: one, key: key(one) })),
        );
        expect(countIn(bucket)).toBe(ids.length);
        for (const one of ids) expect(keyIn(bucket, one)).toEqual(Buffer.from(key(one)));
        for (const one of others) if (!ids.includes(one)) expect(keyIn(bucket, one)).toBe(null);
        const half = new Set(ids.filter((_, place) => place % 2 === 0));
        const rest = withoutKeys(bucket, half);
        for (const one of ids) expect(keyIn(rest, one) === null).toBe(half.has(one));
        expect(ids.every((one) => bucketOf(one) === Number.parseInt(one.slice(0, 2), 16))).toBe(
          true,
        );
      },
    ),
  );
});
