/**
 * How fast journals are posted: through our own TypeScript path and through the same statement sent
 * with the bare driver, slice by slice in one run, so that both meet the same machine.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseFor } from '#lib/platform/db/client.ts';
import { clientAccount, vaultAccount } from './accounts.ts';
import { creditDeposit } from './credit-deposit.ts';
import { postingStatement } from './post-journal.ts';

export type PostingFigures = {
  /** Journals a second, one number for each slice. */
  perSecond: number[];
  /** Milliseconds of every journal, over all slices. */
  ms: number[];
};

export type PostingBench = {
  spread: { typescript: PostingFigures; driver: PostingFigures };
  /** Every journal moves the same two accounts. */
  hot: { typescript: PostingFigures; driver: PostingFigures };
};

export type BenchOptions = {
  /** Owner of a migrated database that may be filled; the bench adds a vault and clients of its own. */
  ownerUrl: string;
  workerUrl: string;
  writers?: number;
  slices?: number;
  sliceMs?: number;
  /** Ends it early, with an error. */
  signal?: AbortSignal;
};

const vaultCount = 50;
const clientCount = 1000;
const asset = 'SOL';

type Post = (client: string, vault: string) => Promise<void>;
type Parties = { clients: string[]; vaults: string[] };

/** Posts durable two-line journals (each with its audit entry) by `writers` at once. */
export async function benchPostings(options: BenchOptions): Promise<PostingBench> {
  const { ownerUrl, workerUrl, writers = 16, slices = 5, sliceMs = 1500, signal } = options;
  const parties = await addParties(ownerUrl);
  const db = databaseFor(workerUrl, { poolSize: writers });
  const pool = new pg.Pool({ connectionString: workerUrl, max: writers });
  // A connection that breaks is reported by the journal that needs it.
  pool.on('error', () => undefined);
  const throughTypeScript: Post = async (client, vault) => {
    const posted = await creditDeposit(db, {
      chain: 'bench',
      txid: randomUUID(),
      vault,
      client,
      asset,
      amount: 5n,
    });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  };
  const throughDriver = await driverPost(pool);
  try {
    const measure = (choose: (list: string[]) => string) =>
      alternate({
        throughTypeScript,
        throughDriver,
        parties,
        choose,
        writers,
        slices,
        sliceMs,
        signal,
      });
    const first = (list: string[]): string => list[0] ?? '';
    const any = (list: string[]): string => list[Math.floor(Math.random() * list.length)] ?? '';
    return { spread: await measure(any), hot: await measure(first) };
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

/** The statement as the TypeScript path sends it, with everything but the names computed beforehand. */
async function driverPost(pool: pg.Pool): Promise<Post> {
  const template = postingStatement({
    key: 'template',
    kind: 'deposit',
    operation: null,
    usesHold: false,
    lines: [
      { account: vaultAccount('v', asset), amount: 5n },
      { account: clientAccount('C-1000', asset), amount: -5n },
    ],
    corrects: null,
    at: new Date(),
  });
  const values = template.values.map((value) =>
    value instanceof Uint8Array ? Buffer.from(value) : value,
  );
  const keyAt = values.indexOf('template');
  const linesAt = values.findIndex((value) => typeof value === 'string' && value.startsWith('['));
  return async (client, vault) => {
    const mine = [...values];
    mine[keyAt] = randomUUID();
    mine[linesAt] = JSON.stringify([
      { account: vaultAccount(vault, asset), amount: '5' },
      { account: clientAccount(client, asset), amount: '-5' },
    ]);
    const { rows } = await pool.query<{ status: string }>(template.text, mine);
    if (rows[0]?.status !== 'posted')
      throw new Error(`The ledger answered ${rows[0]?.status ?? 'nothing'}.`);
  };
}

type Slice = { perSecond: number; times: number[] };

async function alternate(setting: {
  throughTypeScript: Post;
  throughDriver: Post;
  parties: Parties;
  choose: (list: string[]) => string;
  writers: number;
  slices: number;
  sliceMs: number;
  signal: AbortSignal | undefined;
}): Promise<{ typescript: PostingFigures; driver: PostingFigures }> {
  const { parties, choose, writers, slices, sliceMs } = setting;
  const run = (post: Post, ms: number): Promise<Slice> => {
    setting.signal?.throwIfAborted();
    return slice(() => post(choose(parties.clients), choose(parties.vaults)), writers, ms);
  };
  // Accounts are opened and plans made before anything counts.
  await run(setting.throughTypeScript, sliceMs / 2);
  await run(setting.throughDriver, sliceMs / 2);
  const typescript: Slice[] = [];
  const driver: Slice[] = [];
  for (let round = 0; round < slices; round += 1) {
    driver.push(await run(setting.throughDriver, sliceMs));
    typescript.push(await run(setting.throughTypeScript, sliceMs));
  }
  return { typescript: figuresOf(typescript), driver: figuresOf(driver) };
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
