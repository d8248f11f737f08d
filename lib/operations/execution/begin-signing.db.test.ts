import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deposit, move, reject } from '#lib/ledger/testing/books.ts';
import { freshKey, SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { expireOperations } from '../expire-operations.ts';
import { findLongNonceWaits } from '../nonce-waits.ts';
import {
  intentFor,
  openChainDesk,
  raiseIntent,
  rowOf,
  type ChainDesk,
} from '../testing/chain-desk.ts';
import { raiseAnew } from '../testing/owner-desk.ts';
import { waitOn } from '../progress/wait.ts';
import { advanceOperation } from './advance-operation.ts';
import { beginSigning } from './begin-signing.ts';
import { keepNonceAccounts } from './keep-nonce-accounts.ts';

let desk: ChainDesk;

beforeEach(async () => {
  desk = await openChainDesk(['C-1001']);
  await deposit(desk.books, 'C-1001', 10n * SOL);
  const { solana } = desk.context;
  await until('the nonce account is final', async () => {
    return (await solana.getNonce(desk.fixture.nonceAccount, 'finalized')).state === 'ready';
  });
});
afterEach(() => desk.close());

/** A withdrawal with every statement. */
async function cosigned(): Promise<WithdrawalIntent> {
  const to = freshKey().address;
  const intent = intentFor({ operation: randomUUID(), client: 'C-1001', amount: SOL, to });
  await raiseIntent(desk, intent);
  await move(desk.books.web, intent.operation, 'cosigned');
  return intent;
}

const begin = async (intent: WithdrawalIntent, context = desk.context): Promise<boolean> =>
  beginSigning(await rowOf(desk, intent.operation), intent, context);

const tied = async (operation: string): Promise<number> =>
  desk.books.worker.nonceAccount.count({ where: { operationId: operation } });

describe('a co-signed withdrawal', () => {
  it('that people stop while the worker takes it on gets no transaction, and its nonce account is free again', async () => {
    const intent = await cosigned();
    const { solana } = desk.context;
    const stoppedMeanwhile = {
      ...desk.context,
      solana: {
        ...solana,
        getNonce: async (...asked: Parameters<typeof solana.getNonce>) => {
          await reject(desk.books, intent.operation);
          return solana.getNonce(...asked);
        },
      },
    };
    expect(await begin(intent, stoppedMeanwhile)).toBe(false);
    const row = await rowOf(desk, intent.operation);
    expect([row.state, row.transactions]).toEqual(['rejected', []]);
    await keepNonceAccounts(desk.context);
    expect(await tied(intent.operation)).toBe(0);
  });

  it('whose nonce account another worker gave back, and another took, meanwhile gets no transaction with it', async () => {
    const intent = await cosigned();
    const other = await cosigned();
    const { solana } = desk.context;
    const { worker } = desk.books;
    const { nonceAccount: address } = desk.fixture;
    const givenAway = {
      ...desk.context,
      solana: {
        ...solana,
        simulate: async (...asked: Parameters<typeof solana.simulate>) => {
          const data = { operationId: other.operation };
          await worker.nonceAccount.update({ where: { address }, data });
          return solana.simulate(...asked);
        },
      },
    };
    expect(await begin(intent, givenAway)).toBe(false);
    const row = await rowOf(desk, intent.operation);
    expect([row.state, row.transactions]).toEqual(['cosigned', []]);
    expect(await begin(other)).toBe(true);
  });

  it.each([true, false])(
    'that another worker began, and that was held and stated anew, meanwhile keeps the one transaction and its tie; the chain would run it: %s',
    async (ok) => {
      const intent = await cosigned();
      const { operation } = intent;
      const { solana } = desk.context;
      const begunMeanwhile = {
        ...desk.context,
        solana: {
          ...solana,
          simulate: async (...asked: Parameters<typeof solana.simulate>) => {
            expect(await begin(intent)).toBe(true);
            await move(desk.books.worker, operation, 'held');
            await raiseAnew(desk, operation);
            await move(desk.books.web, operation, 'cosigned');
            const would = await solana.simulate(...asked);
            return ok ? would : { ok: false as const, error: 'InsufficientFunds', logs: [] };
          },
        },
      };
      expect(await begin(intent, begunMeanwhile)).toBe(!ok);
      const { state, transactions } = await rowOf(desk, operation);
      expect([state, ...transactions.map(({ attempt }) => attempt)]).toEqual([
        ok ? 'cosigned' : 'held',
        1,
      ]);
      expect(await tied(operation)).toBe(1);
    },
  );

  it('that people have stopped takes no nonce account any more', async () => {
    const intent = await cosigned();
    const row = await rowOf(desk, intent.operation);
    await reject(desk.books, intent.operation);
    expect(await beginSigning(row, intent, desk.context)).toBe(false);
    expect(await tied(intent.operation)).toBe(0);
  });

  it('is either stopped or begun when both are wanted at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const intent = await cosigned();
      const [stopped, begun] = await Promise.all([
        reject(desk.books, intent.operation).then(
          () => true,
          () => false,
        ),
        begin(intent),
      ]);
      expect([stopped, begun].filter(Boolean)).toHaveLength(1);
      const row = await rowOf(desk, intent.operation);
      expect(row.state).toBe(stopped ? 'rejected' : 'signing');
      expect(row.transactions).toHaveLength(stopped ? 0 : 1);
      if (begun) await move(desk.books.worker, intent.operation, 'held');
      if (begun) await reject(desk.books, intent.operation);
      await keepNonceAccounts(desk.context);
    }
  });

  it('that waits for over a minute for a nonce account is named, and ends when its time is over', async () => {
    const first = await cosigned();
    expect(await begin(first)).toBe(true);
    const second = await cosigned();
    expect(await begin(second)).toBe(false);
    await advanceOperation(second.operation, desk.context);
    const { state, attempt, progress } = await rowOf(desk, second.operation);
    expect(waitOn(progress?.wait, { state, attempt })?.reason).toEqual({
      code: 'no-nonce-account',
    });
    const now = () => desk.context.clock();
    expect(await findLongNonceWaits(desk.books.worker, now())).toEqual([]);
    desk.passTime(70_000);
    const { number } = await rowOf(desk, second.operation);
    expect(await findLongNonceWaits(desk.books.worker, now())).toEqual([
      `${number} has waited for over a minute for a free nonce account of vault warm-1`,
    ]);
    expect(await expireOperations(desk.context)).toBe(0);
    desk.passTime(2 * 3_600_000);
    expect(await expireOperations(desk.context)).toBe(1);
    const row = await rowOf(desk, second.operation);
    expect([row.state, row.stopCode]).toEqual(['expired', 'operation-expired']);
    expect(row.stopSentence).toContain('signing could not begin in time');
    expect((await rowOf(desk, first.operation)).state).toBe('signing');
    expect(await findLongNonceWaits(desk.books.worker, now())).toEqual([]);
  });

  it('that is held without a transaction gives its nonce account back, and one with a transaction keeps it', async () => {
    const without = await cosigned();
    const { fixture, books } = desk;
    await books.worker.nonceAccount.update({
      where: { address: fixture.nonceAccount },
      data: { operationId: without.operation },
    });
    await move(books.worker, without.operation, 'held');
    await keepNonceAccounts(desk.context);
    expect(await tied(without.operation)).toBe(0);
    const built = await cosigned();
    expect(await begin(built)).toBe(true);
    await move(books.worker, built.operation, 'held');
    await keepNonceAccounts(desk.context);
    expect(await tied(built.operation)).toBe(1);
  });
});
