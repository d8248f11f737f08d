/** What was said and compared while a loss was being found or written down, and after: only what comes after it counts. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { vaultAccount } from '#lib/ledger/accounts.ts';
import { closeBooks, openBooks, vault, type Books } from '#lib/ledger/testing/books.ts';
import { arrivalOf, chainName, see } from '#lib/ledger/testing/chain-books.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import { credit, reverse } from '#lib/operations/execution/deposits/take-deposit.ts';
import type { Founder } from '#lib/operations/testing/after-genesis.ts';
import { decideAsShown, proveDecisions } from '#lib/operations/testing/decide-as-shown.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok } from '#lib/platform/result.ts';
import { adoptRosterOfAll } from '#scripts/verify-signed/testing/adopt-roster.ts';
import { makeRun } from './runs/make-run.ts';
import type { OutsideSource } from './sources/outside-source.ts';

const chain = 'solana:sandbox';
let books: Books;
let ahead = 0;
let context: ReturnType<typeof testContext>;
let people: Readonly<Record<'ada' | 'ben', Founder>>;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  context = { ...testContext(books.web), clock: () => new Date(Date.now() + ahead) };
  const officer = async (displayName: string): Promise<Founder> => {
    const enrolled = await enrol(context, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  people = { ada: await officer('Ada Hofmann'), ben: await officer('Ben Okafor') };
  // No roster names fewer than three.
  await officer('Cem Aydin');
  await adoptRosterOfAll(books.owner);
});
afterAll(() => closeBooks(books));

const worker = () => ({ db: books.worker, clock: context.clock });
const hold = (detail: string, at = context.clock()) =>
  inTransaction(books.worker, (tx) =>
    holdAsset(tx, { chain, asset: null, reason: 'chain-reorganised', detail }, at),
  );
const decide = (by: keyof typeof people) =>
  decideAsShown(people[by], { chain, kind: 'go-on' }, context);

const compared = (): Promise<void> => run(() => Promise.resolve());

it('what was said and compared after a worker set out to take a deposit back, and before it did, does not count', async () => {
  const name = { ...chainName('taken-back'), chain };
  const arrival = { ...arrivalOf(name, 'C-1001', 5n), asset: 'SOL' };
  await see(books, arrival);
  await credit(worker(), name);
  await compared();
  await hold('settlement-undone');
  let isMeanwhile = false;
  const db = books.worker.$extends({
    query: {
      deposit: {
        findMany: async ({ args, query }) => {
          if (!isMeanwhile) {
            isMeanwhile = true;
            await compared();
            expect(valueOf(await decide('ada')).state).toBe('asked');
          }
          return query(args);
        },
      },
    },
  }) as unknown as typeof books.worker;
  await reverse({ ...worker(), db }, name, { height: arrival.height, hash: arrival.blockHash });
  expect(isMeanwhile).toBe(true);
  ahead += 10;
  expect(await decide('ben')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  await compared();
  expect(valueOf(await decide('ben')).state).toBe('asked');
});

it('what was compared while the books took a deposit back does not count', async () => {
  const name = { ...chainName('taken-back-later'), chain };
  const arrival = { ...arrivalOf(name, 'C-1001', 5n), asset: 'SOL' };
  await see(books, arrival);
  await credit(worker(), name);
  await hold('settlement-undone');
  let reads = 0;
  const db = books.worker.$extends({
    query: {
      deposit: {
        findMany: async ({ args, query }) => {
          reads += 1;
          // Nobody says anything any more, and nothing is booked yet.
          if (reads === 2) await compared();
          return query(args);
        },
      },
    },
  }) as unknown as typeof books.worker;
  await reverse({ ...worker(), db }, name, { height: arrival.height, hash: arrival.blockHash });
  expect(reads).toBe(2);
  ahead += 10;
  expect(await decide('ben')).toMatchObject({ refusal: { code: 'books-not-compared' } });
});

it('a run that read the chain before it came to stand still is no comparison since', async () => {
  await compared();
  expect(valueOf(await decide('ben')).state).toBe('asked');
  await run(() => hold('checkpoint-gone'));
  expect(await decide('ben')).toMatchObject({ refusal: { code: 'books-not-compared' } });
  await compared();
  expect(valueOf(await decide('ben')).state).toBe('asked');
});

it('a loss that is found after two people let the chain go on stands by itself, also where the worker’s clock is behind', async () => {
  valueOf(await decide('ada'));
  await proveDecisions(worker());
  expect(await standingHolds(books.web)).toEqual([]);
  await hold('credited-deposit-gone', new Date(Date.now() - 60_000));
  expect(await standingHolds(books.web)).toHaveLength(1);
});

/** Reads and compares as the worker does. @param meanwhile happens once the chain has answered and before that is used. */
async function run(meanwhile: () => Promise<unknown>): Promise<void> {
  ahead += 10;
  const source: OutsideSource = {
    places: () => Promise.resolve([]),
    accounts: () => [vaultAccount(vault, 'SOL')],
    graceSeconds: 0,
    read: async () => {
      await meanwhile();
      ahead += 10;
      return ok({ source: chain, position: '1', balance: 0n, items: [], mark: null });
    },
    namesOf: () => Promise.resolve(new Map()),
    isAfter: () => false,
  };
  const request = randomUUID();
  const data = { id: request, wanted: 'all', startedBy: 'schedule', requestedAt: context.clock() };
  await books.worker.reconciliationRequest.create({ data });
  const place = { kind: 'chain', asset: 'SOL', place: vault } as const;
  valueOf(await makeRun(place, source, request, worker()));
  ahead += 10;
}
