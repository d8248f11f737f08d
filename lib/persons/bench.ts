/** Measures the vault: finding somebody among very many, and the keys behind it, beside the raw work. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyStore } from '#lib/platform/data-keys/store/key-store.ts';
import { sealBytes } from '#lib/platform/data-keys/store/seal-bytes.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findByHash } from './find-by-hash.ts';
import { newPersonId } from './ids.ts';
import { readValues } from './read-values.ts';
import { searchHash } from './search-hashes.ts';
import { fillPeople } from './testing/fill-people.ts';
import { writePerson } from './write-person.ts';

export type PersonsBench = {
  people: number;
  /** Milliseconds each. */
  find: Record<'name' | 'email' | 'document', number[]>;
  primaryKey: number[];
  /** Of one person's six values, beside sealing as many in this process. */
  open: number[];
  rawSeal: number[];
  /** Destruction of one key among few and among many. */
  shred: { few: number[]; many: number[]; fewKeys: number; manyKeys: number };
};

type Options = {
  urls: { ownerUrl: string; webUrl: string };
  people: number;
  rounds: number;
  report: (line: string) => void;
  signal: AbortSignal;
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The median hides the first asks, but caches should be warm for both sides alike. */
const WARM_UP = 30;

async function repeated(
  rounds: number,
  signal: AbortSignal,
  work: (round: number) => Promise<unknown>,
): Promise<number[]> {
  const values: number[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    signal.throwIfAborted();
    const value = await timed(() => work(round + WARM_UP));
    if (round >= 0) values.push(value);
  }
  return values;
}

/** A hundred people who do open, among those who only stand there. */
async function writeReal(db: Database): Promise<{ id: string; mark: string }[]> {
  const real = Array.from({ length: 100 }, () => ({ id: newPersonId(), mark: randomUUID() }));
  for (const { id, mark } of real)
    await inTransaction(db, (tx) =>
      writePerson(
        tx,
        {
          id,
          values: {
            'full-name': `Änne ${mark}`,
            email: `${mark}@example.org`,
            'document-number': mark,
            'birth-date': '1980-02-29',
            nationality: 'DE',
            residence: 'Unter den Linden 1',
          },
        },
        { by: 'system', at: new Date() },
      ),
    );
  return real;
}

async function measureShred(keys: number, rounds: number, signal: AbortSignal): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
  try {
    const store = await KeyStore.open({
      folders: { keys: join(folder, 'keys'), root: join(folder, 'root') },
      copies: [{ keys: join(folder, 'copy-keys'), root: join(folder, 'copy-root') }],
      backups: null,
      syncs: true,
      now: () => new Date(),
    });
    let last: string[] = [];
    for (let made = 0; made < keys; made += 100_000) {
      signal.throwIfAborted();
      last = await store.make(Math.min(100_000, keys - made));
    }
    const values: number[] = [];
    for (const key of last.slice(0, rounds)) values.push(await timed(() => store.shred([key])));
    return values;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function benchPersons(options: Options): Promise<PersonsBench> {
  const { urls, people, rounds, report, signal } = options;
  const owner = databaseFor(urls.ownerUrl, { statementTimeoutMs: 600_000 });
  const db = databaseFor(urls.webUrl);
  try {
    await fillPeople(owner, people, report);
    const real = await writeReal(db);
    await owner.$executeRaw`vacuum (analyze) person_hash`;
    const at = (round: number) => {
      const one = real[round % real.length];
      if (!one) throw new Error('there is nobody');
      return one;
    };
    const find = (kind: 'name' | 'email' | 'document', spelt: (mark: string) => string) =>
      repeated(rounds, signal, async (round) => {
        const { id, mark } = at(round);
        const hash = await searchHash(kind, spelt(mark));
        const found = hash && (await findByHash(db, { kind, hash }, 'identification', 21));
        if (!found || found.found[0] !== id) throw new Error('somebody was not found');
      });
    report('people are looked for …');
    const key = randomBytes(32);
    const value = Buffer.from('Unter den Linden 1');
    const few = 1_000;
    const many = Math.min(people, 1_000_000);
    return {
      people,
      primaryKey: await repeated(rounds, signal, async (round) => {
        const { id } = at(round);
        const rows = await db.$queryRaw<{ id: string }[]>`
          select id, key_id, created_at from person where id = ${id}`;
        if (rows.length !== 1) throw new Error('somebody is missing');
      }),
      find: {
        name: await find('name', (mark) => `${mark} änne`),
        email: await find('email', (mark) => `${mark}@EXAMPLE.org`),
        document: await find('document', (mark) => mark),
      },
      open: await repeated(rounds, signal, (round) =>
        readValues(db, at(round).id, { use: 'identification' }),
      ),
      rawSeal: await repeated(rounds, signal, () => {
        for (let one = 0; one < 6; one += 1) sealBytes(key, 'bench', value);
        return Promise.resolve();
      }),
      shred: {
        few: await measureShred(few, 20, signal),
        many: await measureShred(many, 20, signal),
        fewKeys: few,
        manyKeys: many,
      },
    };
  } finally {
    await Promise.all([owner.$disconnect(), db.$disconnect()]);
  }
}
