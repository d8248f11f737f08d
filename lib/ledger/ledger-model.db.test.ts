import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { suspenseAccount } from './accounts.ts';
import { bookBankEntry } from './bank/book-entry.ts';
import { creditDeposit } from './credit-deposit.ts';
import { findLedgerFaults } from './find-faults.ts';
import { assetPositions, coverOf } from './positions.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { clientBalances, vaultPositions } from './queries.ts';
import {
  asset,
  carryToChain,
  move,
  openBooks,
  raise,
  reject,
  vault,
  type Books,
} from './testing/books.ts';
import { voidHold } from './void-hold.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
/** In full 102,000 steps. */
const runs = isLong ? 1_700 : 8;
const stepsPerRun = 60;
/** Every total of all the books is recomputed after this many runs, and at the end. */
const runsPerCheck = isLong ? 50 : 1;

type Withdrawal = {
  id: string;
  client: string;
  amount: bigint;
  state: 'open' | 'confirmed' | 'rejected' | 'failed';
};
type Arrival = { txid: string; client: string | null; amount: bigint; journal: bigint };
/** What the books should say, kept the simple way. */
type Model = {
  posted: Map<string, bigint>;
  arrivals: Arrival[];
  unclaimed: bigint;
  inVault: bigint;
  fees: bigint;
  /** Euros at the bank, of them nobody's yet, and gone unexplained. */
  atBank: bigint;
  nobodys: bigint;
  gone: bigint;
  withdrawals: Withdrawal[];
};

type Step =
  | { do: 'deposit'; client: number; amount: bigint }
  | { do: 'raise'; client: number; amount: bigint }
  | { do: 'race'; client: number; amount: bigint; rivals: number }
  | { do: 'unclaimed'; amount: bigint }
  | { do: 'bank'; amount: bigint; out: boolean }
  | { do: 'deposit-again'; which: number; more: bigint }
  | { do: 'confirm' | 'reject' | 'fail' | 'confirm-again' | 'void-again'; which: number };

const amount = fc.bigInt({ min: 1n, max: 60n });
const client = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('deposit' as const), client, amount }),
  fc.record({ do: fc.constant('raise' as const), client, amount }),
  fc.record({
    do: fc.constant('race' as const),
    client,
    amount,
    rivals: fc.integer({ min: 2, max: 4 }),
  }),
  fc.record({ do: fc.constant('unclaimed' as const), amount }),
  fc.record({ do: fc.constant('bank' as const), amount, out: fc.boolean() }),
  fc.record({
    do: fc.constant('deposit-again' as const),
    which: fc.nat({ max: 30 }),
    more: fc.constantFrom(0n, 1n),
  }),
  fc.record({
    do: fc.constantFrom('confirm', 'reject', 'fail', 'confirm-again', 'void-again'),
    which: fc.nat({ max: 30 }),
  }),
);

let books: Books;
let clientNumber = 10_000;

beforeAll(async () => {
  books = await openBooks([]);
});
afterAll(async () => {
  await books.database.drop();
});

const heldBy = (model: Model, owner: string): bigint =>
  model.withdrawals
    .filter((withdrawal) => withdrawal.client === owner && withdrawal.state === 'open')
    .reduce((sum, withdrawal) => sum + withdrawal.amount, 0n);

const contentOf = ({ txid, client: owner, amount: sum }: Omit<Arrival, 'journal'>) => ({
  chain: 'solana:sandbox',
  txid,
  vault,
  client: owner,
  asset,
  amount: sum,
});

async function arrive(model: Model, owner: string | null, sum: bigint): Promise<void> {
  const arrival = { txid: randomUUID(), client: owner, amount: sum };
  const credited = await creditDeposit(books.worker, contentOf(arrival));
  if (!credited.ok) throw new Error(credited.refusal.sentence);
  expect(credited.value.isNew).toBe(true);
  model.arrivals.push({ ...arrival, journal: credited.value.journal });
  model.inVault += sum;
  if (owner === null) model.unclaimed += sum;
  else model.posted.set(owner, (model.posted.get(owner) ?? 0n) + sum);
}

