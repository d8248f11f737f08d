/** What the data-key service costs, beside the raw operation in one process; and a destruction at three sizes. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataKeysAt } from './client.ts';
import { openBytes, sealBytes } from './store/seal-bytes.ts';
import { KeyStore } from './store/key-store.ts';
import { startKeysService } from './testing/keys-service.ts';

const MAKE_MAX = 10_000;
/** Bytes of a value, as of a name or an address. */
const VALUE_BYTES = 40;
const VALUES = 100;
/** Entries of a large bank statement: each has a key of its own. */
const TOGETHER = 1_500;

/** Milliseconds of each round, over the socket and raw. */
export type Compared = { service: number[]; raw: number[] };
export type KeysBench = {
  values: number;
  seal: Compared;
  open: Compared;
  /** Of three values, as finding a person asks. */
  fingerprint: Compared;
  shred: { keys: number; ms: number[] }[];
  /** Of one key, and of the keys of a bank statement. */
  make: { one: number[]; many: number[]; count: number };
};

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function series(rounds: number, work: () => unknown): Promise<number[]> {
  for (let round = 0; round < Math.min(rounds, 20); round += 1) await work();
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) values.push(await timed(work));
  return values;
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchService(rounds: number): Promise<Omit<KeysBench, 'shred' | 'make'>> {
  return withFolder(async (folder) => {
    const service = await startKeysService(folder, { syncs: true });
    const keys = dataKeysAt(service.address, service.tokens.worker);
    try {
      const ids = await keys.make(VALUES);
      const plain = randomBytes(VALUE_BYTES);
      const raw = randomBytes(32);
      const items = ids.map((key) => ({ key, context: 'bench/name', plain }));
      const sealed = (await keys.seal(items)).map((one) => ({
        context: 'bench/name',
        sealed: one,
      }));
      const rawSealed = items.map(({ context }) => sealBytes(raw, context, plain));
      const words = ['anna', 'anna muller', 'muller'];
      return {
        values: VALUES,
        seal: {
          service: await series(rounds, () => keys.seal(items)),
          raw: await series(rounds, () =>
            items.map(({ context }) => sealBytes(raw, context, plain)),
          ),
        },
        open: {
          service: await series(rounds, () => keys.open(sealed)),
          raw: await series(rounds, () =>
            rawSealed.map((one) => openBytes(raw, 'bench/name', one)),
          ),
        },
        fingerprint: {
          service: await series(rounds, () => keys.fingerprint('name', words)),
          raw: await series(rounds, () =>
            words.map((word) => createHmac('sha256', raw).update(word).digest()),
          ),
        },
      };
    } finally {
      keys.close();
      await service.stop();
    }
  });
}

/** The options of a store with one copy. */
function withCopy(folder: string) {
  const placeOf = (name: string) => ({
    keys: join(folder, name, 'keys'),
    root: join(folder, name, 'root'),
  });
  return {
    folders: placeOf('own'),
    copies: [placeOf('copy')],
    backups: null,
    now: () => new Date(),
  };
}

const benchMake = (rounds: number): Promise<KeysBench['make']> =>
  withFolder(async (folder) => {
    const store = await KeyStore.open({ ...withCopy(folder), syncs: true });
    return {
      one: await series(rounds, () => store.make(1)),
      many: await series(rounds, () => store.make(TOGETHER)),
      count: TOGETHER,
    };
  });

async function benchShred(count: number, rounds: number): Promise<number[]> {
  return withFolder(async (folder) => {
    const options = withCopy(folder);
    // Filling it does not have to outlive a power cut; what is measured does.
    const filling = await KeyStore.open({ ...options, syncs: false });
    let last: string[] = [];
    for (let made = 0; made < count; made += MAKE_MAX)
      last = await filling.make(Math.min(MAKE_MAX, count - made));
    const store = await KeyStore.open({ ...options, syncs: true });
    const values: number[] = [];
    for (const key of last.slice(0, rounds)) values.push(await timed(() => store.shred([key])));
    return values;
  });
}

/** @param sizes how many keys there are when one of them is destroyed. */
export async function benchKeys({
  rounds,
  sizes,
  report,
}: {
  rounds: number;
  sizes: readonly number[];
  report: (line: string) => void;
}): Promise<KeysBench> {
  report('values are sealed and opened …');
  const service = await benchService(rounds);
  report('keys are made …');
  const make = await benchMake(Math.min(rounds, 30));
  const shred: KeysBench['shred'] = [];
  for (const keys of sizes) {
    report(`a key is destroyed among ${keys.toLocaleString('en')} …`);
    shred.push({ keys, ms: await benchShred(keys, Math.min(rounds, 30)) });
  }
  return { ...service, make, shred };
}
