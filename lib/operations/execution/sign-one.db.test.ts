import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { endTokenHold, holdAsset } from '../asset-hold.ts';
import { expireOperations } from '../expire-operations.ts';
import type { WaitReason } from '../progress/wait.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  openOwnerDesk,
  ownerVault,
  rowAt,
  type OwnerDesk,
} from '../testing/owner-desk.ts';
import { releaseEndedLeases } from './chains/leases.ts';
import { MovedOn, noteReleasing } from './note-releasing.ts';
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

  /** A transaction of bytes that nobody can read. */
  const built = (operation: string) =>
    desk.books.worker.chainTransaction.create({
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
  const setAside = (operation: string) =>
    desk.books.worker.chainLease.create({
      data: { chain, resource: `${chain}:test:${operation}`, operationId: operation },
    });
  const hold = { chain, asset, reason: 'token-differs', detail: 'token-name-differs' } as const;
  const holdOf = () =>
    inTransaction(desk.books.worker, (tx) => holdAsset(tx, hold, desk.context.clock()));
  const releaseOf = () =>
    inTransaction(desk.books.worker, (tx) => endTokenHold(tx, hold, desk.context.clock()));

  it('that was built before its asset was held is signed by nobody until the hold has ended', async () => {
    const to = addressOfOwner(desk.key, null);
    const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
    const { operation } = intent;
    const { worker } = desk.books;
    await built(operation);
    await move(worker, operation, 'signing');
    await holdOf();
    const waits: string[] = [];
    const context = { ...desk.context, waits: ({ code }: WaitReason) => void waits.push(code) };
    const sign = async () => signWithdrawal(await rowAt(desk, operation), intent, context);
    expect(await sign()).toBe(false);
    expect([(await rowAt(desk, operation)).state, ...waits]).toEqual(['signing', 'asset-held']);
    await releaseOf();
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
      await built(operation);
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

  it('that waits while its asset is held keeps nothing set aside before it has a transaction', async () => {
    const to = addressOfOwner(desk.key, null);
    const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
    const { worker } = desk.books;
    await setAside(intent.operation);
    await holdOf();
    expect(await begin(desk, intent)).toBe(false);
    expect((await rowAt(desk, intent.operation)).state).toBe('cosigned');
    expect(await worker.chainLease.count({ where: { operationId: intent.operation } })).toBe(0);
    await releaseOf();
  });

  it.each([false, true])(
    'that was built and waits until its statements count no more is held, and ends with everything given back unless a share may be out: %s',
    async (isOut) => {
      const to = addressOfOwner(desk.key, null);
      const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
      const { operation } = intent;
      const { worker } = desk.books;
      await setAside(operation);
      await built(operation);
      await move(worker, operation, 'signing');
      await holdOf();
      const row = await rowAt(desk, operation);
      desk.passTime(2 * 3_600_000);
      // Another worker has asked the parties since this one looked.
      if (isOut)
        await worker.chainTransaction.updateMany({
          where: { operationId: operation },
          data: { phase: 'releasing' },
        });
      expect(await signWithdrawal(row, intent, desk.context)).toBe(!isOut);
      await releaseOf();
      const found = await rowAt(desk, operation);
      expect([found.state, found.stopCode]).toEqual(
        isOut ? ['signing', null] : ['held', 'statements-lapsed'],
      );
      await expireOperations(desk.context);
      await releaseEndedLeases(desk.context);
      expect(await worker.chainLease.count({ where: { operationId: operation } })).toBe(
        isOut ? 1 : 0,
      );
      const ended = await rowAt(desk, operation);
      expect([ended.state, ended.stopSentence]).toEqual(
        isOut
          ? ['signing', null]
          : ['expired', expect.stringContaining('it waited until they counted no more')],
      );
    },
  );

  it('that was held after the parties were asked is asked no share for', async () => {
    const to = addressOfOwner(desk.key, null);
    const intent = await cosigned(desk, { client, asset, amount: UNIT, to });
    const { operation } = intent;
    await built(operation);
    await move(desk.books.worker, operation, 'signing');
    const [transaction] = (await rowAt(desk, operation)).transactions;
    const vault = await desk.context.db.vault.findUniqueOrThrow({
      where: { id: ownerVault },
      include: { key: true },
    });
    if (!transaction) throw new Error('It was built.');
    await move(desk.books.worker, operation, 'held');
    const note = noteReleasing(desk.context.db, transaction, { intent, vault });
    await expect(note).rejects.toThrow(MovedOn);
    expect((await rowAt(desk, operation)).transactions[0]?.phase).toBe('built');
  });
});
