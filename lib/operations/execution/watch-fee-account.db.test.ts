import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  feePayerAccount,
  networkFeesAccount,
  nonceAccountsAccount,
  ownFundsAccount,
} from '#lib/ledger/accounts.ts';
import { joinBytes, SYSTEM_PROGRAM, writeMessage } from '#lib/chains/solana/message-writer.ts';
import { NONCE_ACCOUNT_SIZE } from '#lib/chains/solana/build-nonce-account.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import {
  openChainDesk,
  rowOf,
  sendBlindly,
  sendOnPaper,
  untilFinal,
  type ChainDesk,
} from '../testing/chain-desk.ts';
import { keepNonceAccounts } from './keep-nonce-accounts.ts';
import { settle } from './settle.ts';
import { watchFeeAccount } from './watch-fee-account.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002']);
});
afterAll(() => desk.close());

/** Debits less credits of an account. */
async function balanceOf(account: string): Promise<bigint> {
  const row = await desk.books.owner.account.findUnique({ where: { id: account } });
  return row === null ? 0n : unitsOf(row.debits) - unitsOf(row.credits);
}

/** A payment out of the fee account that no part of the worker makes. */
async function payOut(to: string, lamports: bigint): Promise<void> {
  const { feePayer, client } = desk.fixture;
  const data = new Uint8Array(8);
  new DataView(data.buffer).setBigUint64(0, lamports, true);
  const message = writeMessage({
    writableSigners: [feePayer.address],
    writable: [to],
    readonly: [SYSTEM_PROGRAM],
    anchor: await client.getLatestBlockhash(),
    instructions: [
      {
        program: SYSTEM_PROGRAM,
        accounts: [feePayer.address, to],
        data: joinBytes([Uint8Array.of(2, 0, 0, 0), data]),
      },
    ],
  });
  const sent = await client.sendTransaction(
    assembleTransaction(message, { [feePayer.address]: feePayer.sign(message) }),
  );
  expect(sent.outcome).toBe('accepted');
  await untilFinal(desk, sent.transactionId);
}

it('the books of the fee account say what the chain says, whatever happened to it and however often one looks', async () => {
  const { feePayer, client, vault } = desk.fixture;
  await until('the pool is full', async () => {
    await keepNonceAccounts(desk.context);
    return (await desk.books.worker.nonceAccount.count()) === 4;
  });
  for (const [name, amount] of [
    ['C-1001', SOL],
    ['C-1002', 500n * SOL],
  ] as const) {
    const sent = await sendOnPaper(desk, { client: name, amount });
    await sendBlindly(desk, sent.transfer.bytes);
    await untilFinal(desk, sent.transfer.id);
    await settle(await rowOf(desk, sent.operation), sent.intent, desk.context);
  }
  await payOut(vault.address, 3_000_000n);
  const topUp = await desk.fixture.control.deposit(feePayer.address, 2n * SOL);
  await untilFinal(desk, topUp);

  await watchFeeAccount(desk.context);
  const rent = await client.getRentExemptMinimum(NONCE_ACCOUNT_SIZE);
  const onChain = await client.getBalance(feePayer.address, 'finalized');
  expect(await balanceOf(feePayerAccount('SOL'))).toBe(onChain);
  expect(await balanceOf(nonceAccountsAccount('SOL'))).toBe(4n * rent);
  const fees = await balanceOf(networkFeesAccount('SOL'));
  // Two withdrawals of two signatures, four nonce accounts and a payment of one each.
  expect(fees).toBe(2n * 10_000n + 5n * 5_000n);
  expect(-(await balanceOf(ownFundsAccount('SOL')))).toBe(onChain + 4n * rent + fees);

  const journals = await desk.books.worker.journal.count();
  await watchFeeAccount(desk.context);
  await desk.books.owner.ownCursor.deleteMany();
  await watchFeeAccount(desk.context);
  expect(await desk.books.worker.journal.count()).toBe(journals);
  expect(await balanceOf(feePayerAccount('SOL'))).toBe(onChain);
});
