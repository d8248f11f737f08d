import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { clientAccount, ownInVaultAccount, vaultAccount } from './accounts.ts';
import { findLedgerFaults } from './find-faults.ts';
import { placeHold } from './place-hold.ts';
import { postJournal } from './post-journal.ts';
import { postRefusedFee } from './post-refused-fee.ts';
import { postVaultTransfer } from './post-vault-transfer.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { journalPage, vaultPositions } from './queries.ts';
import { closeBooks, move, openBooks, vault, type Books } from './testing/books.ts';
import {
  addOtherVault,
  carry,
  fund,
  heldOn,
  holdWish,
  otherVault,
  raiseWish,
  standing,
  type HeldPart,
  type Wish,
} from './testing/fee-books.ts';
import { voidHold } from './void-hold.ts';

let books: Books;
const people = Array.from({ length: 40 }, (_, index) => `C-${2001 + index}`);
let next = 0;
const someone = (): string => people[next++] ?? 'C-none';

beforeAll(async () => {
  books = await openBooks(people);
  await addOtherVault(books);
});
afterAll(() => closeBooks(books));

const coins = (client: string): Wish => ({
  kind: 'withdrawal',
  client,
  asset: 'ETH',
  amount: 1_000n,
  highestFee: 50n,
  feeAsset: 'ETH',
});
const tokens = (client: string): Wish => ({ ...coins(client), asset: 'USDC' });
const transfer = (client: string): Wish => ({ ...coins(client), kind: 'vault-transfer' });

const confirm = (operation: string, { client, asset, amount }: Wish, fee: bigint) =>
  inTransaction(books.worker, async (tx) => {
    await move(tx, operation, 'confirmed');
    const posted = await postWithdrawal(tx, {
      operation,
      client,
      vault,
      asset,
      amount,
      fee,
      feeAsset: 'ETH',
      feeFrom: { client },
    });
    if (!posted.ok) throw new Error(posted.refusal.sentence);
  });

const end = (operation: string, state: 'rejected' | 'expired', outcome: 'voided' | 'expired') =>
  inTransaction(state === 'rejected' ? books.web : books.worker, async (tx) => {
    await move(tx, operation, state);
    return voidHold(tx, { operation, outcome });
  });

const inVault = async (asset: string): Promise<bigint> => {
  const rows = await vaultPositions(books.web);
  return BigInt(rows.find((row) => row.vault === vault && row.asset === asset)?.amount ?? 0);
};