/** The same deposit reported again is the same journal; with another amount it is refused. */
async function arriveAgain(model: Model, which: number, more: bigint): Promise<void> {
  const earlier = model.arrivals[which % Math.max(model.arrivals.length, 1)];
  if (!earlier) return;
  const again = await creditDeposit(
    books.worker,
    contentOf({ ...earlier, amount: earlier.amount + more }),
  );
  if (more > 0n) expect(again.ok ? null : again.refusal.code).toBe('journal-differs');
  else expect(again).toEqual({ ok: true, value: { journal: earlier.journal, isNew: false } });
}

/** An entry of a bank that names no client, told twice. */
async function bankSays(model: Model, sum: bigint): Promise<void> {
  const entry = {
    account: 'clients-1',
    asset: 'EUR',
    reference: randomUUID(),
    amount: sum,
    attribution: { cause: sum < 0n ? 'went-out' : 'no-client-named', client: null },
    takenBack: null,
    at: new Date(),
  } as const;
  for (const isNew of [true, false])
    expect(await bookBankEntry(books.worker, entry)).toMatchObject({ ok: true, value: { isNew } });
  model.atBank += sum;
  if (sum < 0n) model.gone -= sum;
  else model.nobodys += sum;
}

/** As many withdrawals of one amount at the same moment as there are rivals. */
async function ask(model: Model, owner: string, sum: bigint, rivals: number): Promise<void> {
  const available = (model.posted.get(owner) ?? 0n) - heldBy(model, owner);
  const ids = Array.from({ length: rivals }, () => randomUUID());
  const answers = await Promise.all(ids.map((id) => raise(books, id, owner, sum)));
  const covered = available / sum < BigInt(rivals) ? available / sum : BigInt(rivals);
  expect(BigInt(answers.filter(Boolean).length)).toBe(covered);
  ids.forEach((id, place) => {
    if (answers[place] === true)
      model.withdrawals.push({ id, client: owner, amount: sum, state: 'open' });
  });
}

async function take(model: Model, clients: readonly string[], wanted: Step): Promise<void> {
  switch (wanted.do) {
    case 'deposit':
      return arrive(model, clients[wanted.client] ?? '', wanted.amount);
    case 'unclaimed':
      return arrive(model, null, wanted.amount);
    case 'bank':
      return bankSays(model, wanted.out ? -wanted.amount : wanted.amount);
    case 'deposit-again':
      return arriveAgain(model, wanted.which, wanted.more);
    case 'raise':
      return ask(model, clients[wanted.client] ?? '', wanted.amount, 1);
    case 'race':
      return ask(model, clients[wanted.client] ?? '', wanted.amount, wanted.rivals);
    default: {
      const withdrawal = model.withdrawals[wanted.which % Math.max(model.withdrawals.length, 1)];
      if (withdrawal) await end(model, withdrawal, wanted.do);
    }
  }
}

async function end(
  model: Model,
  withdrawal: Withdrawal,
  how: 'confirm' | 'reject' | 'fail' | 'confirm-again' | 'void-again',
): Promise<void> {
  const { id, client: owner, amount: sum, state } = withdrawal;
  const content = { operation: id, client: owner, vault, asset, amount: sum, fee: 5n };
  if (how === 'void-again') {
    const again = await inTransaction(books.worker, (tx) => voidHold(tx, { operation: id }));
    const expected = {
      open: 'operation-open',
      confirmed: 'hold-already-used',
      rejected: null,
      failed: null,
    }[state];
    expect(again.ok ? null : again.refusal.code).toBe(expected);
    return;
  }
  if (how === 'confirm-again' || state !== 'open') {
    if (state === 'open') return;
    const again = await postWithdrawal(books.worker, content);
    expect(again.ok ? again.value.isNew : again.refusal.code).toBe(
      state === 'confirmed' ? false : 'hold-released',
    );
    return;
  }
  switch (how) {
    case 'confirm':
      await carryToChain(books, id);
      await inTransaction(books.worker, async (tx) => {
        await move(tx, id, 'confirmed');
        expect(await postWithdrawal(tx, content)).toMatchObject({
          ok: true,
          value: { isNew: true },
        });
      });
      withdrawal.state = 'confirmed';
      model.posted.set(owner, (model.posted.get(owner) ?? 0n) - sum);
      model.inVault -= sum;
      model.fees += 5n;
      return;
    case 'reject':
      await reject(books, id);
      withdrawal.state = 'rejected';
      return;
    case 'fail':
      await inTransaction(books.worker, async (tx) => {
        await move(tx, id, 'failed');
        expect(await voidHold(tx, { operation: id })).toMatchObject({ ok: true });
      });
      withdrawal.state = 'failed';
  }
}

