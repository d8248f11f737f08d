/**
 * How fast journals are posted: through our own path and by a function written by hand, slice by slice
 * in one run, so that both meet the same machine.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseFor } from '#lib/platform/db/client.ts';
import { creditDeposit } from '../credit-deposit.ts';
import { handWrittenPost, openHandWritten } from './hand-written.ts';

export type PostingFigures = {
  /** Journals a second, one number for each slice. */
  perSecond: number[];
  /** Milliseconds of every journal, over all slices. */
  ms: number[];
};
export type Sides = { ours: PostingFigures; handWritten: PostingFigures };

/** By the number of writers, over many accounts; and with as many on two accounts only. */
export type PostingBench = { spread: Map<number, Sides>; hot: Sides };

export type BenchOptions = {
  /** Owner of a migrated database that may be filled; the bench adds a vault and clients of its own. */
  ownerUrl: string;
  workerUrl: string;
  /** How many write at once, one measurement for each; the last number is also that on two accounts. */
  writers?: readonly number[];
  slices?: number;
  sliceMs?: number;
  /** Ends it early, with an error. */
  signal?: AbortSignal;
};

const vaultCount = 50;
const clientCount = 1000;
const asset = 'SOL';

/** Places of the accounts that a journal moves. */
type Post = (client: number, vault: number) => Promise<void>;
type Parties = { clients: string[]; vaults: string[] };

/** Posts durable two-line journals, each with its audit entry. */
export async function benchPostings(options: BenchOptions): Promise<PostingBench> {
  const { ownerUrl, workerUrl, writers = [1, 4, 16], slices = 5, sliceMs = 1500 } = options;
  const most = Math.max(...writers);
  const parties = await addParties(ownerUrl);
  await openHandWritten(ownerUrl);
  const db = databaseFor(workerUrl, { poolSize: most });
  const pool = new pg.Pool({ connectionString: workerUrl, max: most });
  // A connection that breaks is reported by the journal that needs it.
  pool.on('error', () => undefined);
  const ours: Post = async (client, vault) => {
    const posted = await creditDeposit(db, {
      chain: 'bench',
      txid: randomUUID(),
      vault: parties.vaults[vault] ?? '',
      client: parties.clients[client] ?? '',
      asset,
      amount: 5n,
    });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  };
  const byHand = handWrittenPost(pool);
  const handWritten: Post = (client, vault) => byHand(client + 1, clientCount + vault + 1);
  const { signal } = options;
  const measure = (at: number, choose: (count: number) => number) =>
    alternate({ ours, handWritten, choose, writers: at, slices, sliceMs, signal });
  const any = (count: number): number => Math.floor(Math.random() * count);
  try {
    const spread = new Map<number, Sides>();
    for (const at of writers) spread.set(at, await measure(at, any));
    return { spread, hot: await measure(most, () => 0) };
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

async function addParties(ownerUrl: string): Promise<Parties> {
  const owner = databaseFor(ownerUrl, { poolSize: 1 });
  const run = randomUUID().slice(0, 8);
  const base = 1_000_000_000 + Math.floor(Math.random() * 8_000_000) * clientCount;
  const clients = Array.from({ length: clientCount }, (_, index) => `C-${base + index}`);
  const vaults = Array.from({ length: vaultCount }, (_, index) => `bench-${run}-${index}`);
  const key = {
    id: `key-bench-${run}`,
    suite: 'none',
    publicKey: run,
    threshold: 2,
    parties: ['a', 'b'],
  };
  await owner.client.createMany({ data: clients.map((id) => ({ id })) });
  await owner.mpcKey.create({ data: { ...key, operationId: randomUUID() } });
  await owner.vault.createMany({
    data: vaults.map((id) => ({
      id,
      name: id,
      tier: 'warm',
      chain: 'bench',
      keyId: key.id,
      address: id,
    })),
  });
  await owner.$disconnect();
  return { clients, vaults };
}

type Slice = { perSecond: number; times: number[] };

async function alternate(setting: {
  ours: Post;
  handWritten: Post;
  choose: (count: number) => number;
  writers: number;
  slices: number;
  sliceMs: number;
  signal: AbortSignal | undefined;
}): Promise<Sides> {
  const { choose, writers, slices, sliceMs } = setting;
  const run = (post: Post, ms: number): Promise<Slice> => {
    setting.signal?.throwIfAborted();
    return slice(() => post(choose(clientCount), choose(vaultCount)), writers, ms);
  };
  // Accounts are opened and plans made before anything counts.
  await run(setting.ours, sliceMs / 2);
  await run(setting.handWritten, sliceMs / 2);
  const ours: Slice[] = [];
  const handWritten: Slice[] = [];
  for (let round = 0; round < slices; round += 1) {
    handWritten.push(await run(setting.handWritten, sliceMs));
    ours.push(await run(setting.ours, sliceMs));
  }
  return { ours: figuresOf(ours), handWritten: figuresOf(handWritten) };
}

async function slice(post: () => Promise<void>, writers: number, ms: number): Promise<Slice> {
  const times: number[] = [];
  const start = performance.now();
  const writer = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      const before = performance.now();
      await post();
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { perSecond: (times.length / (performance.now() - start)) * 1000, times };
}

const figuresOf = (slices: readonly Slice[]): PostingFigures => ({
  perSecond: slices.map(({ perSecond }) => perSecond),
  ms: slices.flatMap(({ times }) => times),
});