describe('a withdrawal whose network fee the client bears', () => {
  it('holds amount and highest fee in one, and takes the actual fee: the rest of the bound is free again', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const operation = await raiseWish(books, coins(client));
    expect(await standing(books, client, 'ETH')).toEqual([2_000n, 1_050n, 950n]);
    const before = await inVault('ETH');
    await carry(books, operation);
    await confirm(operation, coins(client), 21n);
    expect(await standing(books, client, 'ETH')).toEqual([979n, 0n, 979n]);
    expect(before - (await inVault('ETH'))).toBe(1_021n);
    const { journals } = await journalPage(books.web, { operation });
    expect(journals.map(({ lines }) => lines.map((line) => [line.account, line.amount]))).toEqual([
      [
        [clientAccount(client, 'ETH'), '1000'],
        [vaultAccount(vault, 'ETH'), '-1000'],
        [clientAccount(client, 'ETH'), '21'],
        [vaultAccount(vault, 'ETH'), '-21'],
      ],
    ]);
  });

  it('holds a token and its fee apart, and both holds end in the journal', async () => {
    const client = someone();
    await fund(books, client, 'USDC', 1_000n);
    await fund(books, client, 'ETH', 60n);
    const operation = await raiseWish(books, tokens(client));
    expect(await standing(books, client, 'USDC')).toEqual([1_000n, 1_000n, 0n]);
    expect(await standing(books, client, 'ETH')).toEqual([60n, 50n, 10n]);
    await carry(books, operation);
    await confirm(operation, tokens(client), 50n);
    expect(await standing(books, client, 'USDC')).toEqual([0n, 0n, 0n]);
    expect(await standing(books, client, 'ETH')).toEqual([10n, 0n, 10n]);
  });

  it('gives a fee’s hold back also where the network took nothing', async () => {
    const client = someone();
    await fund(books, client, 'USDC', 1_000n);
    await fund(books, client, 'ETH', 50n);
    const operation = await raiseWish(books, tokens(client));
    await carry(books, operation);
    await confirm(operation, tokens(client), 0n);
    expect(await standing(books, client, 'ETH')).toEqual([50n, 0n, 50n]);
  });

  it('is refused by the balance that is short, and leaves nothing held', async () => {
    const client = someone();
    await fund(books, client, 'USDC', 1_000n);
    await fund(books, client, 'ETH', 49n);
    await expect(raiseWish(books, tokens(client))).rejects.toThrow(
      'available ETH does not cover the highest network fee',
    );
    expect(await standing(books, client, 'USDC')).toEqual([1_000n, 0n, 1_000n]);
    expect(await standing(books, client, 'ETH')).toEqual([49n, 0n, 49n]);
  });

  it.each(['rejected', 'expired'] as const)(
    'gives everything back when it is %s',
    async (state) => {
      const client = someone();
      await fund(books, client, 'USDC', 1_000n);
      await fund(books, client, 'ETH', 60n);
      const operation = await raiseWish(books, tokens(client));
      const outcome = state === 'rejected' ? 'voided' : 'expired';
      expect(await end(operation, state, outcome)).toMatchObject({ value: { isNew: true } });
      expect(await standing(books, client, 'USDC')).toEqual([1_000n, 0n, 1_000n]);
      expect(await standing(books, client, 'ETH')).toEqual([60n, 0n, 60n]);
    },
  );

  it('cannot end with one of its holds left', async () => {
    const client = someone();
    await fund(books, client, 'USDC', 1_000n);
    await fund(books, client, 'ETH', 60n);
    const operation = await raiseWish(books, tokens(client));
    const half = inTransaction(books.web, async (tx) => {
      await move(tx, operation, 'rejected');
      await tx.$queryRaw`select ledger_void(id, 'voided') from hold
        where operation_id = ${operation}::uuid and fee = 0`;
    });
    expect(sqlStateOf(await half.catch((error: unknown) => error))).toBe('CS004');
  });

  it('never pays more for the network than was held, nor another amount than was stated', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 9_000n);
    const operation = await raiseWish(books, coins(client));
    await carry(books, operation);
    for (const [amount, fee] of [
      [1_000n, 51n],
      [999n, 0n],
      [1_051n, 0n],
    ] as const)
      await expect(confirm(operation, { ...coins(client), amount }, fee)).rejects.toThrow(
        'amount differs from hold',
      );
    expect(await standing(books, client, 'ETH')).toEqual([9_000n, 1_050n, 7_950n]);
  });

  it('takes nothing from a client who has no hold for it', async () => {
    const [client, other] = [someone(), someone()];
    await fund(books, client, 'ETH', 2_000n);
    await fund(books, other, 'ETH', 2_000n);
    const operation = await raiseWish(books, coins(client));
    await carry(books, operation);
    const answer = await postJournal(books.worker, {
      key: `withdrawal:${operation}`,
      kind: 'withdrawal',
      operation,
      usesHold: true,
      lines: [
        { account: clientAccount(client, 'ETH'), amount: 1_000n },
        { account: clientAccount(other, 'ETH'), amount: 5n },
        { account: vaultAccount(vault, 'ETH'), amount: -1_005n },
      ],
      corrects: null,
      at: new Date(),
    });
    expect(answer).toMatchObject({
      refusal: { sentence: expect.stringContaining('no hold') as string },
    });
    expect(await standing(books, other, 'ETH')).toEqual([2_000n, 0n, 2_000n]);
  });

  it('where the chain refused the transfer, pays the fee out of its hold and has the rest free again', async () => {
    const client = someone();
    await fund(books, client, 'USDC', 1_000n);
    await fund(books, client, 'ETH', 60n);
    const operation = await raiseWish(books, tokens(client));
    await carry(books, operation);
    const fail = (fee: bigint) =>
      inTransaction(books.worker, async (tx) => {
        await move(tx, operation, 'failed');
        const posted = await postRefusedFee(tx, {
          chain: 'ethereum:sandbox',
          txid: `refused-${operation}`,
          operation,
          vault,
          asset: 'ETH',
          fee,
          feeFrom: { client },
        });
        if (!posted.ok) throw new Error(posted.refusal.sentence);
      });
    await expect(fail(51n)).rejects.toThrow('amount differs from hold');
    await fail(33n);
    expect(await standing(books, client, 'USDC')).toEqual([1_000n, 0n, 1_000n]);
    expect(await standing(books, client, 'ETH')).toEqual([27n, 0n, 27n]);
  });

  it('cannot count as confirmed by the journal of a fee', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const operation = await raiseWish(books, coins(client));
    await carry(books, operation);
    const cheat = inTransaction(books.worker, async (tx) => {
      await move(tx, operation, 'confirmed');
      await postRefusedFee(tx, {
        chain: 'ethereum:sandbox',
        txid: `cheat-${operation}`,
        operation,
        vault,
        asset: 'ETH',
        fee: 5n,
        feeFrom: { client },
      });
    });
    expect(sqlStateOf(await cheat.catch((error: unknown) => error))).toBe('CS004');
  });
});

