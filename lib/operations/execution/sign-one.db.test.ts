import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { endTokenHold, holdAsset } from '../asset-hold.ts';
import type { WaitReason } from '../progress/wait.ts';
import {
  bookDeposit,
  cosigned,
  openOwnerDesk,
  ownerVault,
  rowAt,
  type OwnerDesk,
} from '../testing/owner-desk.ts';
import { signWithdrawal } from './sign-withdrawal.ts';

const client = 'C-1001';
const UNIT = 100_000_000n;

describe.each([BITCOIN_REGTEST, SANDBOX_CHAIN])('a withdrawal on %s', (chain) => {
  const asset = chainFacts(chain).feeAsset;
  let desk: OwnerDesk;
  beforeAll(async () => {
    const suite = 'DKLS23-secp256k1-SHA256-v1';
    desk = await openOwnerDesk({ chain, suite, clients: [client], node: {} });
    const amount = 100n * chainFacts(chain).highestFee + 10n * UNIT;
    await bookDeposit(desk, { client, asset, amount });
  });
  afterAll(() => desk.close());

  it('that was built before its asset was held is signed by nobody until the hold has ended', async () => {
    const to = addressOfOwner(desk.key, null);
    const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
    const { operation } = intent;
    const { worker } = desk.books;
    await worker.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: operation,
        attempt: 1,
        chain,
        message: Uint8Array.of(1, 2, 3),
        conflictKey: `${chain}:test:${ownerVault}:${operation}`,
        phase: 'built',
      },
    });
    await move(worker, operation, 'signing');
    const at = desk.context.clock();
    const hold = { chain, asset, reason: 'token-differs', detail: 'token-name-differs' } as const;
    await inTransaction(worker, (tx) => holdAsset(tx, hold, at));
    const waits: string[] = [];
    const context = { ...desk.context, waits: ({ code }: WaitReason) => void waits.push(code) };
    const sign = async () => signWithdrawal(await rowAt(desk, operation), intent, context);
    expect(await sign()).toBe(false);
    expect([(await rowAt(desk, operation)).state, ...waits]).toEqual(['signing', 'asset-held']);
    await inTransaction(worker, (tx) => endTokenHold(tx, hold, at));
    expect(await sign()).toBe(true);
    expect(waits).toHaveLength(1);
  });

  it.each([
    ['built', 'cancel this one and raise a new one'],
    ['releasing', 'A signature of it may exist'],
  ])(
    'whose transaction on record nobody can read is held by name, also when it is %s',
    async (phase, advice) => {
      const to = addressOfOwner(desk.key, null);
      const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
      const { operation } = intent;
      await desk.books.worker.chainTransaction.create({
        data: {
          id: randomUUID(),
          operationId: operation,
          attempt: 1,
          chain,
          message: Uint8Array.of(1, 2, 3),
          conflictKey: `${chain}:test:${ownerVault}:${operation}`,
          phase: 'built',
        },
      });
      if (phase === 'releasing')
        await desk.books.worker.chainTransaction.updateMany({
          where: { operationId: operation },
          data: { phase },
        });
      await move(desk.books.worker, operation, 'signing');
      expect(await signWithdrawal(await rowAt(desk, operation), intent, desk.context)).toBe(true);
      const row = await rowAt(desk, operation);
      expect([row.state, row.stopCode, row.transactions[0]?.phase]).toEqual([
        'held',
        'transaction-undecodable',
        phase,
      ]);
      expect(row.stopSentence).toContain(advice);
    },
  );
});