/** What is owed to whoever turns up, over all runs. */
async function inSuspense(): Promise<bigint> {
  const account = await books.owner.account.findUnique({ where: { id: suspenseAccount(asset) } });
  return account ? unitsOf(account.credits) - unitsOf(account.debits) : 0n;
}

/** Euros over all runs, as the ledger's page sums them up. */
async function euros(): Promise<{ cover: bigint } & Pick<Model, 'atBank' | 'nobodys' | 'gone'>> {
  const found = (await assetPositions(books.web)).find((position) => position.asset === 'EUR');
  return {
    atBank: BigInt(found?.atBanks ?? 0),
    nobodys: BigInt(found?.unattributed ?? 0),
    gone: BigInt(found?.missing ?? 0),
    cover: found ? coverOf(found).difference : 0n,
  };
}

/** Sum of all lines there are, per asset; each must be nothing. */
async function sumsOfLines(): Promise<string[]> {
  const rows = await books.owner.$queryRaw<{ sum: string }[]>`
    select sum(amount)::text as sum from posting group by asset`;
  return rows.map(({ sum }) => sum);
}

it(
  'the books agree with a simple model after any sequence of deposits, holds, postings and releases',
  { timeout: 3 * 3_600_000 },
  async () => {
    let steps = 0;
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, {
          minLength: isLong ? stepsPerRun : 10,
          maxLength: stepsPerRun,
          size: 'max',
        }),
        async (wanted) => {
          const clients = [0, 1, 2].map(() => `C-${(clientNumber += 1)}`);
          await books.owner.client.createMany({ data: clients.map((id) => ({ id })) });
          const [before] = await vaultPositions(books.web);
          const model: Model = {
            posted: new Map(),
            arrivals: [],
            unclaimed: await inSuspense(),
            inVault: BigInt(before?.amount ?? 0),
            fees: 0n,
            ...(await euros()),
            withdrawals: [],
          };
          for (const one of wanted) await take(model, clients, one);
          steps += wanted.length;
          for (const owner of clients) {
            const [balance] = await clientBalances(books.web, { client: owner });
            const posted = model.posted.get(owner) ?? 0n;
            const held = heldBy(model, owner);
            expect(posted - held).toBeGreaterThanOrEqual(0n);
            expect([
              balance?.posted ?? '0',
              balance?.held ?? '0',
              balance?.available ?? '0',
            ]).toEqual([posted, held, posted - held].map(String));
          }
          const [after] = await vaultPositions(books.web);
          expect(after?.amount ?? '0').toBe(model.inVault.toString());
          expect(await inSuspense()).toBe(model.unclaimed);
          const { atBank, nobodys, gone } = model;
          // Nothing that went out is netted with what is owed: clients' money is short by all of it.
          expect(await euros()).toEqual({ atBank, nobodys, gone, cover: -gone });
          expect((await sumsOfLines()).every((sum) => sum === '0')).toBe(true);
          done += 1;
          if (done % runsPerCheck === 0) expect(await findLedgerFaults(books.owner)).toEqual([]);
        },
      ),
      { numRuns: runs },
    );
    expect(await findLedgerFaults(books.owner)).toEqual([]);
    expect(steps).toBeGreaterThanOrEqual(isLong ? 100_000 : 80);
  },
);
