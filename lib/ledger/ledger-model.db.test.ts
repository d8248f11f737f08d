import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findLedgerFaults } from './find-faults.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { clientBalances, vaultPositions } from './queries.ts';
import {
  asset,
  carryToChain,
  deposit,
  move,
  openBooks,
  raise,
  reject,
  vault,
  type Books,
} from './testing/books.ts';
import { voidHold } from './void-hold.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 1_700 : 8;
const stepsPerRun = 60;

type Withdrawal = {
  id: string;
  client: string;
  amount: bigint;
  state: 'open' | 'confirmed' | 'rejected' | 'failed';
};
/** What the books should say, kept the simple way. */
type Model = {
  posted: Map<string, bigint>;
  inVault: bigint;
  fees: bigint;
  withdrawals: Withdrawal[];
};

type Step =
  | { do: 'deposit'; client: number; amount: bigint }
  | { do: 'raise'; client: number; amount: bigint }
  | { do: 'confirm' | 'reject' | 'fail' | 'confirm-again' | 'void-again'; which: number };

const amount = fc.bigInt({ min: 1n, max: 60n });
const client = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('deposit' as const), client, amount }),
  fc.record({ do: fc.constant('raise' as const), client, amount }),
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

async function take(model: Model, clients: readonly string[], wanted: Step): Promise<void> {
  if (wanted.do === 'deposit' || wanted.do === 'raise') {
    const owner = clients[wanted.client] ?? '';
    const posted = model.posted.get(owner) ?? 0n;
    if (wanted.do === 'deposit') {
      await deposit(books, owner, wanted.amount);
      model.posted.set(owner, posted + wanted.amount);
      model.inVault += wanted.amount;
      return;
    }
    const id = randomUUID();
    const isCovered = posted - heldBy(model, owner) >= wanted.amount;
    expect(await raise(books, id, owner, wanted.amount)).toBe(isCovered);
    if (isCovered)
      model.withdrawals.push({ id, client: owner, amount: wanted.amount, state: 'open' });
    return;
  }
  const withdrawal = model.withdrawals[wanted.which % Math.max(model.withdrawals.length, 1)];
  if (withdrawal) await end(model, withdrawal, wanted.do);
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

it(
  'the books agree with a simple model after any sequence of deposits, holds, postings and releases',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: stepsPerRun, size: 'max' }),
        async (steps) => {
          const clients = [0, 1, 2].map(() => `C-${(clientNumber += 1)}`);
          await books.owner.client.createMany({ data: clients.map((id) => ({ id })) });
          const [before] = await vaultPositions(books.web);
          const model: Model = {
            posted: new Map(),
            inVault: BigInt(before?.amount ?? 0),
            fees: 0n,
            withdrawals: [],
          };
          for (const wanted of steps) await take(model, clients, wanted);
          for (const owner of clients) {
            const [balance] = await clientBalances(books.web, { client: owner });
            const posted = model.posted.get(owner) ?? 0n;
            const held = heldBy(model, owner);
            expect([
              balance?.posted ?? '0',
              balance?.held ?? '0',
              balance?.available ?? '0',
            ]).toEqual([posted, held, posted - held].map(String));
          }
          const [after] = await vaultPositions(books.web);
          expect(after?.amount ?? '0').toBe(model.inVault.toString());
          expect(await findLedgerFaults(books.owner)).toEqual([]);
        },
      ),
      { numRuns: runs },
    );
  },
);