describe('holds that are not what the intent asks for', () => {
  const amount = 1_000n;
  const cases: [string, (client: string, other: string) => HeldPart[]][] = [
    ['no fee', (client) => [heldOn(client, 'ETH', amount, 0n)]],
    ['a smaller fee', (client) => [heldOn(client, 'ETH', amount + 49n, 49n)]],
    ['a fee that counts as exact', (client) => [heldOn(client, 'ETH', amount + 50n, 0n)]],
    ['an amount that counts as a fee', (client) => [heldOn(client, 'ETH', amount + 50n, 51n)]],
    [
      'the fee of somebody else',
      (client, other) => [heldOn(client, 'ETH', amount, 0n), heldOn(other, 'ETH', 50n, 50n)],
    ],
    ['the amount in another asset', (client) => [heldOn(client, 'USDC', amount + 50n, 50n)]],
    [
      'the fee in two parts',
      (client) => [heldOn(client, 'ETH', amount + 25n, 25n), heldOn(client, 'USDC', 25n, 25n)],
    ],
  ];
  it.each(cases)('are refused at commit: %s', async (_, parts) => {
    const [client, other] = [someone(), someone()];
    for (const owner of [client, other])
      for (const asset of ['ETH', 'USDC']) await fund(books, owner, asset, 5_000n);
    const raising = raiseWish(books, coins(client), async (operation, tx) => {
      for (const part of parts(client, other))
        expect(await placeHold(tx, { hold: randomUUID(), operation, ...part })).toMatchObject({
          ok: true,
        });
    });
    expect(sqlStateOf(await raising.catch((error: unknown) => error))).toBe('CS004');
  });
});

describe('a transfer between vaults', () => {
  const post = (operation: string, { amount, asset }: Wish, fee: bigint, from: object) =>
    inTransaction(books.worker, async (tx) => {
      await move(tx, operation, 'confirmed');
      const posted = await postVaultTransfer(tx, {
        operation,
        from: vault,
        to: otherVault,
        asset,
        amount,
        fee,
        feeAsset: 'ETH',
        ...from,
      });
      if (!posted.ok) throw new Error(posted.refusal.sentence);
    });

  it('of a client’s account holds the highest fee alone and takes the actual one', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const wish = transfer(client);
    const operation = await raiseWish(books, wish);
    expect(await standing(books, client, 'ETH')).toEqual([2_000n, 50n, 1_950n]);
    await carry(books, operation);
    await post(operation, wish, 12n, { feeFrom: { client } });
    expect(await standing(books, client, 'ETH')).toEqual([1_988n, 0n, 1_988n]);
  });

  it.each([
    ['more than was stated', 51n, (client: string) => client],
    ['from somebody else', 12n, () => people[0] ?? ''],
  ])('takes nothing %s', async (_, fee, payer) => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const operation = await raiseWish(books, transfer(client));
    await carry(books, operation);
    await expect(
      post(operation, transfer(client), fee, { feeFrom: { client: payer(client) } }),
    ).rejects.toThrow();
    expect(await standing(books, client, 'ETH')).toEqual([2_000n, 50n, 1_950n]);
  });

  it('of the custodian’s own account pays its fee from the custodian’s own coins there, and holds nothing', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const wish = { ...transfer(client), owner: null, feeBearer: 'custodian' };
    const operation = await raiseWish(books, wish, () => Promise.resolve());
    await carry(books, operation);
    await post(operation, wish, 12n, { feeFrom: 'own-in-vault' });
    const { journals } = await journalPage(books.web, { operation });
    expect(journals[0]?.lines).toContainEqual({
      account: ownInVaultAccount(vault, 'ETH'),
      asset: 'ETH',
      amount: '-12',
    });
    expect(await standing(books, client, 'ETH')).toEqual([2_000n, 0n, 2_000n]);
  });

  it('that the custodian pays for can place no hold', async () => {
    const client = someone();
    await fund(books, client, 'ETH', 2_000n);
    const wish = { ...transfer(client), feeBearer: 'custodian' };
    const raising = raiseWish(books, wish, (operation, tx) => holdWish(tx, operation, wish));
    expect(sqlStateOf(await raising.catch((error: unknown) => error))).toBe('CS004');
  });
});

describe('what a check of the books names', () => {
  it('is an operation whose holds are not what people stated, and a hold posted for more than it bounds', async () => {
    const forged = await openBooks(['C-3001']);
    const client = 'C-3001';
    await fund(forged, client, 'ETH', 9_000n);
    const wish = coins(client);
    const operation = await raiseWish(forged, wish);
    await carry(forged, operation);
    await inTransaction(forged.worker, async (tx) => {
      await move(tx, operation, 'confirmed');
      const fee = { fee: 40n, feeAsset: 'ETH', feeFrom: { client } };
      await postWithdrawal(tx, { operation, client, vault, asset: 'ETH', amount: 1_000n, ...fee });
    });
    await forged.owner.$executeRaw`alter table hold disable trigger all`;
    await forged.owner.$executeRaw`update hold set amount = 1030, fee = 30`;
    expect(await findLedgerFaults(forged.owner)).toEqual([
      expect.stringContaining('1 holds posted for another amount than they bound') as string,
      expect.stringContaining('1 operations whose holds are not what people stated') as string,
    ]);
    await forged.database.drop();
  });
});
