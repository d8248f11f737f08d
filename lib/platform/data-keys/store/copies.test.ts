import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyStore, type KeyStoreOptions } from './key-store.ts';
import type { KeyStoreFault } from './key-store-fault.ts';
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
const open = (more: Partial<KeyStoreOptions> = {}): Promise<KeyStore> =>
  KeyStore.open({
    syncs: false,
    folders: foldersIn('own'),
    copies: [foldersIn('copy')],
    backups: null,
    now: () => new Date(),
    ...more,
  });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as KeyStoreFault).code,
  );
const remove = (name: string): void => rmSync(join(folder, name), { recursive: true });
const keep = (name: string, as: string): void =>
  cpSync(join(folder, name), join(folder, as), { recursive: true });
const putBack = (name: string, from: string): void => {
  remove(name);
  keep(from, name);
};

async function makeOne(store: KeyStore): Promise<string> {
  const [key = ''] = await store.make(1);
  return key;
}

describe('the newest keys that any place holds are taken', () => {
  it('from the copy where the first place is empty, which is said', async () => {
    const key = await makeOne(await open());
    remove('own');
    const store = await open();
    expect(await store.missing([key])).toEqual([]);
    expect((await store.health()).takenFrom).toBe(foldersIn('copy').keys);
    expect((await (await open()).health()).takenFrom).toBe(null);
  });

  it('from the copy where the first place is damaged', async () => {
    const key = await makeOne(await open());
    writeFileSync(join(foldersIn('own').keys, 'top-0000000001'), 'x'.repeat(200));
    const store = await open();
    expect(await store.missing([key])).toEqual([]);
    expect((await store.health()).takenFrom).toBe(foldersIn('copy').keys);
  });

  it('so an old copy of the first place brings back nothing that was destroyed', async () => {
    const store = await open();
    const key = await makeOne(store);
    keep('own', 'old');
    await store.shred([key]);
    putBack('own', 'old');
    const later = await open();
    expect(await later.missing([key])).toEqual([key]);
    expect(readdirSync(foldersIn('own').root)).toEqual(['root-0000000002']);
  });

  it('so an old copy of the first place loses no key that was made since', async () => {
    const store = await open();
    await makeOne(store);
    keep('own', 'old');
    const key = await makeOne(store);
    putBack('own', 'old');
    expect(await (await open()).missing([key])).toEqual([]);
  });

  it('and none at all where the newest do not open, rather than those of before a destruction', async () => {
    const store = await open();
    const key = await makeOne(store);
    keep('copy', 'old');
    await store.shred([key]);
    putBack('copy', 'old');
    writeFileSync(join(foldersIn('own').root, 'root-0000000002'), Buffer.alloc(32));
    expect(await codeOf(open())).toBe('top-damaged');
  });
});

describe('a copy whose disk is away', () => {
  it('is not begun anew in its place, and the destruction stays pending until it is back', async () => {
    const store = await open();
    const key = await makeOne(store);
    keep('copy', 'away');
    // What is left where a disk was mounted: an empty folder.
    remove('copy');
    mkdirSync(join(folder, 'copy'));
    const receipt = await store.shred([key]);
    expect(receipt.places[1]).toEqual({
      place: foldersIn('copy').keys,
      done: false,
      fault: 'away',
    });
    expect(readdirSync(join(folder, 'copy'))).toEqual([]);
    // It is known after a start as well.
    const later = await open();
    expect((await later.health()).isShreddingPending).toBe(true);
    putBack('copy', 'away');
    await later.bringCopiesUp();
    expect((await later.health()).isShreddingPending).toBe(false);
    expect(readdirSync(foldersIn('copy').root)).toEqual(['root-0000000002']);
  });

  it('is not begun anew either where the first place was brought up to another copy', async () => {
    const copies = [foldersIn('copy'), foldersIn('second')];
    await makeOne(await open({ copies }));
    remove('second');
    writeFileSync(join(foldersIn('own').root, 'root-0000000001'), Buffer.alloc(32));
    for (let start = 0; start < 2; start += 1) {
      const { copies: found } = await (await open({ copies })).health();
      expect(found.map(({ fault }) => fault)).toEqual([null, 'away']);
    }
  });

  it('is begun anew once it is said to be lost for good', async () => {
    const store = await open();
    await makeOne(store);
    remove('copy');
    await store.bringCopiesUp();
    expect((await store.health()).isShreddingPending).toBe(true);
    await store.renewCopy(foldersIn('copy').keys);
    expect((await store.health()).isShreddingPending).toBe(false);
    expect(readdirSync(foldersIn('copy').root)).toEqual(['root-0000000001']);
  });
});

it('nothing is changed where the first place is away, and all goes on when it is back', async () => {
  const store = await open({ copies: [] });
  const key = await makeOne(store);
  keep('own', 'away');
  for (const one of Object.values(foldersIn('own')))
    for (const name of readdirSync(one)) rmSync(join(one, name));
  expect(await codeOf(store.shred([key]))).toBe('top-missing');
  expect(await codeOf(store.make(1))).toBe('top-missing');
  putBack('own', 'away');
  expect((await store.shred([key])).destroyed).toEqual([key]);
});

it('a key is destroyed although no backup can be written, which the receipt says', async () => {
  const backups = join(folder, 'backups');
  writeFileSync(backups, 'no folder');
  const store = await open({ copies: [], backups });
  const key = await makeOne(store);
  const receipt = await store.shred([key]);
  expect(receipt.destroyed).toEqual([key]);
  expect(receipt.places.at(-1)).toEqual({ place: backups, done: false, fault: 'ENOTDIR' });
});

it('a very first start that was cut off between its root key and its top begins again', async () => {
  let isCut = false;
  const cut = open({
    onStep: () => {
      if (readdirSync(foldersIn('own').root, { withFileTypes: true }).length > 0) isCut = true;
      if (isCut) throw new Error('cut off');
    },
  });
  await expect(cut).rejects.toThrow('cut off');
  expect(await codeOf(open())).toBe('none');
});
