import { afterAll, beforeAll, expect, it } from 'vitest';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { creditDeposit } from './credit-deposit.ts';
import { heldByOwners } from './owner-positions.ts';
import { postVaultTransfer } from './post-vault-transfer.ts';
import { closeBooks, move, openBooks, vault, type Books } from './testing/books.ts';
import { addOtherVault, carry, fund, otherVault, raiseWish } from './testing/fee-books.ts';

const client = 'C-7001';
const asset = 'ETH';
let books: Books;
beforeAll(async () => {
  books = await openBooks([client]);
  await addOtherVault(books);
});
afterAll(() => closeBooks(books));

const held = (limit = 10) =>
  inSnapshot(books.web, (tx) =>
    heldByOwners(tx, { vaults: [vault, otherVault], assets: [asset], limit }),
  );

it('what came to the custodian’s account, moved on from there and paid the network is the custodian’s, and a client’s stays', async () => {
  await fund(books, client, asset, 500n);
  const arrival = { chain: 'ethereum:sandbox', txid: 'to-the-house', vault, asset };
  const credited = await creditDeposit(books.worker, { ...arrival, client: null, amount: 90n });
  expect(credited.ok).toBe(true);
  const operation = await raiseWish(
    books,
    {
      kind: 'vault-transfer',
      client,
      asset,
      amount: 40n,
      highestFee: 5n,
      feeAsset: asset,
      feeBearer: 'custodian',
      owner: null,
    },
    () => Promise.resolve(),
  );
  await carry(books, operation);
  await inTransaction(books.worker, async (tx) => {
    await move(tx, operation, 'confirmed');
    const of = { operation, from: vault, to: otherVault, asset, amount: 40n };
    const posted = await postVaultTransfer(tx, { ...of, fee: 3n, feeFrom: 'own-in-vault' });
    expect(posted.ok).toBe(true);
  });
  const all = [
    { client: null, vault: otherVault, asset, units: '40' },
    { client: null, vault, asset, units: '47' },
    { client, vault, asset, units: '500' },
  ];
  expect(await held()).toEqual(all);
  expect(await held(2)).toEqual(all.slice(0, 2));
});
