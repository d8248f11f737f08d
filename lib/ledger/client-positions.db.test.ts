import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { clientsOfVault, vaultsOfClient } from './client-positions.ts';
import { heldByOwners, owedToOwners } from './owner-positions.ts';
import { postRefusedFee } from './post-refused-fee.ts';
import { postVaultTransfer } from './post-vault-transfer.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { closeBooks, move, openBooks, vault, type Books } from './testing/books.ts';
import { arrivalOf, chainName, credit, see, undo } from './testing/chain-books.ts';
import {
  addOtherVault,
  carry,
  fund,
  otherVault,
  raiseWish,
  type Wish,
} from './testing/fee-books.ts';

let books: Books;
const people = ['C-6001', 'C-6002', 'C-6003'];
beforeAll(async () => {
  books = await openBooks([...people, 'C-6004']);
  await addOtherVault(books);
});
afterAll(() => closeBooks(books));

type Kind = 'deposit' | 'withdrawal' | 'refused' | 'transfer' | 'undone';
type Position = { here: bigint; there: bigint; fees: bigint };

const wishOf = (client: string, asset: string, kind: Wish['kind'], amount: bigint): Wish => ({
  kind,
  client,
  asset,
  amount,
  highestFee: 9n,
  feeAsset: 'ETH',
});

/** Books one movement of a token, whose fee is in another asset, and moves the model along. */
async function book(kind: Kind, client: string, amount: bigint, fee: bigint, model: Position) {
  const asset = 'USDC';
  if (kind === 'deposit' || kind === 'undone') {
    const name = chainName(randomUUID());
    await see(books, { ...arrivalOf(name, client, amount), asset });
    await credit(books, name);
    if (kind === 'undone') await undo(books, name);
    else model.here += amount;
    return;
  }
  if (kind !== 'refused' && amount > model.here) return;
  const wish = wishOf(client, asset, kind === 'transfer' ? 'vault-transfer' : 'withdrawal', amount);
  await fund(books, client, 'ETH', 9n);
  model.fees += 9n - fee;
  if (kind === 'refused') {
    await fund(books, client, asset, amount);
    model.here += amount;
  }
  const operation = await raiseWish(books, wish);
  await carry(books, operation);
  const paid = { fee, feeAsset: 'ETH', feeFrom: { client } };
  await inTransaction(books.worker, async (tx) => {
    await move(tx, operation, kind === 'refused' ? 'failed' : 'confirmed');
    const txid = randomUUID();
    const posted =
      kind === 'refused'
        ? await postRefusedFee(tx, {
            chain: 'x',
            txid,
            operation,
            vault,
            asset: 'ETH',
            fee,
            feeFrom: { client },
          })
        : kind === 'transfer'
          ? await postVaultTransfer(tx, {
              operation,
              from: vault,
              to: otherVault,
              asset,
              amount,
              ...paid,
            })
          : await postWithdrawal(tx, { operation, client, vault, asset, amount, ...paid });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  });
  if (kind !== 'refused') model.here -= amount;
  if (kind === 'transfer') model.there += amount;
}

describe('what lies in a vault for a client', () => {
  it('is what any sequence of deposits, withdrawals, fees, transfers and undone deposits of that client left there', async () => {
    const models = new Map(people.map((id) => [id, { here: 0n, there: 0n, fees: 0n }]));
    const kind = fc.constantFrom<Kind>('deposit', 'withdrawal', 'refused', 'transfer', 'undone');
    const steps = fc.array(
      fc.tuple(
        kind,
        fc.nat({ max: 2 }),
        fc.bigInt({ min: 1n, max: 50n }),
        fc.bigInt({ min: 1n, max: 9n }),
      ),
      { minLength: 5, maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        for (const [what, owner, amount, fee] of sequence) {
          const client = people[owner] ?? '';
          const model = models.get(client);
          if (model) await book(what, client, amount, fee, model);
        }
        for (const [client, { here, there, fees }] of models) {
          const tokens = await vaultsOfClient(books.worker, { client, asset: 'USDC' });
          const inOther = there === 0n ? [] : [{ vault: otherVault, amount: there }];
          const inHere = here === 0n ? [] : [{ vault, amount: here }];
          expect(tokens).toEqual([...inOther, ...inHere]);
          const coins = await vaultsOfClient(books.worker, { client, asset: 'ETH' });
          expect(coins).toEqual(fees === 0n ? [] : [{ vault, amount: fees }]);
        }
      }),
      { numRuns: 6 },
    );
    // The custodian has nothing in these vaults.
    const everybodys = [...models].flatMap(([client, { here, there, fees }]) =>
      [
        { client, vault: otherVault, asset: 'USDC', units: there },
        { client, vault, asset: 'ETH', units: fees },
        { client, vault, asset: 'USDC', units: here },
      ].filter(({ units }) => units !== 0n),
    );
    const assets = ['USDC', 'ETH'];
    const { held, owed } = await inSnapshot(books.worker, async (tx) => ({
      held: await heldByOwners(tx, { vaults: [vault, otherVault], assets, limit: 100 }),
      owed: await owedToOwners(tx, { assets, limit: 100 }),
    }));
    expect(new Set(held)).toEqual(
      new Set(everybodys.map((one) => ({ ...one, units: one.units.toString() }))),
    );
    const inAll = Map.groupBy(everybodys, ({ client, asset }) => `${client} ${asset}`);
    expect(new Map(owed.map((one) => [`${one.client} ${one.asset}`, BigInt(one.units)]))).toEqual(
      new Map(
        [...inAll].map(([key, all]) => [key, all.reduce((sum, { units }) => sum + units, 0n)]),
      ),
    );
    const expected = [...models].flatMap(([client, { here }]) =>
      here === 0n ? [] : [{ client, amount: here }],
    );
    const all = await clientsOfVault(books.web, { vault, asset: 'USDC' });
    expect(all).toEqual({ clients: expected, next: null });
    const paged = [];
    let after: string | null = null;
    do {
      const page = await clientsOfVault(books.web, { vault, asset: 'USDC', after, limit: 1 });
      paged.push(...page.clients);
      after = page.next;
    } while (after !== null);
    expect(paged).toEqual(expected);
  }, 60_000);

  it('falls below nothing where the chain took a deposit away that was spent, of which nothing could be taken back', async () => {
    const client = 'C-6004';
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 20n));
    await credit(books, name);
    await fund(books, client, 'ETH', 9n);
    const operation = await raiseWish(books, wishOf(client, 'BTC', 'withdrawal', 20n));
    await carry(books, operation);
    await inTransaction(books.worker, async (tx) => {
      await move(tx, operation, 'confirmed');
      const paid = { fee: 9n, feeAsset: 'ETH', feeFrom: { client } };
      const of = { operation, client, vault, asset: 'BTC', amount: 20n };
      expect((await postWithdrawal(tx, { ...of, ...paid })).ok).toBe(true);
    });
    await undo(books, name);
    expect(await vaultsOfClient(books.web, { client, asset: 'BTC' })).toEqual([
      { vault, amount: -20n },
    ]);
    expect((await clientsOfVault(books.web, { vault, asset: 'BTC' })).clients).toEqual([
      { client, amount: -20n },
    ]);
  });
});
