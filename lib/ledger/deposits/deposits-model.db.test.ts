import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { missingOf, suspenseAccount, vaultAccount } from '../accounts.ts';
import { findLedgerFaults } from '../find-faults.ts';
import { postWithdrawal } from '../post-withdrawal.ts';
import { move, openBooks, vault, type Books } from '../testing/books.ts';
import { arrivalOf, chainName, credit, see, undo } from '../testing/chain-books.ts';
import { carry, raiseWish, standing } from '../testing/fee-books.ts';
import type { DepositName } from './deposit-name.ts';
import { findAlive } from './find-alive.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 400 : 4;
const asset = 'BTC';

/** A deposit as the chain and the books should have it. */
type Arrival = {
  name: DepositName;
  client: string | null;
  amount: bigint;
  state: 'unseen' | 'pending' | 'credited';
  /** Of the block it was seen in last. */
  height: bigint;
  /** What its client got when it was credited last. */
  got: bigint;
  /** What its last reversal left missing. */
  left: bigint;
};
type Owner = { id: string; posted: bigint; held: bigint; missing: bigint };
type Model = { arrivals: Arrival[]; owners: Owner[]; suspense: bigint; inVault: bigint };

type Step =
  | { do: 'see' | 'credit' | 'undo'; which: number; times: number; height: bigint }
  | { do: 'hold' | 'pay'; owner: number; share: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('see' as const, 'credit' as const, 'undo' as const),
      which: fc.nat({ max: 4 }),
      times: fc.integer({ min: 1, max: 3 }),
      height: fc.bigInt({ min: 1n, max: 9n }),
    }),
    fc.record({
      do: fc.constantFrom('hold' as const, 'pay' as const),
      owner: fc.nat({ max: 1 }),
      share: fc.integer({ min: 1, max: 10 }),
    }),
  ),
  { minLength: 20, maxLength: 40 },
);

let books: Books;
let number = 50_000;
beforeAll(async () => {
  books = await openBooks([]);
});
afterAll(() => books.database.drop());

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const balance = async (account: string): Promise<bigint> => {
  const row = await books.owner.account.findUnique({ where: { id: account } });
  return row ? BigInt(row.debits.sub(row.credits).toFixed(0)) : 0n;
};

async function begin(): Promise<Model> {
  const ids = [`C-${number++}`, `C-${number++}`];
  await books.owner.client.createMany({ data: ids.map((id) => ({ id })) });
  const owners = ids.map((id) => ({ id, posted: 0n, held: 0n, missing: 0n }));
  const txid = randomUUID();
  const arrivals = [ids[0], ids[0], ids[1], ids[1], null].map((client = null, place) => ({
    name: chainName(place < 2 ? txid : randomUUID(), `${place}`),
    client,
    amount: BigInt(7 * (place + 1)),
    state: 'unseen' as const,
    height: 0n,
    got: 0n,
    left: 0n,
  }));
  const inVault = await balance(vaultAccount(vault, asset));
  return { arrivals, owners, suspense: -(await balance(suspenseAccount(asset))), inVault };
}

function creditModel(model: Model, arrival: Arrival): void {
  const owner = model.owners.find(({ id }) => id === arrival.client);
  const good = owner ? least(arrival.left, owner.missing) : 0n;
  arrival.state = 'credited';
  arrival.got = arrival.amount - good;
  model.inVault += arrival.amount;
  if (!owner) model.suspense += arrival.amount;
  else {
    owner.missing -= good;
    owner.posted += arrival.got;
  }
}

function undoModel(model: Model, arrival: Arrival): void {
  const owner = model.owners.find(({ id }) => id === arrival.client);
  arrival.state = 'unseen';
  model.inVault -= arrival.amount;
  if (!owner) {
    model.suspense -= arrival.amount;
    return;
  }
  const taken = least(arrival.got, owner.posted - owner.held);
  owner.posted -= taken;
  arrival.left = arrival.amount - taken;
  owner.missing += arrival.left;
}

/** As often as asked, at once; the model moves once. */
async function onChain(model: Model, step: Extract<Step, { which: number }>): Promise<void> {
  const arrival = model.arrivals[step.which];
  if (!arrival) throw new Error('There are five.');
  const { name, client, amount } = arrival;
  const act = (): Promise<{ ok: boolean }> => {
    if (step.do === 'see')
      return see(books, { ...arrivalOf(name, client, amount), height: step.height });
    return step.do === 'credit' ? credit(books, name) : undo(books, name);
  };
  // A second reversal at once may find what the first left pending of another appearance: one at a time.
  const times = step.do === 'undo' ? 1 : step.times;
  const answers = await Promise.all(Array.from({ length: times }, act));
  const isPossible = step.do === 'see' || arrival.state !== 'unseen';
  for (const { ok } of answers) expect(ok, step.do).toBe(isPossible);
  if (step.do === 'see') arrival.height = step.height;
  if (step.do === 'see' && arrival.state === 'unseen') arrival.state = 'pending';
  else if (step.do === 'credit' && arrival.state === 'pending') creditModel(model, arrival);
  else if (step.do === 'undo' && arrival.state === 'pending') arrival.state = 'unseen';
  else if (step.do === 'undo' && arrival.state === 'credited') undoModel(model, arrival);
}

async function spend(model: Model, step: Extract<Step, { owner: number }>): Promise<void> {
  const owner = model.owners[step.owner];
  if (!owner) throw new Error('There are two.');
  const amount = ((owner.posted - owner.held) * BigInt(step.share)) / 10n;
  if (amount === 0n) return;
  const client = owner.id;
  const wish = {
    kind: 'withdrawal',
    client,
    asset,
    amount,
    highestFee: 0n,
    feeAsset: asset,
  } as const;
  const operation = await raiseWish(books, wish);
  if (step.do === 'hold') {
    owner.held += amount;
    return;
  }
  await carry(books, operation);
  await inTransaction(books.worker, async (tx) => {
    await move(tx, operation, 'confirmed');
    const posted = await postWithdrawal(tx, { operation, client, vault, asset, amount, fee: 0n });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  });
  owner.posted -= amount;
  model.inVault -= amount;
}

async function compare({ arrivals, owners, suspense, inVault }: Model): Promise<void> {
  for (const { name, state, height } of arrivals) {
    const alive = await inTransaction(books.worker, (tx) => findAlive(tx, name));
    expect(alive?.height).toBe(state === 'unseen' ? undefined : height);
  }
  for (const { id, posted, held, missing } of owners) {
    expect(await standing(books, id, asset)).toEqual([posted, held, posted - held]);
    expect(await balance(missingOf(id, asset))).toBe(missing);
  }
  expect(-(await balance(suspenseAccount(asset)))).toBe(suspense);
  expect(await balance(vaultAccount(vault, asset))).toBe(inVault);
}

it(
  'the books agree with a simple model after any sequence of deposits seen, moved, credited, undone, coming again and spent',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const model = await begin();
        for (const step of sequence) {
          await ('which' in step ? onChain(model, step) : spend(model, step));
          await compare(model);
        }
        expect(await findLedgerFaults(books.owner)).toEqual([]);
      }),
      { numRuns: runs },
    );
  },
  isLong ? 1_800_000 : 120_000,
);
